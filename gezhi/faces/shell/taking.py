"""Lists taken along as sheets: what for is asked where people stand in them, and the taking recorded.

One contract for every list of the desk: a room says its columns and rows (`Leaving`), and `leave`
answers. A column that lets a name, a phone or an address out is marked `personal`; a list without
one leaves at once.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from django import forms
from django.http import HttpRequest, HttpResponseNotAllowed
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gezhi.faces.shell import downloads
from gezhi.faces.shell.page_form import PageForm
from gezhi.ground.audit import actions as audit
from gezhi.ground.sheets.marks import LONGEST_PURPOSE, Mark, mark_for, purpose_code, serial_of
from gezhi.ground.sheets.writing import Cell, Column
from gezhi.kernel import words
from gezhi.kernel.viewer import Viewer

Rows = Iterable[Sequence[Cell]]


class PurposeForm(PageForm):
    """What names, phones or addresses of people are taken along for."""

    purpose = forms.CharField(
        label=gettext_lazy("拿去做什么用"),
        max_length=LONGEST_PURPOSE,
        help_text=gettext_lazy("比如“周例会核对”。用途和您的姓名印在表上，也记进留痕。"),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )

    def clean_purpose(self) -> str:
        """What can be read of it; signs that show nothing say nothing."""
        said = words.line(self.cleaned_data["purpose"], field="purpose")
        if not said:
            raise forms.ValidationError(self.fields["purpose"].error_messages["required"])
        return said


@dataclass(frozen=True, slots=True)
class Leaving:
    """A list on its way out. `rows` is called once it is known that it leaves, and read one by one;
    where there are more than `at_once`, `longer` answers instead with the purpose said."""

    name: str
    columns: Sequence[Column]
    rows: Callable[[], Rows]
    verb: str
    back_url: str
    detail: Mapping[str, object] = field(default_factory=dict)
    advice: str = ""
    """How the list can leave without a purpose, where it can."""
    at_once: int = 0
    longer: Callable[[str], HttpResponseBase] | None = None


def leave(request: HttpRequest, viewer: Viewer, leaving: Leaving) -> HttpResponseBase:
    """The sheet; where people stand in it the page that asks what for (GET), then the sheet (POST)."""
    asked = purpose_asked(
        request,
        leaving.columns,
        title=_("导出%(list)s") % {"list": leaving.name},
        deed=_("导出"),
        back_url=leaving.back_url,
        advice=leaving.advice,
    )
    if not isinstance(asked, str):
        return asked
    mark = mark_for(viewer, asked) if asked else None
    longer = leaving.longer
    counted = _Counted(leaving.rows(), leaving.at_once if longer else 0)
    try:
        response = downloads.sheet(leaving.name, leaving.columns, counted, mark=mark)
    except _TooLong:
        if longer is None:
            raise
        return longer(asked)
    taken_along(viewer, leaving.verb, mark=mark, detail={**leaving.detail, "rows": counted.number})
    return response


def purpose_asked(
    request: HttpRequest,
    columns: Sequence[Column],
    *,
    title: str,
    deed: str,
    back_url: str,
    advice: str = "",
) -> str | HttpResponseBase:
    """What the columns are let out for: "" where none tells of anybody, else what was sent; before
    that the page that asks."""
    personal = [column.title for column in columns if column.personal]
    if not personal:
        return "" if request.method == "GET" else HttpResponseNotAllowed(["GET"])
    form = PurposeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        return str(form.cleaned_data["purpose"])
    told = _("表里有%(columns)s，看得出是谁、在哪儿，要写明用途。")
    context = {
        "title": title,
        "text": told % {"columns": "".join(f"“{title}”" for title in personal)} + advice,
        "form": form,
        "deed": deed,
        "back_url": back_url,
    }
    return render(request, "shell/confirm.html", context, status=form.status)


def taken_along(
    viewer: Viewer, verb: str, *, mark: Mark | None, detail: Mapping[str, object]
) -> None:
    """Record a taking under the viewer's first seat: which list, how many rows, what for."""
    seat = viewer.seats[0]
    audit.record(
        by=viewer,
        verb=verb,
        subject_kind="unit",
        subject_id=seat.unit_id,
        detail={**detail, **serial_of(mark)},
        purpose=purpose_code(mark),
        post_id=seat.post_id,
        unit_id=seat.unit_id,
    )


class _TooLong(Exception):
    """More rows than are waited for."""


class _Counted:
    """Rows with their number once they have been read; `most` of them, where it is set."""

    def __init__(self, rows: Rows, most: int) -> None:
        self._rows, self._most, self.number = rows, most, 0

    def __iter__(self) -> Iterator[Sequence[Cell]]:
        for row in self._rows:
            self.number += 1
            if self._most and self.number > self._most:
                raise _TooLong
            yield row
