"""合并: into one of the cases it may be the same as, or one named by its number."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from gezhi.faces.desk.cases.deeds.form import DeedForm, WordsField
from gezhi.faces.desk.queues.lines import Line, lines
from gezhi.kernel.digits import digits
from gezhi.work.cases import actions
from gezhi.work.cases.models import Step
from gezhi.work.cases.queries import desk
from gezhi.work.cases.rules import Deed
from gezhi.work.triage.queries import similar_cases


@dataclass(frozen=True, slots=True)
class AlikeLine:
    """A case to merge into, with how like it is where that was reckoned."""

    line: Line
    mark: str


_LIKELY_SHOWN = 3


class MergeForm(DeedForm):
    """合并: the reports go to another case, each keeps its receipt and clock."""

    deed = Deed.MERGE
    title = _("并入另一件事")
    label = _("合并")
    send = _("并入这一件")
    letter = "m"
    done = _("已并入，反映人的受理号照旧能查")
    lead = _("这一件到此为止，它的反映人跟到另一件上；每个人的受理号和答复时限都不变。")
    template = "desk/cases/deeds/_merge.html"

    chosen = forms.CharField(required=False, max_length=30)
    typed_number = forms.CharField(
        label=_("或者写案件号"),
        required=False,
        max_length=30,
        help_text=_("21 位数字，空格不要紧。"),
    )
    words = WordsField(label=_("备注"), required=False, rows=2)

    @cached_property
    def alike(self) -> list[AlikeLine]:
        """Open cases it may be the same as: the one chosen, the likeliest, then what lies near."""
        case = self.page.case
        likely = [one for one in similar_cases(self.viewer, case) if one.is_open][:_LIKELY_SHOWN]
        marks = {one.number: f"{gettext('像')} {one.percent}%" for one in likely}
        numbers = list(dict.fromkeys([self.typed("chosen"), *marks]))
        rows = desk.by_numbers(self.viewer, numbers) if any(numbers) else []
        known = {row.number for row in rows} | {case.number}
        near = desk.near(self.viewer, case, unnamed_too=True)
        rows += [row for row in near if row.number not in known]
        return [
            AlikeLine(line, marks.get(line.row.number, ""))
            for line in lines(rows)
            if line.row.number != case.number
        ]

    def clean(self) -> dict[str, Any]:
        """One target, typed or chosen; what is typed goes first."""
        cleaned = super().clean() or self.cleaned_data
        typed = digits(cleaned.get("typed_number") or "")
        cleaned["into"] = typed or cleaned.get("chosen") or ""
        if not cleaned["into"]:
            self.add_error(None, gettext("请选一件，或写案件号"))
        return cleaned

    def do(self) -> Step | None:
        return actions.merge(
            **self.to,
            into=self.cleaned_data["into"],
            words=self.cleaned_data["words"],
        )
