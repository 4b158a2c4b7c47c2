"""After the work: check, pass what was handled on the spot, close."""

from django import forms
from django.utils.translation import gettext_lazy as _

from gezhi.faces.desk.cases.deeds.form import DeedForm, WordsField
from gezhi.faces.shell import looks, terms
from gezhi.faces.shell.forms import PhotosField
from gezhi.kernel.errors import Conflict
from gezhi.work.cases import actions
from gezhi.work.cases.models import Step
from gezhi.work.cases.queries.detail import StepLine
from gezhi.work.cases.rules import Deed


class CheckForm(DeedForm, looks.CheckForm):
    """核查 by somebody who did not handle it."""

    title = _("核查办理结果")
    label = _("核查")
    send = _("提交核查结果")
    letter = "c"
    done = _("核查结果已记下")
    lead = _("到现场看，或打电话问反映人。没有办好就退回返工，写清哪里没办好。")
    template = "desk/cases/deeds/_check.html"

    @property
    def finished(self) -> StepLine | None:
        """What the unit says it did, to be held against what is seen."""
        return self.page.last_step(Deed.FINISH)

    answer = forms.ChoiceField(
        label=_("办好了吗"),
        choices=[("passed", _("办好了，通过")), ("rework", _("没有办好，退回返工"))],
        widget=forms.RadioSelect,
    )
    photos = PhotosField(label=_("核查照片"))
    words = WordsField(
        label=_("看到什么（退回返工时必须写）"), required=False, help_text=_("承办单位会看到。")
    )


class PassForm(DeedForm):
    """审核通过 of what a grid worker handled on the spot."""

    deed = Deed.PASS
    title = _("审核通过这件自行处置？")
    label = _("审核通过")
    letter = "p"
    done = _("已审核通过并结案")
    lead = _("看过处置前后的照片再通过；通过后结案，单独统计。")

    def do(self) -> Step | None:
        (outcome,) = actions.pass_on_the_spot(numbers=[self.number], by=self.viewer, key=self.key)
        if not outcome.done:
            raise Conflict(outcome.message)
        return None


class ForceCloseForm(DeedForm):
    """强制结案: ends what cannot walk its loop to the end."""

    deed = Deed.FORCE_CLOSE
    title = _("强制结案")
    label = _("强制结案")
    done = _("已强制结案，单独统计")
    lead = _(
        "办不下去的事，由值班长写明理由结案。反映人会看到这些话，还可以说没解决；单独统计，不算按期办结。"
    )
    danger = True

    reason_code = forms.ChoiceField(label=_("理由"), widget=forms.RadioSelect)
    words = WordsField(label=_("告诉反映人为什么"), rows=3)

    def prepare(self) -> None:
        self.offer("reason_code", terms.choices("force_reasons"))

    def do(self) -> Step | None:
        return actions.force_close(
            **self.to,
            reason_code=self.cleaned_data["reason_code"],
            words=self.cleaned_data["words"],
        )


class CloseForm(DeedForm):
    """结案 by the centre."""

    deed = Deed.CLOSE
    title = _("结案")
    label = _("结案")
    letter = "e"
    done = _("已结案，反映人可以评价")
    lead = _("核查已通过。结案后反映人会收到通知，可以评价；没解决的可以重新办理。")
    answers_for = "close"

    words = WordsField(
        label=_("告诉反映人的话"), required=False, help_text=_("可以不写；办理结果他已经能看到。")
    )

    def do(self) -> Step | None:
        return actions.close(
            **self.to,
            words=self.cleaned_data["words"],
        )
