"""Talking with reporters: contact, call back, reopen."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from gezhi.faces.desk.cases import deed_words
from gezhi.faces.desk.cases.deeds.form import DeedForm, WordsField
from gezhi.work.cases import actions
from gezhi.work.cases.doing import OnReport
from gezhi.work.cases.models import Step
from gezhi.work.cases.queries import desk
from gezhi.work.cases.queries.detail import ReportLine
from gezhi.work.cases.rules import Deed


class ChosenReportForm(DeedForm):
    """A deed for one of the reports of a case."""

    template = "desk/cases/deeds/_report.html"
    # What opening the phone is for, when it is opened from this form.
    purpose = "callback"

    report = forms.ChoiceField(label=_("哪位反映人"), widget=forms.RadioSelect)

    @property
    def reports(self) -> Sequence[ReportLine]:
        """The reports it may be done for."""
        return self.page.reports

    def suggested(self) -> dict[str, Any]:
        reports = self.reports
        return {"report": reports[0].number} if reports else {}

    def prepare(self) -> None:
        self.offer("report", [(report.number, _named(report)) for report in self.reports])
        if len(self.reports) == 1:
            self.fields["report"].widget = forms.HiddenInput()

    @property
    def chosen_report(self) -> ReportLine | None:
        """Whom it is about now."""
        number = self.typed("report")
        return next((report for report in self.reports if report.number == number), None)

    def about(self, version: int | None = None) -> OnReport:
        """The report, who and by which key: what an action about one report is told."""
        report = desk.report_in(self.viewer, self.number, self.cleaned_data["report"])
        return {"report": report, "by": self.viewer, "key": self.key, "version": version}


def _named(report: ReportLine) -> str:
    name = report.name or (gettext("匿名") if report.anonymous else gettext("未留姓名"))
    return gettext("%(name)s（受理号 %(number)s）") % {"name": name, "number": report.number}


class RateForm(ChosenReportForm):
    """回访: ask whether it is solved and how satisfied they are."""

    deed = Deed.RATE
    title = _("回访")
    label = _("回访")
    send = _("记下回访结果")
    letter = "h"
    done = _("回访结果已记下")
    lead = _("打电话问两句，照反映人说的记。打不通不要记，改天再打。")

    resolved = forms.ChoiceField(
        label=_("解决了吗"), choices=list(deed_words.RESOLVED.items()), widget=forms.RadioSelect
    )
    satisfied = forms.ChoiceField(
        label=_("满意吗"),
        choices=[("", _("不愿说")), *deed_words.SATISFIED.items()],
        widget=forms.RadioSelect,
        required=False,
    )
    words = WordsField(
        label=_("他怎么说"),
        required=False,
        help_text=_("说没解决的，会在规定天数内自动重新办理。"),
    )

    @property
    def reports(self) -> Sequence[ReportLine]:
        """Those not asked yet; all when everybody was."""
        waiting = [report for report in self.page.reports if not report.resolved]
        return waiting or self.page.reports

    @property
    def said(self) -> str:
        """That it is noted; of what is not solved also what becomes of the case."""
        if self.cleaned_data["resolved"] != "unsolved":
            return str(self.done)
        return gettext("回访结果已记下。没解决的，规定天数内已自动转为重新办理，等派遣员派单。")

    def do(self) -> Step | None:
        return actions.rate(
            **self.about(),
            resolved=self.cleaned_data["resolved"],
            satisfied=self.cleaned_data["satisfied"],
            words=self.cleaned_data["words"],
        )


class ReopenForm(ChosenReportForm):
    """二次办理 asked for by a reporter over the phone."""

    deed = Deed.REOPEN
    title = _("重新办理")
    label = _("重新办理")
    letter = "o"
    done = _("已重新办理，等待派单")
    lead = _("反映人说没解决。重新办理后回到待派单，重新计时，算第二次办理。")

    words = WordsField(label=_("哪里没解决"))

    def do(self) -> Step | None:
        return actions.reopen(
            **self.about(),
            words=self.cleaned_data["words"],
        )


class ContactForm(ChosenReportForm):
    """联系反映人: note that they were reached."""

    deed = Deed.CONTACT
    title = _("记一次联系")
    label = _("联系反映人")
    send = _("记下这次联系")
    letter = "l"
    done = _("联系情况已记下")
    lead = _("联系过反映人就记一笔，第一次联系的时间会统计响应率。")
    purpose = "clarify"

    words = WordsField(label=_("说了什么"), required=False)

    def do(self) -> Step | None:
        return actions.contact(
            **self.about(self.seen),
            words=self.cleaned_data["words"],
        )
