"""挂账 and 延期: asked for by the unit, decided by the centre."""

from collections.abc import Sequence
from datetime import timedelta
from functools import cached_property

from django import forms
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from gezhi.faces.desk.cases import delay_words
from gezhi.faces.desk.cases.deeds.form import DeedForm, WordsField
from gezhi.faces.desk.cases.limit_words import limit_words
from gezhi.faces.shell import moments
from gezhi.faces.shell.forms import PhotosField
from gezhi.faces.shell.parts import Fact, Photo
from gezhi.faces.shell.pictures import photos
from gezhi.ground.codes import queries as codes
from gezhi.kernel import clock
from gezhi.work.cases import actions
from gezhi.work.cases.models import Step
from gezhi.work.cases.queries import delays
from gezhi.work.cases.queries.detail import StepLine
from gezhi.work.cases.rules import Deed

_DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
_ANSWERS = [("yes", _("同意")), ("no", _("不同意"))]


def _reasons(delay: str) -> list[tuple[str, str]]:
    return [
        (row.code, row.label)
        for row in codes.terms("delay_reasons")
        if delay in str(row.data.get("for", "")).split()
    ]


class ReviewDayForm(DeedForm):
    """A form with the day on which it is looked at again."""

    def prepare(self) -> None:
        """The calendar of the browser offers only days that can be."""
        today = clock.today()
        last = today + timedelta(days=int(codes.figure("hang_most_days")))
        self.fields["review_on"].widget.attrs |= {
            "min": today.isoformat(),
            "max": last.isoformat(),
        }


class AskToHangForm(ReviewDayForm):
    """申请挂账: why, and when to look again."""

    deed = Deed.ASK_TO_HANG
    title = _("申请挂账")
    label = _("申请挂账")
    send = _("提交申请")
    letter = "w"
    done = _("已申请挂账，等街道中心值班长审批；批准以前照常计时")
    lead = _(
        "等施工、等季节、等条件，现在办不了的，可以申请挂账：批准后停止计时，到复核日再看。批准以前照常计时。"
    )

    reason_code = forms.ChoiceField(label=_("理由"), widget=forms.RadioSelect)
    review_on = forms.DateField(
        label=_("复核日"), widget=_DAY, help_text=_("到哪一天再看能不能办，选工作日。")
    )
    words = WordsField(
        label=_("为什么现在办不了"), help_text=_("写清缺什么、等什么、什么时候能办。")
    )

    def prepare(self) -> None:
        super().prepare()
        self.offer("reason_code", _reasons("hang"))

    def do(self) -> Step | None:
        return actions.ask_to_hang(
            **self.to,
            reason_code=self.cleaned_data["reason_code"],
            review_on=self.cleaned_data["review_on"],
            words=self.cleaned_data["words"],
        )


def _told(step: StepLine, what: str, who: str) -> Sequence[Fact]:
    """A step of a delay above the form that comes after it."""
    doer = " ".join(part for part in (step.unit_name, step.doer) if part)
    facts = [
        (what, delay_words.decided(step)),
        (gettext("说明"), step.words),
        (who, f"{doer}，{moments.spoken(step.happened_at)}"),
    ]
    return [Fact(name, value) for name, value in facts if value]


class OnPaper(DeedForm):
    """What is signed by hand, too."""

    @property
    def paper_url(self) -> str:
        """The same on paper, with what is known of it already."""
        paper = "extension" if self.deed in (Deed.ASK_TO_EXTEND, Deed.EXTEND) else "hang"
        return reverse("desk:paper", args=[self.page.case.number, paper])


class DecisionForm(OnPaper):
    """A request with what was asked above, and the answer."""

    template = "desk/cases/deeds/_decision.html"
    REFUSED_AS = DeedForm.REFUSED_AS | {"granted": "answer"}
    asked_by: Deed
    paper: str
    done_refused: str | Promise

    answer = forms.ChoiceField(label=_("同意吗"), choices=_ANSWERS, widget=forms.RadioSelect)
    words = WordsField(label=_("意见（不同意时必须写）"), required=False)

    @cached_property
    def request(self) -> Sequence[Fact]:
        """What was asked, by whom."""
        step = self.page.last_step(self.asked_by)
        return _told(step, gettext("申请"), gettext("申请人")) if step else ()

    @cached_property
    def signed(self) -> Sequence[Photo]:
        """The signed form that was handed in with it."""
        step = self.page.last_step(self.asked_by)
        return photos(self.viewer, step.file_ids, gettext("签了字的审批表")) if step else ()

    @property
    def granted(self) -> bool:
        return bool(self.cleaned_data["answer"] == "yes")

    @property
    def said(self) -> str:
        """What was decided, so that a slip is seen at once."""
        return str(self.done if self.granted else self.done_refused)


class HangForm(DecisionForm):
    """挂账（审批）."""

    deed = Deed.HANG
    asked_by = Deed.ASK_TO_HANG
    title = _("审批挂账")
    label = _("审批挂账")
    send = _("提交意见")
    letter = "w"
    done = _("已同意挂账，停止计时；已告诉承办单位")
    done_refused = _("没有同意挂账，照常计时；已告诉承办单位")
    lead = _("同意后停止计时，到复核日再看；挂账的事不算进按期率。不同意就照常计时。")

    def do(self) -> Step | None:
        return actions.hang(**self.to, granted=self.granted, words=self.cleaned_data["words"])


