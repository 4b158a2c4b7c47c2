"""吹哨报到: calling units to the place, saying who came, and scoring how they came."""

from collections.abc import Mapping
from functools import cached_property
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from gezhi.faces.desk.cases.deeds.form import DeedForm, WordsField
from gezhi.faces.desk.cases.deeds.overseeing import LOCAL_MOMENT, MomentField
from gezhi.faces.desk.cases.deeds.units import UnitsForm
from gezhi.faces.desk.cases.limit_words import limit_words
from gezhi.faces.shell import terms
from gezhi.faces.shell.forms import PhotosField
from gezhi.ground.codes import queries as codes
from gezhi.kernel import clock
from gezhi.kernel.errors import Refusal
from gezhi.records.units import queries as units
from gezhi.records.units.models import Unit
from gezhi.work.cases import actions, clocks
from gezhi.work.cases import queries as cases
from gezhi.work.cases.deeds.arrive import ABSENCES
from gezhi.work.cases.deeds.whistle import KINDS
from gezhi.work.cases.models import Step
from gezhi.work.cases.rules import Deed
from gezhi.work.cases.whistling import HIGHEST, LOWEST

_SCORES = {
    5: _("5 分　很好"),
    4: _("4 分　好"),
    3: _("3 分　一般"),
    2: _("2 分　差"),
    1: _("1 分　很差"),
}


def scale() -> list[tuple[str, str | Promise]]:
    """What a called unit can be scored, the best first."""
    return [(str(number), _SCORES[number]) for number in range(HIGHEST, LOWEST - 1, -1)]


# The shorter the time a case of it leaves, the later it stands here.
_URGENCIES = ("ordinary", "urgent", "emergency")


class _DueByKind(forms.RadioSelect):
    """Kinds of whistle, each with the moment it suggests: `desk.js` puts it in until somebody types."""

    dues: Mapping[str, str] = {}

    def create_option(self, name: str, value: Any, *rest: Any, **more: Any) -> dict[str, Any]:
        option = super().create_option(name, value, *rest, **more)
        option["attrs"] |= {"data-due-in": "deed_due_at", "data-due": self.dues.get(str(value), "")}
        return option


class WhistleForm(UnitsForm):
    """吹哨: what kind, about what, who must come, by when."""

    deed = Deed.WHISTLE
    title = _("吹哨")
    label = _("吹哨")
    send = _("吹哨，叫他们到场")
    letter = "2"
    done = _("已吹哨，叫到的单位收到了通知")
    lead = _("叫几个单位限时到现场。叫到的单位马上收到通知，看得到这件事；到没到都要记，事后打分。")

    kind = forms.ChoiceField(label=_("哨类型"), widget=_DueByKind)
    unit_ids = forms.MultipleChoiceField(
        label=_("应到单位"), widget=forms.CheckboxSelectMultiple(attrs={"class": "choices"})
    )
    due_at = MomentField(label=_("几点前到"))
    words = WordsField(
        label=_("事由和地点"), rows=3, help_text=_("叫到的单位会看到，报到单上也会印。")
    )

    template = "desk/cases/deeds/_whistle.html"

    def prepare(self) -> None:
        kinds = terms.choices(KINDS)
        self.offer("kind", kinds)
        self.fields["kind"].widget.dues = {code: self._due_for(code) for code, _name in kinds}
        self.fields["due_at"].help_text = "；".join(
            gettext("%(kind)s一般 %(limit)s内到") % {"kind": name, "limit": self._limit_for(code)}
            for code, name in kinds
            if self._urgency_of(code) != self.page.case.urgency
        )
        own = self._centre.pk
        others = [(str(unit.pk), unit.name) for unit in self.open_units if unit.pk != own]
        self.offer("unit_ids", others)

    def suggested(self) -> dict[str, Any]:
        return {"due_at": self._due_for("")}

    def _urgency_of(self, kind: str) -> str:
        """A kind that is as urgent as its name, 应急处置, waits no longer than that allows."""
        own = self.page.case.urgency or "ordinary"
        return max((one for one in _URGENCIES if one in (own, kind)), key=_URGENCIES.index)

    @cached_property
    def _centre(self) -> Unit:
        case = self.page.case
        return units.centre_of(case.district_id, case.street_id)

    @cached_property
    def _dues(self) -> dict[str, str]:
        """The moments suggested so far, by urgency."""
        return {}

    def _due_for(self, kind: str) -> str:
        urgency = self._urgency_of(kind)
        if urgency not in self._dues:
            due = clocks.due_of("arriving", unit=self._centre, start=clock.now(), urgency=urgency)
            self._dues[urgency] = clock.local(due.moment).strftime(LOCAL_MOMENT)
        return self._dues[urgency]

    def _limit_for(self, kind: str) -> str:
        return limit_words(codes.limit("arriving", urgency=self._urgency_of(kind)))

    def do(self) -> Step | None:
        cleaned = self.cleaned_data
        return actions.whistle(
            **self.to,
            kind=cleaned["kind"],
            unit_ids=[int(unit) for unit in cleaned["unit_ids"]],
            due_at=cleaned["due_at"],
            words=cleaned["words"],
        )


