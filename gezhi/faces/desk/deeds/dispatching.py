"""派单: to whom a case is sent, as the duty list says or as was done before."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from gezhi.faces.desk import words
from gezhi.faces.desk.advice_words import choices, line_words, offered
from gezhi.faces.desk.deeds.form import WordsField
from gezhi.faces.desk.deeds.units import DutyRow, UnitsForm, duty_row_of
from gezhi.faces.desk.rows import due_words
from gezhi.ground.codes import queries as codes
from gezhi.kernel import clock
from gezhi.records.duties import queries as duties
from gezhi.records.duties.models import Duty
from gezhi.work.cases import actions, clocks
from gezhi.work.cases.models import Step
from gezhi.work.cases.rules import Deed, Stage
from gezhi.work.triage.queries import AdviceView, advice_for_case


@dataclass(frozen=True, slots=True)
class AdvisedUnit:
    """A unit to be chosen at one click, with the word for how likely it is."""

    id: str
    name: str
    mark: str


class DispatchForm(UnitsForm):
    """派单: one lead unit, any that assist; the duty list suggests, else what was done before."""

    deed = Deed.DISPATCH
    title = _("派单")
    label = _("派单")
    letter = "d"
    done = _("已派单，等待承办单位接单")
    template = "desk/deeds/_dispatch.html"

    lead_unit_id = forms.ChoiceField(label=_("主办单位"))
    assist_unit_ids = forms.MultipleChoiceField(
        label=_("协办单位"), required=False, widget=forms.CheckboxSelectMultiple
    )
    words = WordsField(label=_("交代几句"), required=False, rows=3)

    @cached_property
    def duty(self) -> Duty | None:
        """The row of the duty list that names who leads here."""
        case = self.page.case
        return duties.duty_for(case.district_id, case.class_code, case)

    @property
    def duty_row(self) -> DutyRow | None:
        """The same row as it is quoted."""
        return duty_row_of(self.duty) if self.duty else None

    @cached_property
    def advised(self) -> AdviceView | None:
        """What triage advises; None where it has not come, or says nothing beside the duty list."""
        view = advice_for_case(self.viewer, self.page.case).of_unit
        if view is None or (self.duty and (view.method == "duty" or not offered(view))):
            return None
        return view

    @property
    def agrees(self) -> bool:
        """Whether the duty list and what was done before name the same unit."""
        view = self.advised
        return bool(self.duty and view and view.code == str(self.duty.lead_unit_id))

    @property
    def advised_words(self) -> str:
        """The same as one line."""
        return line_words(self.advised) if self.advised else ""

    @cached_property
    def advised_units(self) -> list[AdvisedUnit]:
        """The units likeliest to be right, best first, those that can hold work now."""
        names = {str(unit.pk): unit.name for unit in self.open_units}
        marks = choices(self.advised)
        return [AdvisedUnit(id, names[id], mark) for id, mark in marks.items() if id in names]

    def suggested(self) -> dict[str, Any]:
        if self.duty is None:
            view = self.advised
            known = view is not None and offered(view)
            return {"lead_unit_id": view.code} if known and view is not None else {}
        return {
            "lead_unit_id": str(self.duty.lead_unit_id),
            "assist_unit_ids": [str(unit.pk) for unit in self.duty.assist_units.all()],
        }

    def prepare(self) -> None:
        lead = self.fields["lead_unit_id"]
        every = self.unit_choices(gettext("请选择"))
        likely = [(unit.id, f"{unit.name}（{unit.mark}）") for unit in self.advised_units]
        if likely:
            every.insert(1, (gettext("系统建议"), likely))
        lead.choices = every  # type: ignore[attr-defined]
        helpers = [(str(unit.pk), unit.name) for unit in self.open_units]
        chosen = set(self.initial.get("assist_unit_ids") or ())
        helpers.sort(key=lambda pair: pair[0] not in chosen)
        self.fields["assist_unit_ids"].choices = helpers  # type: ignore[attr-defined]

    @property
    def limit(self) -> str:
        """How long the lead unit has, and until when if sent now."""
        case = self.page.case
        limit = codes.limit("handling", class_code=case.class_code, urgency=case.urgency)
        unit = next(
            (unit for unit in self.open_units if str(unit.pk) == self.typed("lead_unit_id")),
            case.holder,
        )
        if unit is None:
            return words.limit_words(limit)
        due = clocks.due_of_case(Stage.HANDLING, case, unit, clock.now())
        return gettext("%(limit)s，现在派出就是 %(due)s") % {
            "limit": words.limit_words(limit),
            "due": due_words(due.moment),
        }

    def do(self, *, key: str, version: int | None) -> Step | None:
        cleaned = self.cleaned_data
        return actions.dispatch(
            number=self.number,
            by=self.viewer,
            key=key,
            version=version,
            lead_unit_id=int(cleaned["lead_unit_id"]),
            assist_unit_ids=[int(unit) for unit in cleaned["assist_unit_ids"]],
            words=cleaned["words"],
        )
