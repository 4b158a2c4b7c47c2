"""What does not count: appealed by a unit, decided and left out by the centre's chief."""

from functools import cached_property
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from gezhi.faces.desk.cases import deed_words
from gezhi.faces.desk.cases.appealed_words import appealed_facts
from gezhi.faces.desk.cases.deeds.form import DeedForm, WordsField
from gezhi.faces.desk.cases.deeds.whistling import scale
from gezhi.faces.shell import moments, terms
from gezhi.faces.shell.parts import Fact
from gezhi.kernel import clock
from gezhi.records.units import queries as units
from gezhi.work.cases import actions
from gezhi.work.cases.actions import Counted
from gezhi.work.cases.models import Step
from gezhi.work.cases.queries import counting
from gezhi.work.cases.queries.counting import CountedLine
from gezhi.work.cases.rules import Deed, Stage


def counted_in(word: str) -> Counted:
    """What a choice of the form stands for."""
    scope, _dash, row = word.partition("-")
    return Counted(scope, int(row) if row.isdigit() else None)


def counted_words(line: CountedLine, unit_names: dict[int, str]) -> str:
    """One thing that counts, in words: "办理超时 2 天（环卫所，11月20日到期）"."""
    unit = unit_names.get(line.unit_id or 0, "")
    match line.scope:
        case "case":
            return gettext("整件事")
        case "rating":
            return gettext("反映人的评价（受理号 %(number)s）") % {"number": line.number}
        case "score":
            return gettext("吹哨报到的评分 %(score)d 分（%(unit)s，%(day)s 应到）") % {
                "score": line.score or 0,
                "unit": unit,
                "day": moments.spoken(line.since) if line.since else "",
            }
        case "assignment":
            return gettext("派给%(unit)s（%(day)s）") % {
                "unit": unit,
                "day": moments.spoken(line.since) if line.since else "",
            }
    stage = deed_words.STAGES[Stage(line.stage)]
    if line.late:
        return gettext("%(stage)s超时（%(unit)s，%(day)s到期）") % {
            "stage": stage,
            "unit": unit,
            "day": moments.spoken(line.since) if line.since else "",
        }
    return gettext("%(stage)s（%(unit)s，%(day)s到期，按时）") % {
        "stage": stage,
        "unit": unit,
        "day": moments.spoken(line.since) if line.since else "",
    }


class CountedForm(DeedForm):
    """A deed about something of the case that counts."""

    template = "desk/cases/deeds/_counted.html"

    @cached_property
    def lines(self) -> list[CountedLine]:
        """What can be chosen."""
        return []

    def prepare(self) -> None:
        names = units.names_of({line.unit_id for line in self.lines if line.unit_id})
        rows = [(line.word, counted_words(line, names)) for line in self.lines]
        self.offer("counted", rows)
        if len(rows) == 1:
            self.initial.setdefault("counted", rows[0][0])


class AppealForm(CountedForm):
    """申诉: a unit says that a late stage, a wrong sending or a score should not stand."""

    deed = Deed.APPEAL
    title = _("申诉：这一项不该算")
    label = _("申诉")
    send = _("提交申诉")
    done = _("已提交申诉，等值班长裁定")
    lead = _("写清事实和证据。裁定以前照原样计算；成立的，从考核里剔除，扣分的改成新的分数。")

    counted = forms.ChoiceField(label=_("对哪一项申诉"), widget=forms.RadioSelect)
    words = WordsField(label=_("为什么不该算"), rows=4)

    @cached_property
    def lines(self) -> list[CountedLine]:
        return counting.appealable_lines(self.viewer, self.page.case, clock.now())

    def do(self) -> Step | None:
        cleaned = self.cleaned_data
        counted = counted_in(cleaned["counted"])
        return actions.appeal(**self.to, counted=counted, words=cleaned["words"])


