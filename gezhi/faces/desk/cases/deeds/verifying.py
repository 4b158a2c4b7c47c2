"""核实: asking the grid worker of the place, and the answer."""

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from gezhi.faces.desk.cases import deed_words
from gezhi.faces.desk.cases.deeds.form import DeedForm, WordsField, instead_of_the_reporter
from gezhi.faces.shell import looks
from gezhi.faces.shell.forms import PhotosField
from gezhi.kernel.viewer import Level
from gezhi.records.places import queries as places
from gezhi.work.cases import actions
from gezhi.work.cases.models import Step
from gezhi.work.cases.rules import Deed


class AskForm(DeedForm):
    """核实: the grid worker of the place is asked, or a community where no grid is known."""

    deed = Deed.ASK
    title: str | Promise = _("请网格员到现场核实")
    label = _("请网格员核实")
    letter = "v"
    done = _("已请网格员核实，回复后回到待受理")
    lead: str | Promise = _("所在网格的网格员会收到这条核实，看完回复“属实、不属实或无法核实”。")

    community = forms.ChoiceField(label=_("请哪个社区核实"), required=False)
    words = WordsField(
        label=_("想请他看什么"), required=False, help_text=_("可以不写；写清要看的地方，少跑一趟。")
    )

    def prepare(self) -> None:
        """Only a case that lies in no known grid needs to be told whom to ask."""
        if self.page.case.is_restricted:
            instead_of_the_reporter(
                self,
                gettext("请看什么"),
                gettext(
                    "这件事保密：去看的人只看到小区和您在这里写的。写清到哪里看什么，不写是谁说的，也不照抄原话。"
                ),
            )
        case = self.page.case
        if case.grid_id is not None:
            del self.fields["community"]
            return
        self.title = gettext("请社区核实")
        self.fields["community"].required = True
        self.fields["community"].error_messages["required"] = gettext(
            "请选一个社区；知道在哪儿，就先改地点"
        )
        self.lead = gettext(
            "这件事还没有定到网格，由社区工作人员来看：看完回复“属实、不属实或无法核实”，"
            "写清在哪儿，您再改地点。"
        )
        known = places.areas(case.district_id, Level.COMMUNITY, street_id=case.street_id)
        self.fields["community"].initial = str(case.community_id or "")
        named = ((str(row.id), row.label) for row in known)
        self.offer("community", [("", gettext("请选择")), *named])

    def do(self) -> Step | None:
        chosen = str(self.cleaned_data.get("community") or "")
        elsewhere = bool(chosen) and chosen != str(self.page.case.community_id)
        return actions.ask(
            **self.to,
            words=self.cleaned_data["words"],
            where=actions.Where(area_id=int(chosen)) if elsewhere else None,
        )


class VerifyForm(DeedForm, looks.VerifyForm):
    """核实回复 by the grid worker of the place."""

    title = _("回复核实情况")
    label = _("回复核实")
    send = _("提交核实情况")
    letter = "v"
    done = _("核实情况已回复")

    answer = forms.ChoiceField(
        label=_("看到的情况"), choices=list(deed_words.ANSWERS.items()), widget=forms.RadioSelect
    )
    photos = PhotosField(label=_("现场照片"))
    words = WordsField(label=_("补充几句"), required=False)
