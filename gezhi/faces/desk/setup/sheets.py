"""Rows brought in by a sheet: its form, what is read of it, looked at, then in; bad rows back in red."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any, Generic, Protocol, TypeVar

from django import forms
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gezhi.faces.desk.setup.forms import SetupForm
from gezhi.faces.shell.downloads import workbook_file
from gezhi.faces.shell.middleware import viewer_in
from gezhi.ground.sheets import tables
from gezhi.ground.sheets.tables import Field
from gezhi.kernel.errors import Invalid, Refusal

_AN_HOUR = 3600
Row = TypeVar("Row")


class Checked(Protocol):
    """A line with what is wrong in it, as the owner of the rows answers."""

    @property
    def row(self) -> Any:
        """The row as it was read."""

    @property
    def problems(self) -> Mapping[str, str]:
        """What is wrong, by the name of the cell."""

    @property
    def is_good(self) -> bool:
        """Whether it can go in, or stands already."""

    @property
    def is_done(self) -> bool:
        """Whether it stands already as it is."""


class UploadForm(SetupForm):
    """The filled sheet."""

    file = forms.FileField(
        label=gettext_lazy("填好的表"),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.xls,.ods,.csv"}),
    )

    def __init__(self, *args: Any, hint: str | Promise, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["file"].help_text = str(hint)


@dataclass(frozen=True, slots=True)
class FilledSheet(Generic[Row]):
    """A list an office fills in: its name on the tab, its columns, its rows and its two pages."""

    title: str | Promise
    fields: tuple[Field, ...]
    row: type[Row]
    # Rows, `viewer` and the `numbers` of their lines: looked at in order, nothing is changed.
    check: Callable[..., Sequence[Checked]]
    most_rows: int
    salt: str
    upload_page: str
    preview_page: str
    hint: str | Promise

    def form(self, *args: Any) -> UploadForm:
        """The form of the upload."""
        return UploadForm(*args, hint=self.hint)

    def template(self, offered: Mapping[str, Sequence[str]], instructions: Sequence[str]) -> bytes:
        """An empty workbook with boxes to choose from what is offered, and how to fill it."""
        fields = [
            replace(field, choices=tuple(offered.get(field.name, ()))) for field in self.fields
        ]
        return tables.form(str(self.title), fields, instructions, most_rows=self.most_rows)

    def read(self, content: bytes) -> tuple[list[Row], list[int]]:
        """The rows of a filled workbook or CSV, texts as shown, with their numbers in the sheet.

        Refuses (Invalid) what `tables.rows_in` does.
        """
        rows = tables.rows_in(content, self.fields, most_rows=self.most_rows)
        return [self.row(**row.cells) for row in rows], [row.number for row in rows]

    def packed(self, lines: Sequence[Checked]) -> str:
        """Rows on their way through the browser: signed, so that what was looked at goes in."""
        rows = [list(asdict(line.row).values()) for line in lines]
        return signing.dumps(rows, salt=self.salt, compress=True) if rows else ""

    def unpacked(self, request: HttpRequest) -> list[Row]:
        """The rows that were looked at; refuses (Invalid) others, and these after an hour."""
        text = request.POST.get("rows", "")
        try:
            rows = signing.loads(text, salt=self.salt, max_age=_AN_HOUR)
        except signing.BadSignature as error:
            raise Invalid(_("这一页放得太久了，请重新上传一次")) from error
        return [self.row(*cells) for cells in rows]

    def uploaded(self, request: HttpRequest) -> HttpResponse:
        """The page of the upload; what a sheet would bring is shown, nothing is changed yet."""
        form = self.form(request.POST or None, request.FILES or None)
        if request.method == "POST" and form.is_valid():
            try:
                rows, numbers = self.read(form.cleaned_data["file"].read())
                checked = self.check(rows, viewer=viewer_in(request), numbers=numbers)
            except Refusal as refusal:
                form.refuse(refusal)
            else:
                return render(request, self.preview_page, self._looked_at(checked))
        return render(request, self.upload_page, {"form": form}, status=form.status)

    def refused(self, request: HttpRequest, refusal: Refusal) -> HttpResponse:
        """The page of the upload once more, with why nothing came of the rows."""
        context = {"form": self.form(), "refusal": str(refusal.message)}
        return render(request, self.upload_page, context, status=refusal.status)

    def bad_rows(self, request: HttpRequest, name: str) -> HttpResponse:
        """The rows with problems as a workbook like the one that came: cells red, reasons last."""
        try:
            checked = self.check(self.unpacked(request), viewer=viewer_in(request))
        except Invalid as refusal:
            return self.refused(request, refusal)
        rows = [(asdict(line.row), line.problems) for line in checked]
        return workbook_file(tables.returned(str(self.title), self.fields, rows), name)

    def _looked_at(self, checked: Sequence[Checked]) -> dict[str, Any]:
        good = [line for line in checked if line.is_good and not line.is_done]
        bad = [line for line in checked if not line.is_good]
        titles = {field.name: field.title for field in self.fields}
        return {
            "good": good,
            "bad": [
                (line, [f"{titles[cell]}：{why}" for cell, why in line.problems.items()])
                for line in bad
            ],
            "done": sum(line.is_done for line in checked),
            "good_rows": self.packed(good),
            "bad_rows": self.packed(bad),
        }