class ReviewForm(ReviewDayForm):
    """挂账复核: still not; when to look again."""

    template = "desk/cases/deeds/_review.html"
    deed = Deed.REVIEW
    title = _("挂账复核")
    label = _("复核")
    send = _("接着挂账")
    letter = "v"
    done = _("已改复核日，接着挂账")
    lead = _("还办不了的，写明情况，改一个复核日；能办了的，点“恢复办理”。")

    review_on = forms.DateField(label=_("下一个复核日"), widget=_DAY, help_text=_("选工作日。"))
    words = WordsField(label=_("现在是什么情况、为什么还要挂"))

    @cached_property
    def told(self) -> Sequence[Fact]:
        """Why it hangs: what the unit asked, and what was seen the last time."""
        asked = self.page.last_step(Deed.ASK_TO_HANG)
        seen = self.page.last_step(Deed.REVIEW)
        if seen is not None and asked is not None and seen.serial < asked.serial:
            seen = None
        return [
            *(_told(asked, gettext("申请"), gettext("申请人")) if asked else ()),
            *(_told(seen, gettext("上次复核"), gettext("复核人")) if seen else ()),
        ]

    def do(self) -> Step | None:
        return actions.review(
            **self.to,
            review_on=self.cleaned_data["review_on"],
            words=self.cleaned_data["words"],
        )


class ResumeForm(DeedForm):
    """恢复办理: the clock runs on."""

    deed = Deed.RESUME
    title = _("恢复办理")
    label = _("恢复办理")
    letter = "r"
    done = _("已恢复办理，时限接着算")
    lead = _("能办了就恢复：时限从停下的地方接着算，挂着的时间不算。")

    words = WordsField(label=_("说明"), required=False, rows=2)

    def do(self) -> Step | None:
        return actions.resume(**self.to, words=self.cleaned_data["words"])


class AskToExtendForm(OnPaper):
    """申请延期: how much more time, before it is up."""

    deed = Deed.ASK_TO_EXTEND
    title = _("申请延期")
    label = _("申请延期")
    send = _("提交申请")
    letter = "e"
    template = "desk/cases/deeds/_extend.html"
    done = _("已申请延期，等街道中心审批；批准以前按原时限")
    lead: str | Promise = _("到期以前才能申请。批准以前按原时限计时。")

    reason_code = forms.ChoiceField(label=_("理由"), widget=forms.RadioSelect)
    amount = forms.IntegerField(
        label=_("延多久"), widget=forms.NumberInput(attrs={"inputmode": "numeric"})
    )
    words = WordsField(label=_("为什么办不完、什么时候能办完"))
    form = PhotosField(label=_("签了字的延期审批表"))

    def prepare(self) -> None:
        """A second one in a round needs the signed form; the first one is not asked for it."""
        self.offer("reason_code", _reasons("extend"))
        asking = delays.to_extend(self.page.case)
        if asking is None:
            return
        self.fields["amount"].help_text = gettext(
            "只写数字，单位和原时限一样：原时限 %(limit)s，一次最多延 %(most)s。"
        ) % {"limit": limit_words(asking.limit), "most": self._most(asking)}
        if asking.granted:
            self.fields["form"].required = True
            self.lead = gettext(
                "这一次办理已经延期过。再延要先把延期审批表打印出来，签字后拍照传上来，由值班长审批。"
            )
        elif not self.was_sent():
            del self.fields["form"]

    @staticmethod
    def _most(asking: delays.MoreTime) -> str:
        return delay_words.amount_words(asking.most, asking.limit.unit)

    def clean_amount(self) -> int:
        """In words with its unit, which the action does not know."""
        amount: int = self.cleaned_data["amount"]
        asking = delays.to_extend(self.page.case)
        if asking is not None and amount > asking.most:
            raise forms.ValidationError(
                gettext("最多延 %(most)s，不能比原来的时限还长；要更久的，申请挂账。")
                % {"most": self._most(asking)}
            )
        return amount

    @property
    def is_second(self) -> bool:
        """Whether the signed form is asked for."""
        return "form" in self.fields

    def do(self) -> Step | None:
        return actions.ask_to_extend(
            **self.to,
            amount=self.cleaned_data["amount"],
            reason_code=self.cleaned_data["reason_code"],
            words=self.cleaned_data["words"],
            form=self.pictures("form") if self.is_second else [],
        )


class ExtendForm(DecisionForm):
    """延期（审批）."""

    deed = Deed.EXTEND
    asked_by = Deed.ASK_TO_EXTEND
    title = _("审批延期")
    label = _("审批延期")
    send = _("提交意见")
    letter = "e"
    done = _("已同意延期，时限往后延了；已告诉承办单位")
    done_refused = _("没有同意延期，按原时限；已告诉承办单位")
    lead = _("同意后时限往后延；不同意就按原时限。")

    def do(self) -> Step | None:
        return actions.extend(**self.to, granted=self.granted, words=self.cleaned_data["words"])