class DecideForm(DeedForm):
    """申诉裁定 by somebody else."""

    deed = Deed.DECIDE
    title = _("申诉裁定")
    label = _("申诉裁定")
    send = _("作出裁定")
    done = _("申诉已裁定")
    template = "desk/cases/deeds/_decide.html"

    answer = forms.ChoiceField(
        label=_("申诉成立吗"),
        choices=[("yes", _("成立，从考核里剔除")), ("no", _("不成立，照算"))],
        widget=forms.RadioSelect,
    )
    reason_code = forms.ChoiceField(label=_("剔除的理由"), required=False)
    score = forms.TypedChoiceField(
        label=_("改成几分"),
        coerce=int,
        empty_value=None,
        required=False,
        help_text=_("成立的才改；不成立不用选。"),
    )
    words = WordsField(label=_("裁定的理由"), rows=3, help_text=_("申诉的单位看得到。"))

    @cached_property
    def line(self) -> CountedLine | None:
        """What is appealed."""
        return counting.appealed_line(self.page.case)

    @property
    def scored(self) -> bool:
        """Whether it is a score that is appealed, which is set anew."""
        return self.line is not None and self.line.score is not None

    @cached_property
    def waiting(self) -> str:
        """What is appealed, by whom, in words."""
        line = self.line
        if line is None:
            return ""
        return counted_words(line, units.names_of({line.unit_id} if line.unit_id else set()))

    @cached_property
    def said(self) -> str:
        """What the appeal said."""
        step = self.page.last_step(Deed.APPEAL)
        return step.words if step else ""

    @cached_property
    def facts(self) -> list[Fact]:
        """What the file says of it: when it was due, how it came, who scored or sent it and why."""
        return appealed_facts(self.page, self.line) if self.line else []

    def suggested(self) -> dict[str, Any]:
        return {"reason_code": "appeal_granted"}

    def prepare(self) -> None:
        if self.line is None or self.line.score is None:
            del self.fields["score"]
            self.offer("reason_code", terms.choices("exclusion_reasons"))
            return
        del self.fields["reason_code"]
        self.offer(
            "answer", [("yes", gettext("成立，改分数")), ("no", gettext("不成立，分数不变"))]
        )
        others = [one for one in scale() if one[0] != str(self.line.score)]
        self.offer("score", [("", gettext("请选择")), *others])

    def do(self) -> Step | None:
        cleaned = self.cleaned_data
        granted = cleaned["answer"] == "yes"
        return actions.decide(
            **self.to,
            granted=granted,
            words=cleaned["words"],
            reason_code=cleaned.get("reason_code", "") if granted else "",
            score=cleaned.get("score") if granted else None,
        )


class ExcludeForm(CountedForm):
    """剔除: the chief leaves something out of every figure."""

    deed = Deed.EXCLUDE
    title = _("剔除：不算进考核")
    label = _("剔除")
    done = _("已剔除，谁剔的、为什么都留着")
    lead = _("剔除的不进任何指标的分子和分母，事情本身不变。谁剔的、为什么，办理经过里看得到。")
    danger = True

    counted = forms.ChoiceField(label=_("剔除什么"), widget=forms.RadioSelect)
    reason_code = forms.ChoiceField(label=_("理由"))
    words = WordsField(label=_("说明"), rows=3)

    @cached_property
    def lines(self) -> list[CountedLine]:
        return counting.countable_lines(self.page.case)

    def prepare(self) -> None:
        super().prepare()
        self.offer("reason_code", [("", gettext("请选择")), *terms.choices("exclusion_reasons")])

    def do(self) -> Step | None:
        cleaned = self.cleaned_data
        return actions.exclude(
            **self.to,
            counted=counted_in(cleaned["counted"]),
            reason_code=cleaned["reason_code"],
            words=cleaned["words"],
        )


class IncludeForm(DeedForm):
    """恢复计入: an exclusion is taken back."""

    deed = Deed.INCLUDE
    title = _("恢复计入考核")
    label = _("恢复计入")
    done = _("已恢复计入")

    exclusion_id = forms.ChoiceField(label=_("恢复哪一项"), widget=forms.RadioSelect)
    words = WordsField(label=_("为什么恢复计入"), rows=3)

    def prepare(self) -> None:
        lines = counting.left_out_lines(self.page.case)
        names = units.names_of({line.unit_id for line in lines if line.unit_id})
        rows = [
            (
                str(line.exclusion_id),
                gettext("%(what)s：%(why)s")
                % {
                    "what": counted_words(line, names),
                    "why": terms.label("exclusion_reasons", line.reason_code),
                },
            )
            for line in lines
        ]
        self.offer("exclusion_id", rows)
        if len(rows) == 1:
            self.initial.setdefault("exclusion_id", rows[0][0])

    def do(self) -> Step | None:
        cleaned = self.cleaned_data
        return actions.include(
            **self.to, exclusion_id=int(cleaned["exclusion_id"]), words=cleaned["words"]
        )
