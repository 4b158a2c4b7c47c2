"""派单: to whom a case is sent, as its return asks, as rules or the duty list say or as was done
before."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from gezhi.faces.desk.cases.advice_words import choices, offered, unit_words
from gezhi.faces.desk.cases.deeds.form import WordsField, instead_of_the_reporter
from gezhi.faces.desk.cases.deeds.reasons import Reason, facts, reasons
from gezhi.faces.desk.cases.deeds.units import HelpersForm
from gezhi.faces.desk.cases.limit_words import limit_words
from gezhi.faces.shell.deadlines import words_for
from gezhi.faces.shell.parts import Fact
from gezhi.ground.codes import queries as codes
from gezhi.kernel import clock
from gezhi.records.duties import queries as duties
from gezhi.records.duties.queries import Routing
from gezhi.records.units.models import Unit
from gezhi.work.cases import actions, clocks
from gezhi.work.cases.models import Precedent, Step
from gezhi.work.cases.precedents import precedents_for, speaks_first
from gezhi.work.cases.rules import Deed, Stage
from gezhi.work.triage.queries import AdviceView, advice_for_case

# Advice made of nothing but the rules or the list.
_SAID = ("route", "duty")


@dataclass(frozen=True, slots=True)
class AdvisedUnit:
    """A unit to be chosen at one click, with the word for how likely it is."""

    id: str
    name: str
    mark: str


class DispatchForm(HelpersForm):
    """派单: one lead unit, any that assist; the first routing rule that fits suggests, else the duty
    list, else what was done before. Each says why in one line (`reasons`).

    After a return the unit it names stands chosen and no unit that refused in this round ever does;
    to send it there all the same asks back.
    """

    deed = Deed.DISPATCH
    title = _("派单")
    label = _("派单")
    letter = "d"
    done = _("已派单，等待承办单位接单")
    template = "desk/cases/deeds/_dispatch.html"
    quotes_again = True

    lead_unit_id = forms.ChoiceField(label=_("主办单位"))
    again = forms.BooleanField(required=False)
    words = WordsField(label=_("交代几句"), required=False, rows=3)

    @cached_property
    def claimed(self) -> Unit | None:
        """The unit the last return of this round names, if it can hold work and has not refused."""
        returned = self.page.returned
        if not returned:
            return None
        named = returned[-1].right_unit_id
        able = (unit for unit in self.open_units if unit.pk not in self.page.refused_by)
        return next((unit for unit in able if unit.pk == named), None)

    @property
    def refuser(self) -> str:
        """The name of the unit chosen now where it returned the case in this round; else ""."""
        chosen = self.typed("lead_unit_id")
        refused = {str(one.unit_id): one.unit_name for one in self.page.returned}
        return refused.get(chosen, "")

    @cached_property
    def routing(self) -> Routing | None:
        """Who leads here by the first rule that fits, else by the duty list."""
        case = self.page.case
        return duties.route_for(
            case.district_id,
            case.class_code,
            case,
            clock.now(),
            case.urgency,
            held_by=case.holder_id,
        )

    @cached_property
    def precedent(self) -> Precedent | None:
        """The ruling that speaks for this case most."""
        return next(iter(precedents_for(self.page.case)), None)

    @cached_property
    def ruled_for(self) -> Unit | None:
        """The unit of a precedent that goes before rules and list; None where it returned the case."""
        found = self.precedent
        if found is None or found.unit_id in self.page.refused_by:
            return None
        return found.unit if speaks_first(self.page.case, found) else None

    @property
    def heading(self) -> str:
        """Whose it is, and who says so."""
        if self.ruled_for:
            return gettext("先例：裁决过归 %(unit)s") % {"unit": self.ruled_for.name}
        if self.routing is not None:
            said = (
                gettext("派单规则：由 %(unit)s 主办")
                if self.routing.is_rule
                else gettext("权责清单：由 %(unit)s 牵头")
            )
            return said % {"unit": self.routing.lead_unit.name}
        first = self.first_reason
        return (
            f"{first.kind}：{first.unit}" if first and first.unit else gettext("系统建议的承办单位")
        )

    @cached_property
    def reasons(self) -> list[Reason]:
        """Why which unit, one line each."""
        return reasons(self)

    @property
    def first_reason(self) -> Reason | None:
        """The line whose unit the heading names."""
        return next(iter(self.reasons), None)

    @property
    def reason_facts(self) -> list[Fact]:
        """The same lines as they are drawn."""
        return facts(self.reasons, set(self.page.refused_by))

    @cached_property
    def advised(self) -> AdviceView | None:
        """What triage advises; None where it has not come, or says nothing beside rules and list."""
        view = advice_for_case(self.viewer, self.page.case).of_unit
        if view is None or (self.routing and (view.method in _SAID or not offered(view))):
            return None
        return view

    @property
    def routing_refused(self) -> bool:
        """Whether the unit of the rule or the list returned the case in this round."""
        return self.routing is not None and self.routing.lead_unit_id in self.page.refused_by

    @property
    def whose_it_is(self) -> str:
        """Whose work it is by precedent, rule or list, where another unit is chosen now; else ""."""
        chosen = self.typed("lead_unit_id")
        if not chosen:
            return ""
        if self.ruled_for and chosen != str(self.ruled_for.pk):
            return gettext("这类事裁决过归%(unit)s") % {"unit": self.ruled_for.name}
        if self.ruled_for or self.routing is None or chosen == str(self.routing.lead_unit_id):
            return ""
        return gettext("照规则和清单，这类事归%(unit)s") % {"unit": self.routing.lead_unit.name}

    @property
    def agrees(self) -> bool:
        """Whether rule or list and what was learnt name the same unit."""
        view = self.advised
        return bool(self.routing and view and view.code == str(self.routing.lead_unit_id))

    @property
    def advised_words(self) -> str:
        """The same as one line; of a unit that returned it only that."""
        return unit_words(self.advised, self.page) if self.advised else ""

    @cached_property
    def advised_units(self) -> list[AdvisedUnit]:
        """The units likeliest to be right, best first, those that can hold work now."""
        names = {
            str(unit.pk): unit.name
            for unit in self.open_units
            if unit.pk not in self.page.refused_by
        }
        marks = choices(self.advised)
        return [AdvisedUnit(id, names[id], mark) for id, mark in marks.items() if id in names]

    def suggested(self) -> dict[str, Any]:
        if self.page.returned:
            # A return is answered by its own word or by a person, never by the same guess again.
            return {"lead_unit_id": str(self.claimed.pk)} if self.claimed else {}
        if self.ruled_for:
            return self._routed(self.ruled_for.pk)
        if self.routing is None:
            view = self.advised
            known = view is not None and offered(view)
            return {"lead_unit_id": view.code} if known and view is not None else {}
        return self._routed(self.routing.lead_unit_id)

    def _routed(self, lead_unit_id: int) -> dict[str, Any]:
        """This lead, with those that assist by rule or list."""
        others = [
            one
            for one in (self.routing.assists if self.routing else ())
            if one.unit_id != lead_unit_id
        ]
        return {
            "lead_unit_id": str(lead_unit_id),
            "assist_unit_ids": [str(one.unit_id) for one in others],
            "awaited_unit_ids": [str(one.unit_id) for one in others if one.waits],
        }

    def prepare(self) -> None:
        if self.page.case.is_restricted:
            instead_of_the_reporter(
                self,
                gettext("转办内容"),
                gettext(
                    "这件事保密：承办单位只看到您在这里写的。写清要办什么、在哪儿办，不写是谁说的，也不照抄原话。"
                ),
            )
        every = self.unit_choices(gettext("请选择"), marks=self._marks)
        likely = [(unit.id, f"{unit.name}（{unit.mark}）") for unit in self.advised_units]
        if likely:
            every.insert(1, (gettext("系统建议"), likely))
        if self.claimed:
            named = [(str(self.claimed.pk), self.claimed.name)]
            every.insert(1, (gettext("退单时说应由"), named))
        self.offer("lead_unit_id", every)
        self.fields["again"].label = gettext("%(unit)s已退回过，仍派给它") % {"unit": self.refuser}
        self.offer_helpers()

    @property
    def _marks(self) -> dict[int, str]:
        returned = dict.fromkeys(self.page.refused_by, gettext("已退回过"))
        return {**self.reached_by_link, **returned}

    def clean(self) -> dict[str, Any]:
        """A unit that returned it in this round is asked back: it would only come back again."""
        cleaned = super().clean()
        if self.refuser and not cleaned.get("again"):
            self.add_error(
                "lead_unit_id",
                gettext(
                    "%(unit)s刚退回过这件事。换一个单位；确实还要派给它，就勾上“仍派给它”再派。"
                )
                % {"unit": self.refuser},
            )
        return cleaned

    def mine(self) -> list[tuple[str, str]]:
        """What was typed; the answer to the asking back is no row of its own."""
        label = str(self.fields["again"].label)
        return [row for row in super().mine() if row[0] != label]

    @property
    def limit(self) -> str:
        """How long the lead unit has, and until when in its own hours if sent now."""
        case = self.page.case
        limit = codes.limit(
            "handling",
            class_code=case.class_code,
            urgency=case.urgency,
            since=case.reported_at,
            pack_id=case.pack_id,
        )
        chosen = self.typed("lead_unit_id")
        unit = next((unit for unit in self.open_units if str(unit.pk) == chosen), None)
        if unit is None:
            return gettext("%(limit)s，选了单位再按它的工作时间算到期") % {
                "limit": limit_words(limit)
            }
        due = clocks.due_of_case(Stage.HANDLING, case, unit, clock.now())
        return gettext("%(limit)s，现在派出就是 %(due)s") % {
            "limit": limit_words(limit),
            "due": words_for("handling", due.moment),
        }

    def do(self) -> Step | None:
        cleaned = self.cleaned_data
        return actions.dispatch(
            **self.to,
            lead_unit_id=int(cleaned["lead_unit_id"]),
            **self.sent_along,
            words=cleaned["words"],
        )