class ArriveForm(DeedForm):
    """报到 by a called unit, or noted for it by the street."""

    deed = Deed.ARRIVE
    title = _("报到")
    label = _("报到")
    send = _("提交报到")
    letter = "8"
    done = _("报到已记下")
    lead = _("到了写谁到了、几点到的；没到的选原因、说清楚。")

    unit_id = forms.ChoiceField(label=_("哪个单位"))
    came = forms.ChoiceField(
        label=_("到了吗"),
        choices=[("yes", _("到了")), ("no", _("没到"))],
        widget=forms.RadioSelect,
        initial="yes",
    )
    absence = forms.ChoiceField(label=_("没到的原因"), required=False)
    happened_at = MomentField(label=_("几点到的"), required=False)
    words = WordsField(label=_("谁到了；没到的写为什么"), rows=3)
    photos = PhotosField(label=_("现场照片"))

    def prepare(self) -> None:
        waiting = cases.outstanding_calls(self.page.case)
        own = [one for one in waiting if one[0] in self.viewer.unit_ids]
        self.offer("unit_id", [(str(pk), name) for pk, name in own or waiting])
        self.offer("absence", [("", gettext("到了，不用选")), *terms.choices(ABSENCES)])

    def suggested(self) -> dict[str, Any]:
        return {"happened_at": clock.local(clock.now()).strftime(LOCAL_MOMENT)}

    def clean(self) -> dict[str, Any]:
        """Whoever did not come says why."""
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("came") == "no" and not cleaned.get("absence"):
            self.add_error("absence", gettext("请选择没到的原因"))
        return cleaned

    def do(self) -> Step | None:
        cleaned = self.cleaned_data
        came = cleaned["came"] == "yes"
        return actions.arrive(
            **self.to,
            unit_id=int(cleaned["unit_id"]),
            absence="" if came else cleaned["absence"],
            words=cleaned["words"],
            happened_at=cleaned["happened_at"] if came else None,
            photos=self.pictures(),
        )


class ScoreForm(DeedForm):
    """吹哨评分: a row for each called unit."""

    deed = Deed.SCORE
    title = _("吹哨评分")
    label = _("评分")
    send = _("提交评分，这次吹哨结束")
    letter = "5"
    done = _("已评分，这次吹哨结束")
    lead = _("给每个应到单位打分，写明理由；各单位看得到。")
    template = "desk/cases/deeds/_score.html"

    words = WordsField(label=_("打分的理由"), rows=3)

    @cached_property
    def calls(self) -> list[cases.CallLine]:
        """The units the whistle called."""
        found = cases.whistle_of(self.page.case)
        return found.calls if found else []

    def prepare(self) -> None:
        for call in self.calls:
            self.fields[f"score_{call.unit_id}"] = forms.ChoiceField(
                label=call.unit_name,
                choices=[("", gettext("请选择")), *scale()],
                help_text=gettext("没到") if call.is_absent else "",
            )

    @property
    def rows(self) -> list[tuple[cases.CallLine, BoundField]]:
        """Each called unit with the field of its score."""
        return [(call, self[f"score_{call.unit_id}"]) for call in self.calls]

    def refuse(self, refusal: Refusal) -> None:
        """A refusal about the scores stands above the form: no row of it is wrong by itself."""
        self.add_error(
            None if refusal.field == "scores" else refusal.field or None, refusal.message
        )

    def do(self) -> Step | None:
        scores = {
            call.unit_id: int(self.cleaned_data[f"score_{call.unit_id}"]) for call in self.calls
        }
        return actions.score(**self.to, scores=scores, words=self.cleaned_data["words"])
