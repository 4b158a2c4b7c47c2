"""A table an office fills: its empty form, and bad rows given back in red.

Whoever owns the rows says which fields there are and what is wrong in them; this is the sheet.
"""

import io
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import xlsxwriter
from django.utils.translation import gettext as _

from gezhi.ground.sheets.keeping import OwnHead
from gezhi.ground.sheets.marks import Mark
from gezhi.ground.sheets.matching import Field
from gezhi.ground.sheets.writing import tab_name
from gezhi.kernel.errors import Invalid

MOST_CHOICES = 2000


@contextmanager
def noting(problems: dict[str, str], cell: str) -> Iterator[None]:
    """Have a refusal (Invalid) in the block stand at this cell of the row instead."""
    try:
        yield
    except Invalid as refusal:
        problems[cell] = str(refusal.message)


def form(name: str, fields: Sequence[Field], notes: Sequence[str], *, most_rows: int) -> bytes:
    """The empty form with boxes to choose from, and how to fill it on a sheet of its own."""
    buffer = io.BytesIO()
    with _book(buffer) as book:
        sheet = _head(book, name, fields, [])
        told = book.add_worksheet(_("填写说明"))
        for place, line in enumerate(notes):
            told.write_string(place, 0, line)
        told.set_column(0, 0, 80)
        lists = book.add_worksheet(_("可选项"))
        for column, field in enumerate(field for field in fields if field.choices):
            lists.write_string(0, column, str(field.title))
            for place, word in enumerate(field.choices[:MOST_CHOICES], start=1):
                lists.write_string(place, column, word)
            letter, last = chr(ord("A") + column), len(field.choices[:MOST_CHOICES]) + 1
            at = list(fields).index(field)
            sheet.data_validation(
                1, at, most_rows, at,
                {
                    "validate": "list",
                    "source": f"='{lists.get_name()}'!${letter}$2:${letter}${last}",
                    "error_type": "warning",
                },
            )  # fmt: skip
        lists.set_column(0, 10, 24)
    return buffer.getvalue()


def returned(
    name: str,
    fields: Sequence[Field],
    rows: Iterable[tuple[Mapping[str, str], Mapping[str, str]]],
) -> bytes:
    """Rows with what is wrong in them by field, as a workbook like the one that came: cells red,
    the reasons at the end. It can be put right and sent again."""
    titles = {field.name: str(field.title) for field in fields}
    buffer = io.BytesIO()
    with _book(buffer) as book:
        sheet = _head(book, name, fields, [_("要改的地方")])
        plain = book.add_format({"num_format": "@"})
        red = book.add_format({"num_format": "@", "bg_color": "#F8D7DA", "border": 1})
        for place, (cells, problems) in enumerate(rows, start=1):
            for column, field in enumerate(fields):
                style = red if field.name in problems else plain
                sheet.write_string(place, column, cells.get(field.name, ""), style)
            sheet.write_string(place, len(fields), _reasons(problems, titles))
        sheet.set_column(len(fields), len(fields), 60)
    return buffer.getvalue()


@dataclass(frozen=True, slots=True)
class OwnRow:
    """A row that goes back as it came: all its cells, which of them are red, what is wrong."""

    cells: Sequence[str]
    red: Collection[int]
    problems: Mapping[str, str]


def reason_heading() -> str:
    """What the column of reasons is called in a workbook that goes back."""
    return _("退回原因")


def returned_own(
    name: str,
    fields: Sequence[Field],
    head: OwnHead,
    rows: Sequence[OwnRow],
    mark: Mark,
) -> bytes:
    """Rows with what is wrong in them in the workbook they came in: its headings with what was
    merged of them, all its columns, cells red, the reasons in a last column. It can be put right
    and sent again; it bears the mark of who took it along."""
    titles = {field.name: str(field.title) for field in fields}
    width = max((len(row) for row in head.rows), default=0)
    if width and head.rows[-1][width - 1] == reason_heading():
        width -= 1
    buffer = io.BytesIO()
    with _book(buffer) as book:
        sheet = book.add_worksheet(tab_name(name))
        bold = book.add_format({"bold": True, "bottom": 1, "valign": "vcenter"})
        plain = book.add_format({"num_format": "@", "valign": "top"})
        red = book.add_format({"num_format": "@", "bg_color": "#F8D7DA", "border": 1})
        for place, cells in enumerate(head.rows):
            for column, text in enumerate(cells[:width]):
                sheet.write_string(place, column, text, bold)
        for top, left, bottom, right in head.merged:
            if right < width:
                sheet.merge_range(top, left, bottom, right, head.rows[top][left], bold)
        sheet.write_string(len(head.rows) - 1, width, reason_heading(), bold)
        sheet.freeze_panes(len(head.rows), 0)
        for at, row in enumerate(rows, start=len(head.rows)):
            for column, text in enumerate(row.cells[:width]):
                sheet.write_string(at, column, text, red if column in row.red else plain)
            sheet.write_string(at, width, _reasons(row.problems, titles), red)
        sheet.set_column(0, width - 1, 16)
        sheet.set_column(width, width, 60)
        sheet.write_string(len(head.rows) + len(rows) + 1, 0, mark.words)
        book.set_properties({"comments": mark.words, "keywords": mark.serial})
    return buffer.getvalue()


def _reasons(problems: Mapping[str, str], titles: Mapping[str, str]) -> str:
    return "；".join(
        f"{titles[cell]}：{why}" if cell in titles else why for cell, why in problems.items()
    )


def _book(buffer: io.BytesIO) -> Any:
    return xlsxwriter.Workbook(
        buffer, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    )


def _head(book: Any, name: str, fields: Sequence[Field], more: Sequence[str]) -> Any:
    sheet = book.add_worksheet(name)
    bold = book.add_format({"bold": True, "bottom": 1})
    text = book.add_format({"num_format": "@"})
    for column, title in enumerate([*(field.heading for field in fields), *more]):
        sheet.write_string(0, column, title, bold)
    for column, field in enumerate(fields):
        # Text cells keep leading zeros of numbers that people type.
        sheet.set_column(column, column, field.width, text)
    sheet.freeze_panes(1, 0)
    return sheet
