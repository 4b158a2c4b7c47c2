"""Changing limits and figures: one stage or level with its urgencies, one class, all figures."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from gezhi.faces.desk.setup.changing import (
    ChangeForm,
    Line,
    Page,
    Plan,
    change,
    row_of,
    running_pack,
)
from gezhi.faces.desk.setup.figure_words import figure_name, figure_words
from gezhi.faces.desk.setup.limits import (
    HANDS_UP,
    NOTHING,
    level_name,
    level_note,
    limit_words,
    stage_code,
    words_of,
)
from gezhi.faces.shell.access import staff_only
from gezhi.ground.codes import queries
from gezhi.ground.codes.limits import figure_row, limit_row, valid_limit
from gezhi.ground.codes.queries import TermRow
from gezhi.ground.codes.rules import RowOfTerm
from gezhi.kernel.errors import Invalid, Unseen
from gezhi.kernel.rights import Right
from gezhi.kernel.workdays import LimitUnit

_STAGE_KEYS = ("value", "unit")
_CLASS_KEYS = ("limit_value", "limit_unit")
_UNITS = [
    (LimitUnit.WORKING_HOURS.value, gettext_lazy("工作时（单位上班的钟点）")),
    (LimitUnit.URGENT_HOURS.value, gettext_lazy("小时（昼夜连续计时，放假也算）")),
    (LimitUnit.WORKING_DAYS.value, gettext_lazy("工作日（周末和放假不算）")),
    (LimitUnit.CALENDAR_DAYS.value, gettext_lazy("天（周末和放假也算）")),
]


class LimitsForm(ChangeForm):
    """A number and a unit for each of the rows; an empty number takes the row's own away."""

    def __init__(
        self, data: Any = None, *, parts: Sequence[tuple[str, str, TermRow | None]], keys: tuple[str, str],
        **kwargs: Any,
    ) -> None:  # fmt: skip
        super().__init__(data, **kwargs)
        for name, label, row in parts:
            value, unit = (row.data.get(key, "") if row else "" for key in keys)
            self.fields[f"value_{name}"] = forms.CharField(
                label=_("%(name)s：多久") % {"name": label},
                required=False,
                max_length=12,
                initial=value,
                help_text=_("现在 %(limit)s") % {"limit": limit_words(value, unit)},
                widget=forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}),
            )
            self.fields[f"unit_{name}"] = forms.ChoiceField(
                label=_("%(name)s：单位") % {"name": label},
                choices=_UNITS,
                initial=unit or LimitUnit.WORKING_HOURS.value,
            )
        self.reason_last()
        self.pairs = [
            (label, self[f"value_{name}"], self[f"unit_{name}"]) for name, label, _row in parts
        ]

    def typed(self, name: str) -> tuple[str, str]:
        """The number and the unit typed for a row."""
        return self.cleaned_data[f"value_{name}"], self.cleaned_data[f"unit_{name}"]

    def valid_row(self, name: str, row: RowOfTerm, keys: tuple[str, str]) -> RowOfTerm:
        """The row with what was typed; Invalid on the field that is wrong."""
        value, unit = self.typed(name)
        try:
            return limit_row(row, valid_limit(value, unit), keys=keys)
        except Invalid as refusal:
            raise Invalid(str(refusal.message), field=f"{refusal.field}_{name}") from refusal


@dataclass(frozen=True, slots=True)
class ByUrgency:
    """A row of limits with those of each urgency beside it: of a stage, or of a level that hands up.

    `emptied` says in words what an urgency left empty means; one that is not in it must be filled.
    """

    whole: RowOfTerm
    emptied: Mapping[str, str]

    def parts(self) -> list[tuple[str, str, TermRow | None]]:
        """Each urgency: its code, its name, its row where there is one."""
        return [
            (urgency.code, urgency.label, queries.term(self.whole.dictionary, self._code(urgency.code)))
            for urgency in queries.terms("urgency")
        ]  # fmt: skip

    def form(self, request: HttpRequest) -> LimitsForm:
        """Numbers and units of every urgency."""
        return LimitsForm(
            request.POST or None,
            parts=self.parts(),
            keys=_STAGE_KEYS,
            pack_id=running_pack(self.whole.dictionary),
        )

    def plan(self, form: LimitsForm) -> Plan:
        """The rows that differ from what was typed; Invalid on the field that is wrong."""
        changes, removed, lines = [], [], []
        for urgency, label, row in self.parts():
            code, name = self._code(urgency), f"{self.whole.name} {label}"
            if not form.typed(urgency)[0].strip() and urgency in self.emptied:
                if row is not None:
                    removed.append((self.whole.dictionary, code))
                    lines.append(Line(name, words_of(row), self.emptied[urgency]))
                continue
            new = form.valid_row(
                urgency, row_of(row) if row else self._fresh(urgency, label), _STAGE_KEYS
            )
            after = limit_words(new.data["value"], new.data["unit"])
            if row is None or after != words_of(row):
                changes.append(new)
                lines.append(Line(name, words_of(row), after))
        return Plan(changes, lines, removed)

    def _code(self, urgency: str) -> str:
        return stage_code(self.whole.code, urgency)

    def _fresh(self, urgency: str, label: str) -> RowOfTerm:
        """The row of an urgency the pack has none of yet, right after the whole."""
        name = self.whole.name if urgency == "ordinary" else f"{self.whole.name}（{label}）"
        return replace(
            self.whole, code=self._code(urgency), name=name, name_en="", data={"note": ""}
        )


