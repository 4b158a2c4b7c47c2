"""What is decided about a reported case: ask, answer the question, accept, reject, merge, answer."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from gezhi.faces.desk import words
from gezhi.faces.desk.advice_words import choices, facts, offered
from gezhi.faces.desk.deeds import classes
from gezhi.faces.desk.deeds.classes import ClassRow
from gezhi.faces.desk.deeds.form import DeedForm, WordsField
from gezhi.faces.desk.rows import Line, lines
from gezhi.faces.shell.forms import PhotosField
from gezhi.faces.shell.parts import Fact
from gezhi.ground.codes import queries as codes
from gezhi.ground.codes.queries import TermRow
from gezhi.work.cases import actions
from gezhi.work.cases.models import Step
from gezhi.work.cases.queries import desk
from gezhi.work.cases.rules import Deed
from gezhi.work.triage.queries import AdviceView, CaseAdvice, advice_for_case, similar_cases


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


class ClassForm(DeedForm):
    """A deed that settles the class: found by words, chosen from the rows of the packs."""

    class_words = forms.CharField(label=_("事项类别"), required=False, max_length=40)
    class_code = forms.CharField(required=False, max_length=40, widget=forms.HiddenInput)

    def suggested(self) -> dict[str, Any]:
        return {"class_code": self.page.case.class_code}

    @cached_property
    def chosen_class(self) -> ClassRow | None:
        """The class that is chosen now, as a row."""
        return classes.by_code(self.typed("class_code"), **self._reckoned)

    @cached_property
    def found_classes(self) -> Sequence[ClassRow]:
        """What the typed words find, the chosen one left out."""
        chosen = self.chosen_class
        rows = classes.find(self.typed("class_words"), **self._reckoned)
        return [row for row in rows if chosen is None or row.code != chosen.code]

    @property
    def _reckoned(self) -> dict[str, Any]:
        urgency = self.typed("urgency") if "urgency" in self.fields else ""
        return {
            "unit": self.page.case.holder,
            "urgency": urgency or self.page.case.urgency or "ordinary",
        }

    def clean(self) -> dict[str, Any]:
        """One class: the chosen one, or the only one the words find."""
        cleaned = super().clean() or self.cleaned_data
        code = cleaned.get("class_code") or ""
        typed = cleaned.get("class_words") or ""
        if not code and typed:
            found = classes.find(typed)
            exact = [row for row in found if typed in (row.code, row.name)]
            if len(exact or found) == 1:
                code = (exact or found)[0].code
        cleaned["class_code"] = code
        if not code and self.needs_class:
            message = (
                gettext("有几个类别都像，请点选一个")
                if typed and self.found_classes
                else gettext("没有找到这个类别，换个词再找")
                if typed
                else gettext("请选一个最接近的类别")
            )
            self.add_error("class_words", message)
        return cleaned

    needs_class = True

    def mine(self) -> list[tuple[str, str]]:
        chosen = self.chosen_class
        rows = [row for row in super().mine() if row[0] != str(self.fields["class_words"].label)]
        return [(gettext("事项类别"), chosen.name), *rows] if chosen else rows


class AcceptForm(ClassForm):
    """受理立案: class, kind, urgency, and what neighbors may read."""

    deed = Deed.ACCEPT
    title = _("受理立案")
    label = _("受理")
    letter = "a"
    done = _("已受理，等待派单")
    template = "desk/deeds/_accept.html"

    kind = forms.ChoiceField(label=_("诉求类型"), required=False, widget=forms.RadioSelect)
    urgency = forms.ChoiceField(label=_("急不急"), required=False, widget=forms.RadioSelect)
    scale = forms.ChoiceField(label=_("规模"), required=False)
    public_summary = forms.CharField(
        label=_("公开摘要"),
        required=False,
        max_length=60,
        help_text=_(
            "邻居问“是不是同一件事”时只看到这句。不写姓名、电话、门牌号；空着就不公开。最多 60 个字。"
        ),
    )
    words = WordsField(label=_("内部备注"), required=False, rows=2)

    @cached_property
    def advised(self) -> CaseAdvice:
        """What triage advises; empty where it has not come yet."""
        return advice_for_case(self.viewer, self.page.case)

    @property
    def advised_facts(self) -> list[Fact]:
        """The same in words, for above the form."""
        case, advised = self.page.case, self.advised
        rows = (
            (gettext("类别"), advised.of_class, case.class_code),
            (gettext("诉求类型"), advised.of_kind, case.kind),
        )
        return facts(rows)

    @property
    def is_chosen(self) -> bool:
        """Whether advice stands chosen in the form now."""
        return any(offered(view) for view in (self.advised.of_class, self.advised.of_kind))

    def suggested(self) -> dict[str, Any]:
        case, advised = self.page.case, self.advised
        class_code = case.class_code or _offered_code(advised.of_class)
        if not case.class_code and classes.by_code(class_code) is None:
            class_code = ""
        name = words.label("matters", class_code) if class_code else ""
        return {
            "class_code": class_code,
            "kind": case.kind or _offered_code(advised.of_kind),
            "urgency": case.urgency or "ordinary",
            "scale": case.scale,
            "public_summary": case.public_summary or self.summary_of(name),
        }

    @cached_property
    def chosen_class(self) -> ClassRow | None:
        """The class that is chosen now, marked where it is the advised one."""
        row = super().chosen_class
        return self._marked(row) if row else None

    @cached_property
    def found_classes(self) -> Sequence[ClassRow]:
        """What the typed words find; before anything is typed what triage holds likeliest."""
        if self.typed("class_words"):
            return [self._marked(row) for row in super().found_classes]
        chosen = self.typed("class_code")
        likely = [code for code in choices(self.advised.of_class) if code != chosen]
        rows = [classes.by_code(code, **self._reckoned) for code in likely]
        return [self._marked(row) for row in rows if row is not None]

    def _marked(self, row: ClassRow) -> ClassRow:
        return replace(row, mark=choices(self.advised.of_class).get(row.code, ""))

    def summary_of(self, class_name: str) -> str:
        """A summary that gives nobody away: the class and the compound or community."""
        row = self.page.row
        where = row.community_name
        return f"{where} {class_name}".strip() if class_name else ""

    def prepare(self) -> None:
        for name, dictionary in (("kind", "request_kinds"), ("urgency", "urgency")):
            self.fields[name].choices = words.choices(dictionary)  # type: ignore[attr-defined]
        unknown = [("", gettext("不分"))]
        self.fields["scale"].choices = unknown + words.choices("scale")  # type: ignore[attr-defined]

    def do(self, *, key: str, version: int | None) -> Step | None:
        cleaned = self.cleaned_data
        return actions.accept(
            number=self.number,
            by=self.viewer,
            key=key,
            version=version,
            class_code=cleaned["class_code"],
            kind=cleaned["kind"],
            urgency=cleaned["urgency"],
            scale=cleaned["scale"],
            public_summary=cleaned["public_summary"],
            words=cleaned["words"],
        )


def _offered_code(view: AdviceView | None) -> str:
    return view.code if view is not None and offered(view) else ""


class RejectForm(DeedForm):
    """不予受理: ended, with words the reporter reads."""

    deed = Deed.REJECT
    title = _("不予受理这件事？")
    label = _("不予受理")
    letter = "x"
    done = _("已答复反映人：不予受理")
    lead = _("反映人会收到您写的解释，这件事就此结束；他可以再反映一次。")
    danger = True
    template = "desk/deeds/_reject.html"
    answers_for = "reject"

    reason_code = forms.ChoiceField(label=_("理由"), widget=forms.RadioSelect)
    words = WordsField(label=_("给反映人的解释"), rows=4)

    @property
    def reasons(self) -> Sequence[TermRow]:
        """The reasons with what is told to the reporter for each."""
        return codes.terms("reject_reasons")

    def prepare(self) -> None:
        self.fields["reason_code"].choices = words.choices("reject_reasons")  # type: ignore[attr-defined]

    def do(self, *, key: str, version: int | None) -> Step | None:
        return actions.reject(
            number=self.number,
            by=self.viewer,
            key=key,
            version=version,
            reason_code=self.cleaned_data["reason_code"],
            words=self.cleaned_data["words"],
        )


@dataclass(frozen=True, slots=True)
class AlikeLine:
    """A case to merge into, with how like it is where that was reckoned."""

    line: Line
    mark: str


_LIKELY_SHOWN = 3


class MergeForm(DeedForm):
    """合并: the reports go to another case, each keeps its receipt and clock."""

    deed = Deed.MERGE
    title = _("并入另一件事")
    label = _("合并")
    send = _("并入这一件")
    letter = "m"
    done = _("已并入，反映人的受理号照旧能查")
    lead = _("这一件到此为止，它的反映人跟到另一件上；每个人的受理号和答复时限都不变。")
    template = "desk/deeds/_merge.html"

    chosen = forms.CharField(required=False, max_length=30)
    typed_number = forms.CharField(
        label=_("或者写案件号"),
        required=False,
        max_length=30,
        help_text=_("21 位数字，空格不要紧。"),
    )
    words = WordsField(label=_("备注"), required=False, rows=2)

    @cached_property
    def alike(self) -> list[AlikeLine]:
        """Open cases it may be the same as: the one chosen, the likeliest, then what lies near."""
        case = self.page.case
        likely = [one for one in similar_cases(self.viewer, case) if one.is_open][:_LIKELY_SHOWN]
        marks = {one.number: f"{gettext('像')} {one.percent}%" for one in likely}
        numbers = list(dict.fromkeys([self.typed("chosen"), *marks]))
        rows = desk.by_numbers(self.viewer, numbers) if any(numbers) else []
        known = {row.number for row in rows} | {case.number}
        rows += [row for row in desk.near(self.viewer, case) if row.number not in known]
        return [
            AlikeLine(line, marks.get(line.row.number, ""))
            for line in lines(rows)
            if line.row.number != case.number
        ]

    def clean(self) -> dict[str, Any]:
        """One target, typed or chosen; what is typed goes first."""
        cleaned = super().clean() or self.cleaned_data
        typed = "".join((cleaned.get("typed_number") or "").split())
        cleaned["into"] = typed or cleaned.get("chosen") or ""
        if not cleaned["into"]:
            self.add_error(None, gettext("请选一件，或写案件号"))
        return cleaned

    def do(self, *, key: str, version: int | None) -> Step | None:
        return actions.merge(
            number=self.number,
            into=self.cleaned_data["into"],
            by=self.viewer,
            key=key,
            version=version,
            words=self.cleaned_data["words"],
        )


class AnswerForm(ClassForm):
    """直接答复 of a question at the desk."""

    deed = Deed.ANSWER
    title = _("直接答复并办结")
    label = _("直接答复")
    send = _("答复并办结")
    letter = "r"
    done = _("已答复，反映人可以看到")
    lead = _("只用于咨询。您写的就是反映人看到的，答复后这件事办结。")
    template = "desk/deeds/_answer.html"
    answers_for = "answer"
    needs_class = False

    words = WordsField(label=_("答复内容"), rows=6)

    def do(self, *, key: str, version: int | None) -> Step | None:
        return actions.answer(
            number=self.number,
            by=self.viewer,
            key=key,
            version=version,
            words=self.cleaned_data["words"],
            class_code=self.cleaned_data["class_code"],
        )


class SummarizeForm(DeedForm):
    """公开摘要: what neighbors may read of it."""

    deed = Deed.SUMMARIZE
    title = _("写公开摘要")
    label = _("公开摘要")
    send = _("存下")
    letter = "s"
    done = _("公开摘要已存")
    lead = _("邻居问“是不是同一件事”时只看到这句。不写姓名、电话、门牌号。")

    public_summary = forms.CharField(
        label=_("公开摘要"), max_length=60, help_text=_("最多 60 个字。")
    )

    def suggested(self) -> dict[str, Any]:
        return {"public_summary": self.page.case.public_summary}

    def do(self, *, key: str, version: int | None) -> Step | None:
        return actions.summarize(
            number=self.number,
            by=self.viewer,
            key=key,
            version=version,
            public_summary=self.cleaned_data["public_summary"],
        )
