"""A table an office fills: its empty form, a filled one found by its headings, bad rows given back.

Whoever owns the rows says which fields there are and what is wrong in them; this is the sheet.
"""

import io
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import xlsxwriter
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from gezhi.ground.sheets import reading
from gezhi.ground.sheets.reading import Read
from gezhi.kernel.errors import Invalid

# A title and a remark may stand above the headings.
_HEADING_ROWS = 5
_LONGEST = 1000
# Empty rows between those that are filled are no fault.
_SOME_EMPTY = 500
MOST_BYTES = 5_000_000
MOST_CHOICES = 2000


@dataclass(frozen=True, slots=True)
class Field:
    """One column: its name, its heading, what else people call it, what may be chosen in it."""

    name: str
    title: str | Promise
    aliases: tuple[str, ...] = ()
    needed: bool = False
    width: int = 16
    choices: tuple[str, ...] = ()

    @property
    def heading(self) -> str:
        """As it stands in the form: a star where it must be filled."""
        return f"{self.title}{'*' if self.needed else ''}"


@dataclass(frozen=True, slots=True)
class Filled:
    """One row: its number in the sheet, its texts by field name."""

    number: int
    cells: Mapping[str, str]


def rows_in(content: bytes, fields: Sequence[Field], *, most_rows: int) -> list[Filled]:
    """The rows of a filled workbook or CSV, texts as shown, columns found by their headings.

    Refuses (Invalid, `file`) what is over 5 MB, no workbook (`reading.read`), too long, empty, or
    without a needed column.
    """
    if len(content) > MOST_BYTES:
        raise Invalid(_("文件太大，最多 5 MB"), field="file")
    read = reading.read(content, most_rows=most_rows + _SOME_EMPTY)
    if read.more:
        raise Invalid(
            _("表太长：一次最多 %(most)s 行，请分成几张表") % {"most": most_rows}, field="file"
        )
    if not read.rows:
        raise Invalid(_("表是空的，请从第二行开始填写"), field="file")
    return filled(read, fields)


@contextmanager
def noting(problems: dict[str, str], cell: str) -> Iterator[None]:
    """Have a refusal (Invalid) in the block stand at this cell of the row instead."""
    try:
        yield
    except Invalid as refusal:
        problems[cell] = str(refusal.message)


def filled(read: Read, fields: Sequence[Field]) -> list[Filled]:
    """The rows under the headings, empty ones left out; headings are found in the first five rows,
    blanks and stars in them do not count. Refuses (Invalid) a table without a needed column."""
    best: tuple[int, dict[str, int]] = (0, {})
    for place, row in enumerate(read.rows[:_HEADING_ROWS]):
        places = _places(row, fields)
        if len(places) > len(best[1]):
            best = place, places
    row_of_heading, places = best
    missing = [str(field.title) for field in fields if field.needed and field.name not in places]
    if missing:
        raise Invalid(
            _("第一行缺少这些列：%(names)s。请用模板") % {"names": "、".join(missing)}, field="file"
        )
    found = []
    for number, row in enumerate(read.rows[row_of_heading + 1 :], start=row_of_heading + 2):
        cells = {name: row[place][:_LONGEST] for name, place in places.items()}
        if any(cells.values()):
            found.append(Filled(number, cells))
    return found


def _places(row: Sequence[str], fields: Sequence[Field]) -> dict[str, int]:
    named: dict[str, int] = {}
    for place, word in enumerate(row):
        named.setdefault(_bare(word), place)
    found = {}
    for field in fields:
        for word in (str(field.title), *field.aliases):
            if _bare(word) in named:
                found[field.name] = named[_bare(word)]
                break
    return found


def _bare(word: str) -> str:
    """A heading without blanks, stars and brackets: "工 号 *" is 工号."""
    plain = unicodedata.normalize("NFKC", word)
    plain = plain.split("(")[0]
    return "".join(sign for sign in plain if not sign.isspace() and sign not in "*＊:：")


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
            reasons = "；".join(
                f"{titles.get(cell, cell)}：{why}" for cell, why in problems.items()
            )
            sheet.write_string(place, len(fields), reasons)
        sheet.set_column(len(fields), len(fields), 60)
    return buffer.getvalue()


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
