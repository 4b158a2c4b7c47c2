"""What is decided about a reported case: accept, reject, answer at once, sum up for neighbors."""

from collections.abc import Sequence
from dataclasses import replace
from functools import cached_property
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from gezhi.faces.desk.cases.advice_words import choices, facts, offered
from gezhi.faces.desk.cases.deeds import classes
from gezhi.faces.desk.cases.deeds.classes import ClassRow
from gezhi.faces.desk.cases.deeds.form import DeedForm, WordsField
from gezhi.faces.desk.cases.deeds.relocating import KEEP, PlaceForm, takes_place
from gezhi.faces.shell import terms
from gezhi.faces.shell.parts import Fact
from gezhi.ground.codes import queries as codes
from gezhi.ground.codes.queries import TermRow
from gezhi.kernel import clock
from gezhi.records.duties import queries as duties
from gezhi.records.units.models import Unit
from gezhi.work.cases import actions
from gezhi.work.cases.models import Step
from gezhi.work.cases.rules import Deed
from gezhi.work.triage.queries import AdviceView, CaseAdvice, advice_for_case


class ClassForm(DeedForm):
    """A deed that settles the class: found by words, chosen from the rows of the packs."""

    class_words = forms.CharField(label=_("事项类别"), required=False, max_length=40)
    class_code = forms.CharField(required=False, max_length=40, widget=forms.HiddenInput)

    def suggested(self) -> dict[str, Any]:
        return {"class_code": self.page.case.class_code}

    @cached_property
    def chosen_class(self) -> ClassRow | None:
        """The class that is chosen now, as a row."""
        code = self.typed("class_code")
        return classes.by_code(code, unit=self._lead_of(code), **self._reckoned)

    @cached_property
    def found_classes(self) -> Sequence[ClassRow]:
        """What the typed words find, the chosen one left out."""
        chosen = self.chosen_class
        rows = classes.find(self.typed("class_words"), **self._reckoned)
        return [row for row in rows if chosen is None or row.code != chosen.code]

    def _lead_of(self, code: str) -> Unit | None:
        """Whose hours tell when it falls due: the unit rules or list name, else nobody's yet."""
        case = self.page.case
        found = duties.route_for(
            case.district_id, code, case, clock.now(), case.urgency, held_by=case.holder_id
        )
        return found.lead_unit if found else None

    @property
    def _reckoned(self) -> dict[str, Any]:
        urgency = self.typed("urgency") if "urgency" in self.fields else ""
        return {
            "urgency": urgency or self.page.case.urgency or "ordinary",
            "since": self.page.case.reported_at,
        }

    def clean(self) -> dict[str, Any]:
        """One class: the chosen one, or the only one the words find."""
        cleaned = super().clean() or self.cleaned_data
        said = (cleaned.get("class_code") or "", cleaned.get("class_words") or "")
        cleaned["class_code"], problem = classes.settled(*said)
        if problem and self.needs_class:
            self.add_error("class_words", problem)
        return cleaned

    needs_class = True

    def mine(self) -> list[tuple[str, str]]:
        chosen = self.chosen_class
        rows = [row for row in super().mine() if row[0] != str(self.fields["class_words"].label)]
        return [(gettext("事项类别"), chosen.name), *rows] if chosen else rows


