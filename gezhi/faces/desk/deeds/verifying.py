"""核实: asking the grid worker of the place, and the answer."""

from django import forms
from django.utils.translation import gettext_lazy as _

from gezhi.faces.desk import words
from gezhi.faces.desk.deeds.form import DeedForm, WordsField
from gezhi.faces.shell.forms import PhotosField
from gezhi.work.cases import actions
from gezhi.work.cases.models import Step
from gezhi.work.cases.rules import Deed


class AskForm(DeedForm):
    """核实: the grid worker of the place is asked."""

    deed = Deed.ASK
    title = _("请网格员到现场核实")
    label = _("请网格员核实")
    letter = "v"
    done = _("已请网格员核实，回复后回到待受理")
    lead = _("所在网格的网格员会收到这条核实，看完回复“属实、不属实或无法核实”。")

    words = WordsField(
        label=_("想请他看什么"), required=False, help_text=_("可以不写；写清要看的地方，少跑一趟。")
    )

    def do(self, *, key: str, version: int | None) -> Step | None:
        return actions.ask(
            number=self.number,
            by=self.viewer,
            key=key,
            version=version,
            words=self.cleaned_data["words"],
        )


class VerifyForm(DeedForm):
    """核实回复 by the grid worker of the place."""

    deed = Deed.VERIFY
    title = _("回复核实情况")
    label = _("回复核实")
    send = _("提交核实情况")
    letter = "v"
    done = _("核实情况已回复")

    answer = forms.ChoiceField(
        label=_("看到的情况"), choices=list(words.ANSWERS.items()), widget=forms.RadioSelect
    )
    photos = PhotosField(label=_("现场照片"))
    words = WordsField(label=_("补充几句"), required=False)

    def do(self, *, key: str, version: int | None) -> Step | None:
        return actions.verify(
            number=self.number,
            by=self.viewer,
            key=key,
            version=version,
            answer=self.cleaned_data["answer"],
            words=self.cleaned_data["words"],
            photos=self.stored("photos"),
        )
