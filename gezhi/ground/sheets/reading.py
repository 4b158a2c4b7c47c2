"""A workbook somebody sent, as rows of texts; parsed in a child that may not use much."""

import codecs
import csv
import io
import json
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from django.utils.translation import gettext as _

from gezhi.ground.sheets.heads import Range
from gezhi.kernel import confined, words
from gezhi.kernel.errors import Invalid

_PROGRAM = Path(__file__).with_name("reader.py")
_LONGEST_TEXT = 5000
LIMITS = confined.Limits(memory_bytes=1 << 29, cpu_seconds=10, answer_bytes=32 << 20, seconds=20)


@dataclass(frozen=True, slots=True)
class Read:
    """Rows of texts, all of one length, whether there are more below them, and which ranges of the
    sheet were merged."""

    rows: list[list[str]]
    more: bool
    merged: tuple[Range, ...] = ()


def read(content: bytes, *, most_rows: int, most_columns: int = 64, field: str = "file") -> Read:
    """The first rows of the first sheet, cells as they look, from xlsx, xls or ods; or of a CSV in
    UTF-8 or GB 18030, as WPS and Excel write it, or in UTF-16 with its mark, as "Unicode text" is.

    Refuses (Invalid, on the field) what is no workbook, has a password, or needs more than 512 MB
    or 10 s to be read, whatever its size on disk. Columns past `most_columns` are left out.
    """
    if (rows := _csv(content, most_rows + 1, most_columns)) is not None:
        return Read(rows[:most_rows], len(rows) > most_rows)
    answer = confined.run(
        _PROGRAM, content, limits=LIMITS, arguments=[str(most_rows), str(most_columns)]
    )
    if answer is None:
        # It died of its limits: far-off cells, or an archive that unpacks without end.
        raise _refusal("too_large", field)
    try:
        told = json.loads(answer)
    except ValueError:
        raise _refusal("unreadable", field) from None
    if "refused" in told:
        raise _refusal(told["refused"], field)
    rows = [[str(cell) for cell in row] for row in told["rows"]]
    merged = tuple((a, b, c, d) for a, b, c, d in told.get("merged", ()))
    return Read(rows, bool(told["more"]), merged)


def _csv(content: bytes, most_rows: int, most_columns: int) -> list[list[str]] | None:
    """The rows of a text with commas, semicolons or tabs; None for what is no such text."""
    is_wide = content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    if content.startswith((b"PK", b"\xd0\xcf\x11\xe0")) or (b"\x00" in content and not is_wide):
        return None
    for encoding in ("utf-16",) if is_wide else ("utf-8-sig", "gb18030"):
        try:
            text = content.decode(encoding)
            break
        except UnicodeDecodeError:
            continue
    else:
        return None
    first = text.lstrip().split("\n", 1)[0]
    mark = max(",;\t", key=first.count)
    if not first.count(mark):
        return None
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=mark)
    try:
        rows = [
            [words.shown(cell).strip()[:_LONGEST_TEXT] for cell in row[:most_columns]]
            for row in islice(reader, most_rows)
        ]
    except csv.Error:
        return None
    width = max((len(row) for row in rows), default=0)
    return [[*row, *([""] * (width - len(row)))] for row in rows]


def _refusal(reason: str, field: str) -> Invalid:
    known = {
        "password": _("这个文件有密码，请去掉密码另存后再上传"),
        "too_large": _(
            "这张表太大，读不了：可能很远的地方也有格子。请把要用的行和列复制到一张新表，另存为 xlsx 再上传"
        ),
    }
    return Invalid(
        known.get(reason) or _("打不开这个文件，请用模板另存为 xlsx 再上传"),
        code=f"sheet_{reason}",
        field=field,
    )