class AcceptForm(PlaceForm, ClassForm):
    """受理立案: class, kind, urgency, the place put right, and what neighbors may read."""

    deed = Deed.ACCEPT
    title = _("受理立案")
    label = _("受理")
    letter = "a"
    done = _("已受理，等待派单")
    template = "desk/cases/deeds/_accept.html"

    kind = forms.ChoiceField(label=_("诉求类型"), required=False, widget=forms.RadioSelect)
    urgency = forms.ChoiceField(label=_("急不急"), required=False, widget=forms.RadioSelect)
    scale = forms.ChoiceField(label=_("规模"), required=False)
    public_summary = forms.CharField(
        label=_("公开摘要"),
        required=False,
        max_length=60,
        help_text=_(
            "邻居问“是不是同一件事”时只看到这句。不写姓名、电话、门牌号；空着就不公开。最多 60 个字。"
        ),
    )
    words = WordsField(label=_("内部备注"), required=False, rows=2)

    @cached_property
    def advised(self) -> CaseAdvice:
        """What triage advises; empty where it has not come yet."""
        return advice_for_case(self.viewer, self.page.case)

    @property
    def advised_place(self) -> AdviceView | None:
        return self.advised.of_place

    @property
    def advised_facts(self) -> list[Fact]:
        """The same in words, for above the form."""
        case, advised = self.page.case, self.advised
        rows = (
            (gettext("类别"), advised.of_class, case.class_code),
            (gettext("诉求类型"), advised.of_kind, case.kind),
        )
        return facts(rows)

    @property
    def is_chosen(self) -> bool:
        """Whether advice stands chosen in the form now."""
        return any(offered(view) for view in (self.advised.of_class, self.advised.of_kind))

    def suggested(self) -> dict[str, Any]:
        case, advised = self.page.case, self.advised
        class_code = case.class_code or _offered_code(advised.of_class)
        if not case.class_code and classes.by_code(class_code) is None:
            class_code = ""
        name = terms.label("matters", class_code) if class_code else ""
        place = self.advised.of_place
        return {
            "place_id": place.code if place and takes_place(case, place) else KEEP,
            "class_code": class_code,
            "kind": case.kind or _offered_code(advised.of_kind),
            "urgency": case.urgency or "ordinary",
            "scale": case.scale,
            "public_summary": case.public_summary or self.summary_of(name),
        }

    @cached_property
    def chosen_class(self) -> ClassRow | None:
        """The class that is chosen now, marked where it is the advised one."""
        row = super().chosen_class
        return self._marked(row) if row else None

    @cached_property
    def found_classes(self) -> Sequence[ClassRow]:
        """What the typed words find; before anything is typed what triage holds likeliest."""
        if self.typed("class_words"):
            return [self._marked(row) for row in super().found_classes]
        chosen = self.typed("class_code")
        likely = [code for code in choices(self.advised.of_class) if code != chosen]
        rows = [classes.by_code(code, **self._reckoned) for code in likely]
        return [self._marked(row) for row in rows if row is not None]

    def _marked(self, row: ClassRow) -> ClassRow:
        return replace(row, mark=choices(self.advised.of_class).get(row.code, ""))

    def summary_of(self, class_name: str) -> str:
        """A summary that gives nobody away: the class and the compound or community; of a restricted
        case none, which no neighbor is shown."""
        if self.page.case.is_restricted:
            return ""
        row = self.page.row
        where = row.community_name
        return f"{where} {class_name}".strip() if class_name else ""

    def prepare(self) -> None:
        for name, dictionary in (("kind", "request_kinds"), ("urgency", "urgency")):
            self.offer(name, terms.choices(dictionary))
        self.offer("scale", [("", gettext("不分")), *terms.choices("scale")])
        if self.page.case.is_restricted:
            del self.fields["public_summary"]

    def do(self) -> Step | None:
        cleaned = self.cleaned_data
        return actions.accept(
            **self.to,
            class_code=cleaned["class_code"],
            kind=cleaned["kind"],
            urgency=cleaned["urgency"],
            scale=cleaned["scale"],
            public_summary=cleaned.get("public_summary", ""),
            words=cleaned["words"],
            where=cleaned["where"],
        )


def _offered_code(view: AdviceView | None) -> str:
    return view.code if view is not None and offered(view) else ""


class RejectForm(DeedForm):
    """不予受理: ended, with words the reporter reads."""

    deed = Deed.REJECT
    title = _("不予受理这件事？")
    label = _("不予受理")
    letter = "x"
    done = _("已答复反映人：不予受理")
    lead = _("反映人会收到您写的解释，这件事就此结束；他可以再反映一次。")
    danger = True
    template = "desk/cases/deeds/_reject.html"
    answers_for = "reject"

    reason_code = forms.ChoiceField(label=_("理由"), widget=forms.RadioSelect)
    words = WordsField(label=_("给反映人的解释"), rows=4)

    @property
    def reasons(self) -> Sequence[TermRow]:
        """The reasons with what is told to the reporter for each."""
        return codes.terms("reject_reasons")

    def prepare(self) -> None:
        self.offer("reason_code", terms.choices("reject_reasons"))

    def do(self) -> Step | None:
        return actions.reject(
            **self.to,
            reason_code=self.cleaned_data["reason_code"],
            words=self.cleaned_data["words"],
        )


class AnswerForm(ClassForm):
    """直接答复 of a question at the desk."""

    deed = Deed.ANSWER
    title = _("直接答复并办结")
    label = _("直接答复")
    send = _("答复并办结")
    letter = "r"
    done = _("已答复，反映人可以看到")
    lead = _("只用于咨询。您写的就是反映人看到的，答复后这件事办结。")
    template = "desk/cases/deeds/_answer.html"
    answers_for = "answer"
    needs_class = False

    words = WordsField(label=_("答复内容"), rows=6)

    def do(self) -> Step | None:
        return actions.answer(
            **self.to,
            words=self.cleaned_data["words"],
            class_code=self.cleaned_data["class_code"],
        )


class SummarizeForm(DeedForm):
    """公开摘要: what neighbors may read of it."""

    deed = Deed.SUMMARIZE
    title = _("写公开摘要")
    label = _("公开摘要")
    send = _("存下")
    letter = "s"
    done = _("公开摘要已存")
    lead = _("邻居问“是不是同一件事”时只看到这句。不写姓名、电话、门牌号。")

    public_summary = forms.CharField(
        label=_("公开摘要"), max_length=60, help_text=_("最多 60 个字。")
    )

    def suggested(self) -> dict[str, Any]:
        return {"public_summary": self.page.case.public_summary}

    def do(self) -> Step | None:
        return actions.summarize(
            **self.to,
            public_summary=self.cleaned_data["public_summary"],
        )
