"""What a unit does for a case that another leads: answer as an assisting unit."""

from django import forms
from django.utils.translation import gettext_lazy as _

from gezhi.faces.desk.cases.deeds.form import DeedForm, WordsField
from gezhi.faces.shell.forms import PhotosField
from gezhi.work.cases import actions
from gezhi.work.cases.deeds.assist import DONE, NOT_OURS
from gezhi.work.cases.models import Step
from gezhi.work.cases.rules import Deed


class AssistForm(DeedForm):
    """协办答复: what was done of it, or why it is not theirs."""

    deed = Deed.ASSIST
    title = _("协办答复")
    label = _("协办答复")
    send = _("提交协办答复")
    letter = "i"
    done = _("协办答复已记下，主办单位能看到")
    lead = _("说清本单位做了什么，主办单位和街道中心能看到；不给反映人看。")

    answer = forms.ChoiceField(
        label=_("办了吗"),
        choices=[(DONE, _("办了，答复")), (NOT_OURS, _("不归本单位协办"))],
        widget=forms.RadioSelect,
        initial=DONE,
    )
    words = WordsField(
        label=_("做了什么；不归本单位的，写明为什么、该找谁"), rows=4, takes_focus=True
    )
    photos = PhotosField(label=_("照片"))

    def do(self) -> Step | None:
        return actions.assist(
            **self.to,
            answer=self.cleaned_data["answer"],
            words=self.cleaned_data["words"],
            photos=self.pictures(),
        )
