"""The texts of SMS and messages, a stage each: read with an example and their length, changed as limits are."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from gezhi.faces.desk.setup.changing import (
    ChangeForm,
    Line,
    Page,
    Plan,
    change,
    row_of,
    running_pack,
)
from gezhi.faces.shell.access import staff_only
from gezhi.ground.codes import history, queries
from gezhi.ground.codes.queries import TermRow
from gezhi.ground.notices import texts
from gezhi.ground.notices.quiet import quiet_hours
from gezhi.kernel.digits import case_number, report_number
from gezhi.kernel.errors import Unseen
from gezhi.kernel.rights import Right

DICTIONARY = "message_texts"
# Numbers that nobody has, as long as those that are sent.
_EXAMPLES = {
    "reporter": report_number("2612310000123"),
    "staff": case_number("510104202612310000123"),
}


@dataclass(frozen=True, slots=True)
class TextLine:
    """The text of a stage as it is sent, in one language, and its length in words."""

    text: str
    length: str
    parts: int


@dataclass(frozen=True, slots=True)
class StageTexts:
    """A stage with its texts; without English the Chinese one goes out."""

    code: str
    name: str
    chinese: TextLine
    english: TextLine | None


class TextForm(ChangeForm):
    """The text of a stage in both languages."""

    text = forms.CharField(
        label=gettext_lazy("中文"),
        max_length=texts.MOST_SIGNS,
        help_text=gettext_lazy(
            "编号写成 {编号}；别的都不能写，短信会被旁人看到。一条 70 个字，长的每条 67 个。"
        ),
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    text_en = forms.CharField(
        label=gettext_lazy("英文"),
        max_length=texts.MOST_SIGNS,
        required=False,
        help_text=gettext_lazy("给用英文反映的人；空着就发中文。"),
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, data: Any = None, *, row: TermRow, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        for name in ("text", "text_en"):
            self.fields[name].initial = texts.in_words(row.data.get(name, ""))


@require_GET
@staff_only(Right.SET_UP)
def messages(request: HttpRequest) -> HttpResponse:
    """Every stage with what is sent, by whom it is received."""
    rows = queries.terms(DICTIONARY)
    hours = quiet_hours()
    context = {
        "groups": [
            (_("发给反映人"), [_shown(row) for row in rows if _receiver(row) == "reporter"]),
            (_("发给工作人员"), [_shown(row) for row in rows if _receiver(row) == "staff"]),
        ],
        "waiting": history.waiting("messages"),
        "begins": hours.begins,
        "ends": hours.ends,
        "may_change": True,
    }
    return render(request, "desk/setup/messages.html", context)


@require_http_methods(["GET", "POST"])
@staff_only(Right.SET_UP)
def message_change(request: HttpRequest, message_code: str) -> HttpResponse:
    """Change the texts of one stage; Unseen for a stage the packs do not know."""
    row = queries.term(DICTIONARY, message_code)
    if row is None:
        raise Unseen("")
    form = TextForm(request.POST or None, row=row, pack_id=running_pack(DICTIONARY))

    def plan() -> Plan:
        new = texts.text_row(row_of(row), form.cleaned_data["text"], form.cleaned_data["text_en"])
        words = (("text", _("中文")), ("text_en", _("英文")))
        lines = [
            Line(f"{row.label}（{name}）", _said(row, row.data.get(key)), _said(row, new.data[key]))
            for key, name in words
            if new.data[key] != row.data.get(key, "")
        ]
        return Plan([new] if lines else [], lines)

    page = Page(
        dictionary=DICTIONARY,
        template="desk/setup/message_change.html",
        context={"now": _shown(row)},
        title=_("改“%(stage)s”的短信") % {"stage": row.label},
        note=_("从启用起发出去的都用新的文字；发过的不变。"),
        back_url=reverse("desk:setup:messages"),
        menu="desk:setup:messages",
    )
    return change(request, page, form, plan)


def said(text: object, receiver: str) -> str:
    """A text with its example and its length, in words; "—" for none."""
    plain = str(text or "")
    if not plain:
        return "—"
    line = _line(plain, receiver)
    return f"{line.text}（{line.length}）"


def _said(row: TermRow, text: object) -> str:
    return said(text, _receiver(row))


def _shown(row: TermRow) -> StageTexts:
    receiver = _receiver(row)
    english = str(row.data.get("text_en", ""))
    return StageTexts(
        code=row.code,
        name=row.label,
        chinese=_line(str(row.data.get("text", "")), receiver),
        english=_line(english, receiver) if english else None,
    )


def _receiver(row: TermRow) -> str:
    return "staff" if row.data.get("receiver") == "staff" else "reporter"


def _line(text: str, receiver: str) -> TextLine:
    sent = texts.filled(text, _EXAMPLES[receiver])
    length = texts.length_of(sent)
    words = _("%(signs)d 个字，%(parts)d 条") % {"signs": length.signs, "parts": length.parts}
    return TextLine(sent, words, length.parts)
