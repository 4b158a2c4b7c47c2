"""Whose a case is that units keep returning: asked to be ruled, and ruled."""

from datetime import date, timedelta
from functools import cached_property
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from gezhi.faces.desk.cases.deeds.form import DeedForm, WordsField
from gezhi.faces.desk.cases.deeds.units import DutyRow, HelpersForm, duty_row_of
from gezhi.faces.desk.cases.ruling_words import KINDS, returns_in
from gezhi.ground.codes import queries as codes
from gezhi.kernel import clock
from gezhi.records.duties import queries as duties
from gezhi.records.places import queries as places
from gezhi.work.cases import actions
from gezhi.work.cases.models import Step
from gezhi.work.cases.queries.detail import StepLine
from gezhi.work.cases.rules import Deed

HERE = (("community", _("社区")), ("street", _("街道")), ("grid", _("网格")))


class DisputeForm(DeedForm):
    """提请裁决: the dispatcher cannot tell whose it is."""

    deed = Deed.DISPUTE
    title = _("提请裁决")
    label = _("提请裁决")
    letter = "q"
    done = _("已提请裁决，等值班长定归谁办")
    lead = _("单位之间说不清归谁时提请裁决。裁决以前不能派单；裁决有自己的时限。")

    words = WordsField(label=_("争在哪里"), required=False, rows=2)

    def do(self) -> Step | None:
        return actions.dispute(**self.to, words=self.cleaned_data["words"])


class RuleForm(HelpersForm):
    """裁决: to whom, how it was settled, on which grounds, and whether later cases follow it."""

    deed = Deed.RULE
    title = _("裁决：这件事归谁办")
    label = _("裁决")
    send = _("裁决并派出")
    letter = "d"
    done = _("已裁决并派出")
    lead = _("裁决的同时派单。被裁到的单位不能再以“不归本单位”退回。理由各单位都看得到。")
    template = "desk/cases/deeds/_rule.html"
    quotes_again = True

    unit_id = forms.ChoiceField(
        label=_("归哪个单位办"), widget=forms.Select(attrs={"data-takes-focus": True})
    )
    kind = forms.ChoiceField(
        label=_("怎么定的"),
        choices=list(KINDS.items()),
        widget=forms.RadioSelect,
    )
    duty_id = forms.ChoiceField(label=_("依据清单哪一条"), required=False)
    words = WordsField(label=_("裁决的理由"), rows=3, help_text=_("写依据和事实，不写反映人是谁。"))
    keeps = forms.BooleanField(
        label=_("留作派单先例"),
        required=False,
        help_text=_("以后这一带同类的事，派单时会看到这次裁决。"),
    )
    area_id = forms.ChoiceField(label=_("在哪个范围算数"), required=False)
    wording = forms.CharField(
        label=_("这类事怎么说"),
        required=False,
        max_length=60,
        help_text=_("如“小区门口市政道路上的建筑垃圾”；不写人名和门牌。"),
    )
    valid_to = forms.DateField(
        label=_("有效到哪一天"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )

    @cached_property
    def duty_rows(self) -> list[DutyRow]:
        """The rows of the list for this class or its families."""
        code = self.page.case.class_code
        families = set(duties.families_of(code)) if code else set()
        rows = (duty for duty in duties.duties(self.viewer) if duty.class_code in families)
        return [duty_row_of(duty) for duty in rows]

    @property
    def earlier_returns(self) -> list[tuple[StepLine, str]]:
        """Who returned it in this round before the last one, which is quoted above, and why."""
        return returns_in(self.page.steps, self.page.case.round)[:-1]

    @property
    def may_keep(self) -> bool:
        """A confidential case leaves no precedent, and one without a class none that is found."""
        return bool(self.page.case.class_code) and not self.page.case.is_restricted

    def suggested(self) -> dict[str, Any]:
        days = int(codes.figure("precedent_days"))
        return {
            "kind": "chief",
            "area_id": str(self.page.case.community_id or self.page.case.street_id),
            "valid_to": clock.today() + timedelta(days=days),
        }

    def prepare(self) -> None:
        marks = dict.fromkeys(self.page.refused_by, gettext("退回过"))
        self.offer("unit_id", self.unit_choices(gettext("请选择"), marks=marks))
        rows = [(str(row.id), f"{row.name}（{row.lead_unit}）") for row in self.duty_rows]
        self.offer("duty_id", [("", gettext("不引用")), *rows])
        self.offer_helpers()
        ids = {name: getattr(self.page.case, f"{name}_id") for name, _word in HERE}
        names = places.names_of({area for area in ids.values() if area})
        known = [(name, word) for name, word in HERE if ids[name]]
        self.offer(
            "area_id", [(str(ids[name]), f"{word} {names[ids[name]]}") for name, word in known]
        )

    def clean(self) -> dict[str, Any]:
        """What a precedent needs is asked for where one is kept."""
        cleaned = super().clean()
        if cleaned.get("keeps") and not cleaned.get("wording"):
            self.add_error("wording", gettext("请写明这类事怎么说，以后派单的人照它认"))
        return cleaned

    def do(self) -> Step | None:
        cleaned = self.cleaned_data
        until: date | None = cleaned["valid_to"]
        kept = None
        if cleaned["keeps"]:
            kept = actions.PrecedentAsked(int(cleaned["area_id"] or 0), cleaned["wording"], until)
        return actions.rule(
            **self.to,
            unit_id=int(cleaned["unit_id"]),
            kind=cleaned["kind"],
            words=cleaned["words"],
            duty_id=int(cleaned["duty_id"]) if cleaned["duty_id"] else None,
            **self.sent_along,
            precedent=kept,
        )