@require_http_methods(["GET", "POST"])
@staff_only(Right.SET_UP)
def stage_limit(request: HttpRequest, name: str) -> HttpResponse:
    """Change one stage's limits; Unseen for a stage the packs do not know."""
    stage = queries.term("limits", name)
    if stage is None or "." in name:
        raise Unseen("")
    same = _("同“一般”")
    limits = ByUrgency(row_of(stage), {"urgent": same, "emergency": same})
    form = limits.form(request)
    page = Page(
        dictionary="limits",
        template="desk/setup/limit_change.html",
        context={
            "note": str(stage.data.get("note", "")),
            "empty_words": _("紧急、突发空着，就和“一般”一样。"),
        },
        title=_("改“%(stage)s”的时限") % {"stage": stage.label},
        note=_("以后新来的事按新时限；已经来了的事，每个环节都还按它来的时候的时限。"),
        back_url=reverse("desk:setup:limits"),
    )
    return change(request, page, form, lambda: limits.plan(form))


@require_http_methods(["GET", "POST"])
@staff_only(Right.SET_UP)
def escalation(request: HttpRequest, level: str) -> HttpResponse:
    """Change how long a level may be late before the case goes up by itself; Unseen for a level
    that hands nothing up."""
    if level not in HANDS_UP:
        raise Unseen("")
    row = queries.term("escalations", level)
    name = level_name(level)
    none, same = _("不升级"), _("同“一般”")
    whole = row_of(row) if row else RowOfTerm("escalations", level, name)
    rules = ByUrgency(whole, {"ordinary": none, "urgent": same, "emergency": same})
    form = rules.form(request)
    page = Page(
        dictionary="escalations",
        template="desk/setup/limit_change.html",
        context={
            "note": level_note(level),
            "empty_words": _(
                "从过了时限那一刻起再算这么久。“一般”空着就不会自己升级；紧急、突发空着，就和“一般”一样。"
            ),
        },
        title=_("超时升级：%(level)s") % {"level": name},
        note=_("以后新来的事按新规则；已经来了的事按它来的时候的规则。"),
        back_url=reverse("desk:setup:limits"),
    )
    return change(request, page, form, lambda: rules.plan(form))


@require_http_methods(["GET", "POST"])
@staff_only(Right.SET_UP)
def class_limit(request: HttpRequest, class_code: str) -> HttpResponse:
    """Change how long the handling of one class may take; Unseen for no class."""
    class_term = queries.term("matters", class_code)
    if class_term is None:
        raise Unseen("")
    parts = [("handling", _("处置"), class_term)]
    form = LimitsForm(
        request.POST or None, parts=parts, keys=_CLASS_KEYS, pack_id=running_pack("matters")
    )

    def plan() -> Plan:
        before = limit_words(*(class_term.data.get(key) for key in _CLASS_KEYS))
        row = row_of(class_term)
        if form.typed("handling")[0].strip():
            new = form.valid_row("handling", row, _CLASS_KEYS)
            after = limit_words(*(new.data[key] for key in _CLASS_KEYS))
        else:
            data = {**row.data, "limit_value": "", "limit_unit": ""}
            new = replace(row, data=data)
            after = NOTHING
        return (
            Plan([new], [Line(class_term.label, before, after)])
            if after != before
            else Plan([], [])
        )

    page = Page(
        dictionary="matters",
        template="desk/setup/limit_change.html",
        context={
            "note": _("类别自己的时限先于“各环节”里的处置时限，紧急、突发也用它。"),
            "empty_words": _("空着就用它所属大类的；大类也没有，就用“各环节”里的处置时限。"),
        },
        title=_("改“%(name)s”的处置时限") % {"name": class_term.label},
        note=_("以后受理的事按新时限；已经受理的还按受理时的时限。"),
        back_url=reverse("desk:setup:class_limits"),
    )
    return change(request, page, form, plan)


class FiguresForm(ChangeForm):
    """Every figure with its note."""

    def __init__(self, data: Any = None, *, rows: tuple[TermRow, ...], **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        for row in rows:
            self.fields[row.code] = forms.CharField(
                label=figure_name(row.code, row.label),
                max_length=12,
                initial=row.data.get("value", ""),
                help_text=_("现在：%(now)s。%(note)s")
                % {"now": figure_words(row.code, row.data), "note": row.data.get("note", "")},
                widget=forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}),
            )
        self.reason_last()


@require_http_methods(["GET", "POST"])
@staff_only(Right.SET_UP)
def figures(request: HttpRequest) -> HttpResponse:
    """Change the figures the rules are tuned by."""
    rows = queries.terms("figures")
    form = FiguresForm(request.POST or None, rows=rows, pack_id=running_pack("limits"))

    def plan() -> Plan:
        changes, lines = [], []
        for row in rows:
            try:
                new = figure_row(row_of(row), form.cleaned_data[row.code])
            except Invalid as refusal:
                raise Invalid(str(refusal.message), field=row.code) from refusal
            if new.data["value"] != row.data.get("value"):
                changes.append(new)
                name = figure_name(row.code, row.label)
                lines.append(
                    Line(name, figure_words(row.code, row.data), figure_words(row.code, new.data))
                )
        return Plan(changes, lines)

    page = Page(
        dictionary="limits",
        template="desk/setup/figures_change.html",
        context={},
        title=_("改其他数字"),
        note=_("这些数字从启用起对所有的事都算数，在办的和办完的也一样。"),
        back_url=reverse("desk:setup:limits"),
    )
    return change(request, page, form, plan)
