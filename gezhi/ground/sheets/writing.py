"""Rows as a workbook that a clerk can open, filter and print; nothing in it runs."""

import tempfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import IO, Any

import xlsxwriter

from gezhi.ground.sheets.formulas import begins_formula
from gezhi.ground.sheets.marks import Mark
from gezhi.kernel import clock

Cell = str | int | float | date | datetime | None
MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
# What one sheet of xlsx can hold, the heading apart.
MOST_ROWS = 1_048_575
_LONGEST = 32_000  # a cell holds 32,767 signs
_NARROW, _WIDE = 6, 48
# Widths are looked for in the first rows only: a wide cell far below must not be waited for.
_MEASURED = 200
# Beyond these digits a spreadsheet writes 1.38E+10 when a cell is edited as a number.
_NUMBER_DIGITS = 10
# A header or footer holds 255 signs; the rest of it is what lays it out.
_LONGEST_FOOT = 180


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its heading, its width in half signs where the first rows do not tell, and whether
    a name, a phone or an address of somebody stands in it."""

    title: str
    width: int = 0
    personal: bool = False


def workbook(
    name: str,
    columns: Sequence[Column],
    rows: Iterable[Sequence[Cell]],
    *,
    mark: Mark | None = None,
) -> IO[bytes]:
    """An xlsx file, open at its beginning; the caller closes it and it is gone.

    `name` stands on the sheet's tab. Text is always text; a date or moment is a real one, moments
    on the wall clock of China; None is an empty cell. Rows are taken one at a time and written to
    disk, so that 100,000 of them cost no more memory than ten. `mark` stands in the properties, on
    every printed page and below the last row. Refuses (ValueError) more rows than a sheet holds, and
    a personal column without a mark.
    """
    if mark is None and any(column.personal for column in columns):
        raise ValueError("a sheet that tells of people bears a mark")
    held = tempfile.TemporaryFile()  # noqa: SIM115 - the caller reads and closes it
    try:
        _write(held, name, columns, rows, mark)
    except BaseException:
        held.close()
        raise
    held.seek(0)
    return held


def _write(
    held: IO[bytes],
    name: str,
    columns: Sequence[Column],
    rows: Iterable[Sequence[Cell]],
    mark: Mark | None,
) -> None:
    options = {
        "constant_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    with xlsxwriter.Workbook(held, options) as book:
        book.set_properties(_properties(mark))
        sheet = book.add_worksheet(tab_name(name))
        sheet.freeze_panes(1, 0)
        widths = [max(_NARROW, _width(column.title) + 4) for column in columns]
        styles = _Styles(book)
        for place, column in enumerate(columns):
            sheet.write_string(0, place, plain(column.title), styles.heading)
        last = 0
        for last, row in enumerate(rows, start=1):
            if last > MOST_ROWS:
                raise ValueError("a sheet holds no more rows")
            for place, value in enumerate(row):
                _put(sheet, last, place, value, styles)
                if last <= _MEASURED:
                    widths[place] = max(widths[place], _width(_shown(value)) + 2)
        for place, column in enumerate(columns):
            sheet.set_column(place, place, column.width or min(_WIDE, widths[place]))
        sheet.autofilter(0, 0, last, len(columns) - 1)
        sheet.repeat_rows(0)
        sheet.set_landscape()
        sheet.set_paper(9)  # A4
        sheet.fit_to_pages(1, 0)
        _sign(book, sheet, last, mark)


def _properties(mark: Mark | None) -> dict[str, object]:
    made: dict[str, object] = {"created": clock.local(clock.now()).replace(tzinfo=None)}
    if mark is None:
        return made
    return made | {
        "author": plain(mark.who),
        "comments": plain(mark.words),
        "keywords": mark.serial,
    }


def _sign(book: Any, sheet: Any, last: int, mark: Mark | None) -> None:
    """Number the printed pages; put the mark below the rows, outside of their filter, and on paper."""
    pages = "&R&8 &P / &N"
    if mark is None:
        sheet.set_footer(pages)
        return
    on_paper = plain(mark.words)[:_LONGEST_FOOT].replace("&", "&&")
    sheet.set_header(f"&R&8 {mark.serial}")
    sheet.set_footer(f"&L&8 {on_paper}{pages}")
    book.set_custom_property("serial", mark.serial)
    if last + 2 <= MOST_ROWS:
        sheet.write_string(last + 2, 0, plain(mark.words), book.add_format({"italic": True}))


class _Styles:
    """How cells look; made once a book."""

    def __init__(self, book: Any) -> None:
        top = {"valign": "top"}
        self.heading = book.add_format({"bold": True, "bottom": 1, "bg_color": "#EEF1F4"})
        self.words = book.add_format({**top, "text_wrap": True})
        self.digits = book.add_format({**top, "num_format": "@"})
        self.quoted = book.add_format({**top, "text_wrap": True, "quote_prefix": True})
        self.number = book.add_format(top)
        self.day = book.add_format({**top, "num_format": "yyyy-mm-dd", "align": "left"})
        self.moment = book.add_format({**top, "num_format": "yyyy-mm-dd hh:mm", "align": "left"})


def _put(sheet: Any, row: int, place: int, value: Cell, styles: _Styles) -> None:
    if value is None or value == "":
        return
    if isinstance(value, datetime):
        wall = clock.local(value).replace(tzinfo=None, second=0, microsecond=0)
        sheet.write_datetime(row, place, wall, styles.moment)
    elif isinstance(value, date):
        sheet.write_datetime(row, place, value, styles.day)
    elif isinstance(value, int | float):
        if abs(value) >= 10**_NUMBER_DIGITS:
            sheet.write_string(row, place, str(value), styles.digits)
        else:
            sheet.write_number(row, place, value, styles.number)
    else:
        text = plain(value)
        sheet.write_string(row, place, text, _style_of(text, styles))


def _style_of(text: str, styles: _Styles) -> Any:
    if text.isascii() and text.isdigit():
        return styles.digits
    return styles.quoted if begins_formula(text) else styles.words


def plain(text: str) -> str:
    """The text as a cell can hold it: whole signs only, cut with "…" where a cell ends."""
    whole = text.encode("utf-8", "replace").decode()
    return whole if len(whole) <= _LONGEST else whole[: _LONGEST - 1] + "…"


def tab_name(name: str) -> str:
    """The name as a tab may bear it: 31 signs, without the seven that Excel refuses."""
    kept = "".join(sign for sign in name if sign not in "[]:*?/\\").strip("' ")
    return kept[:31] or "Sheet1"


def _shown(value: Cell) -> str:
    if isinstance(value, datetime):
        return "2026-11-22 10:00"
    if isinstance(value, date):
        return "2026-11-22"
    return "" if value is None else str(value)


def _width(text: str) -> int:
    """Half signs: a Chinese sign is as wide as two letters; the longest line counts."""
    return max(sum(1 + (ord(sign) > 0x2E7F) for sign in line) for line in text[:200].split("\n"))
