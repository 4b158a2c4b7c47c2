"""催办 and 督办: reminding a unit; naming a supervisor, the unit's written answer, and the discharge."""

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from gezhi.faces.desk.cases.deeds.form import DeedForm, WordsField
from gezhi.faces.shell.forms import PhotosField
from gezhi.kernel import clock
from gezhi.records.units import queries as units
from gezhi.work.cases import actions, clocks
from gezhi.work.cases import queries as cases
from gezhi.work.cases.models import Step
from gezhi.work.cases.rules import Deed

LOCAL_MOMENT = "%Y-%m-%dT%H:%M"


class MomentField(forms.DateTimeField):
    """A day and an hour, picked or typed."""

    def __init__(self, **rest: Any) -> None:
        widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format=LOCAL_MOMENT)
        super().__init__(widget=widget, **rest)


class SuperviseForm(DeedForm):
    """督办: who, until when, about what."""

    deed = Deed.SUPERVISE
    title = _("督办这件事")
    label = _("督办")
    send = _("开始督办")
    letter = "x"
    done = _("已督办，承办单位和督办人收到了通知")
    lead = _("点一个督办人，写清到什么时候要书面答复。办理时限不变；只有督办人能销号。")

    supervisor_id = forms.ChoiceField(label=_("督办人"))
    due_at = MomentField(label=_("答复期限"))
    words = WordsField(label=_("督办什么"), rows=4, help_text=_("承办单位会看到，督办单上也会印。"))

    def prepare(self) -> None:
        people = cases.possible_supervisors(self.page.case)
        self.offer("supervisor_id", [("", gettext("请选择")), *people])

    def suggested(self) -> dict[str, Any]:
        case = self.page.case
        unit = case.holder or units.centre_of(case.district_id, case.street_id)
        due = clocks.due_of(
            "supervising", unit=unit, start=clock.now(), urgency=case.urgency, pack_id=case.pack_id
        )
        return {
            "supervisor_id": str(self.viewer.user_id),
            "due_at": clock.local(due.moment).strftime(LOCAL_MOMENT),
        }

    def do(self) -> Step | None:
        return actions.supervise(
            **self.to,
            supervisor_id=int(self.cleaned_data["supervisor_id"]),
            due_at=self.cleaned_data["due_at"],
            words=self.cleaned_data["words"],
        )


class ReportToSupervisorForm(DeedForm):
    """督办答复 by the unit."""

    deed = Deed.REPORT_TO_SUPERVISOR
    title = _("答复督办")
    label = _("督办答复")
    send = _("提交督办答复")
    letter = "o"
    done = _("督办答复已交给督办人")
    lead = _("写清办到哪一步、还要多久、难在哪里；督办人和街道中心能看到，督办单上也会印。")

    words = WordsField(label=_("书面答复"), rows=5, takes_focus=True)
    photos = PhotosField(label=_("照片"))

    def do(self) -> Step | None:
        return actions.report_to_supervisor(
            **self.to, words=self.cleaned_data["words"], photos=self.pictures()
        )


class DischargeForm(DeedForm):
    """销号 by the named supervisor."""

    deed = Deed.DISCHARGE
    title = _("督办销号")
    label = _("销号")
    letter = "3"
    done = _("督办已销号")
    lead = _("看过承办单位的书面答复再销号；没有答复就销号的，要写明为什么。")

    words = WordsField(label=_("销号意见"), required=False)

    def do(self) -> Step | None:
        return actions.discharge(**self.to, words=self.cleaned_data["words"])


class UrgeForm(DeedForm):
    """催办 by the centre."""

    deed = Deed.URGE
    title = _("催办")
    label = _("催办")
    send = _("催一次")
    letter = "n"
    done = _("已催办，承办单位收到了通知")
    lead = _("到期以前提醒承办单位；已经超时的用督办。")

    words = WordsField(label=_("催什么"), rows=2, takes_focus=True, help_text=_("承办单位会看到。"))

    def do(self) -> Step | None:
        return actions.urge_holder(**self.to, words=self.cleaned_data["words"])


class EscalateForm(DeedForm):
    """升级 to the next level."""

    deed = Deed.ESCALATE
    title = _("升级到上一级")
    label = _("升级")
    send = _("升级")
    letter = "9"
    done = _("已升级，由上一级接着安排")
    lead = _("本级解决不了的，交给上一级来管：社区交街道，街道交区。派出去的主办、协办随之结束。")

    words = WordsField(label=_("为什么升级"), rows=3, takes_focus=True)

    def do(self) -> Step | None:
        return actions.escalate(**self.to, words=self.cleaned_data["words"])
