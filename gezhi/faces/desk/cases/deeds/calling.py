"""Talking with reporters: contact, call back, reopen."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from gezhi.faces.desk.cases import deed_words
from gezhi.faces.desk.cases.deeds.form import DeedForm, WordsField
from gezhi.ground.codes import queries as codes
from gezhi.ground.notices.quiet import quiet_hours, quiet_until
from gezhi.kernel import clock
from gezhi.work.cases import actions
from gezhi.work.cases.doing import OnReport
from gezhi.work.cases.models import Step
from gezhi.work.cases.queries import desk
from gezhi.work.cases.queries.detail import ReportLine
from gezhi.work.cases.queries.to_call import CallLine, calls_of
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


class CallBackForm(ChosenReportForm):
    """回访: what came of the call, and what they said where somebody spoke to them."""

    deed = Deed.CALL_BACK
    title = _("回访")
    label = _("回访")
    send = _("记下这次回访")
    letter = "h"
    done = _("回访已记下")
    lead = _("照着话术问，照反映人说的记。没打通也记一笔：没打通不算满意，也不算不满意。")
    template = "desk/cases/deeds/_call_back.html"

    outcome = forms.ChoiceField(
        label=_("这次打得怎么样"),
        choices=list(deed_words.OUTCOMES.items()),
        widget=forms.RadioSelect,
    )
    resolved = forms.ChoiceField(
        label=_("解决了吗"),
        choices=list(deed_words.RESOLVED.items()),
        widget=forms.RadioSelect,
        required=False,
        help_text=_("打通了才选。"),
    )
    satisfied = forms.ChoiceField(
        label=_("满意吗"),
        choices=[("", _("没有说")), *deed_words.SATISFIED.items()],
        widget=forms.RadioSelect,
        required=False,
    )
    words = WordsField(
        label=_("他怎么说"),
        required=False,
        help_text=_("说没解决的，会在规定天数内自动重新办理。"),
    )
    next_at = forms.DateTimeField(
        label=_("下次什么时候打"),
        required=False,
        help_text=_("没打通可以空着，系统会排；约了时间的写在这里。"),
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
    )

    @property
    def reports(self) -> Sequence[ReportLine]:
        """Those not asked yet; all when everybody was."""
        waiting = [report for report in self.page.reports if not report.resolved]
        return waiting or self.page.reports

    @property
    def script(self) -> Sequence[str]:
        """What to say, line by line."""
        return [str(term.data.get("text", "")) for term in codes.terms("callback_script")]

    @property
    def calls(self) -> Sequence[CallLine]:
        """The calls so far about this case, the newest first."""
        return calls_of(self.viewer, self.number)

    @property
    def quiet(self) -> str:
        """That nobody is called now, in words; "" while one may."""
        over = quiet_until(clock.now())
        if over is None:
            return ""
        hours = quiet_hours()
        said = gettext("现在是免打扰时段（%(begins)d 点到 %(ends)d 点），请 %(ends)d 点以后再打。")
        return said % {"begins": hours.begins, "ends": hours.ends}

    @property
    def said(self) -> str:
        """What was noted; of what is not solved also what becomes of the case."""
        cleaned = self.cleaned_data
        if cleaned["outcome"] == "not_reached":
            return gettext("已记下没打通；该再打的时候在“回访名单”里。")
        if cleaned["outcome"] == "later":
            return gettext("已约好，到时候在“回访名单”里。")
        if cleaned["resolved"] != "unsolved":
            return str(self.done)
        return gettext("回访结果已记下。没解决的，规定天数内已自动转为重新办理，等派遣员派单。")

    def do(self) -> Step | None:
        cleaned = self.cleaned_data
        return actions.call_back(
            **self.about(),
            outcome=cleaned["outcome"],
            resolved=cleaned["resolved"],
            satisfied=cleaned["satisfied"],
            words=cleaned["words"],
            next_at=cleaned["next_at"],
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
