"""The child that opens a stranger's workbook and answers with its texts.

Run by `kernel.confined`: no environment, no keys, hard limits. It reads the file from standard
input; its arguments are how many rows and columns are wanted at most. It answers with one line of
JSON: `{"rows": [[…]], "more": false, "merged": [[…]]}` (first row and column of a merged range, last
row and column), or `{"refused": reason}`. It imports nothing of Gezhi.
"""

import io
import json
import sys
import zipfile
from xml.etree import ElementTree

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, PasswordError

# What the parts of an xlsx or ods may come to when unpacked. A list of 100,000 people has a tenth.
UNPACKED_BYTES = 150_000_000
PARTS = 2000
LONGEST_TEXT = 5000
# A spreadsheet keeps fifteen digits of a number; the rest are zeros of its own.
_KEPT_DIGITS = 15
_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_LINKED = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"


class Refused(Exception):
    """It is not read; the argument is the code of the reason."""


def read(content: bytes, most_rows: int, most_columns: int) -> dict[str, object]:
    """The texts of the first sheet; raises Refused with `password`, `too_large`, `unreadable`."""
    _look_at_parts(content)
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        sheet = book.get_sheet_by_index(0)
        rows = sheet.to_python(skip_empty_area=False, nrows=most_rows + 1)
    except PasswordError:
        raise Refused("password") from None
    except MemoryError:
        raise Refused("too_large") from None
    except (CalamineError, ValueError, OSError, IndexError):
        raise Refused("unreadable") from None
    padded = _padded(content)
    texts = [
        [
            _shown(value, padded.get((line, place), 0))
            for place, value in enumerate(row[:most_columns])
        ]
        for line, row in enumerate(rows[:most_rows])
    ]
    return {"rows": texts, "more": len(rows) > most_rows, "merged": _merged(sheet, most_rows)}


def _merged(sheet: CalamineSheet, most_rows: int) -> list[list[int]]:
    """The merged ranges of the rows that are read; none in a kind of book that does not say."""
    ranges = sheet.merged_cell_ranges or []
    return [[*first, *last] for first, last in ranges if first[0] < most_rows]


def _look_at_parts(content: bytes) -> None:
    """Judge an archive by its table of contents, before a byte is unpacked."""
    if not content.startswith(b"PK"):
        return
    try:
        parts = zipfile.ZipFile(io.BytesIO(content)).infolist()
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
        # NotImplementedError is what zipfile says of a newer kind of archive than it reads.
        raise Refused("unreadable") from None
    if len(parts) > PARTS or sum(part.file_size for part in parts) > UNPACKED_BYTES:
        raise Refused("too_large")
    if any(part.flag_bits & 1 for part in parts):
        raise Refused("password")


def _padded(content: bytes) -> dict[tuple[int, int], int]:
    """Cells whose number is shown with zeros before it ("00017" is 17 in the format 00000): row and
    column from 0, and how many digits are shown. Empty for what is no xlsx, or has none."""
    if not content.startswith(b"PK"):
        return {}
    try:
        parts = zipfile.ZipFile(io.BytesIO(content))
        widths = _zero_formats(_tree(parts, "styles.xml"))
        return _cells_in(parts, widths) if widths else {}
    except (LookupError, StopIteration, ValueError, ElementTree.ParseError, zipfile.BadZipFile):
        # An ods, or a book written in a way of its own: numbers stay as they are.
        return {}


def _tree(parts: zipfile.ZipFile, name: str) -> ElementTree.Element:
    # Entities that grow without end meet the limits of this child, and those of expat since 2.4.1.
    return ElementTree.fromstring(parts.read(f"xl/{name}"))  # noqa: S314 - in a confined child


def _zero_formats(styles: ElementTree.Element) -> dict[str, int]:
    """The numbers of cell styles that show a number in so many zeros."""
    codes = {
        one.get("numFmtId"): one.get("formatCode", "") for one in styles.iter(f"{_MAIN}numFmt")
    }
    found = {}
    for place, one in enumerate(styles.find(f"{_MAIN}cellXfs") or ()):
        code = codes.get(one.get("numFmtId"), "")
        if len(code) > 1 and not code.strip("0"):
            found[str(place)] = len(code)
    return found


def _cells_in(parts: zipfile.ZipFile, widths: dict[str, int]) -> dict[tuple[int, int], int]:
    """Where the first sheet uses one of these styles."""
    book = _tree(parts, "workbook.xml")
    first = next(book.iter(f"{_MAIN}sheet")).get(f"{_LINKED}id")
    links = _tree(parts, "_rels/workbook.xml.rels")
    target = next(one.get("Target", "") for one in links if one.get("Id") == first)
    found = {}
    with parts.open(f"xl/{target.removeprefix('/xl/')}") as sheet:
        # As in `_tree`.
        for _event, cell in ElementTree.iterparse(sheet):  # noqa: S314 - in a confined child
            if cell.tag == f"{_MAIN}c" and cell.get("s") in widths:
                found[_place(cell.get("r", ""))] = widths[str(cell.get("s"))]
            if cell.tag == f"{_MAIN}row":
                cell.clear()
    return found


def _place(name: str) -> tuple[int, int]:
    """Row and column of "B7", both from 0."""
    letters = name.rstrip("0123456789")
    column = 0
    for letter in letters:
        column = column * 26 + ord(letter) - ord("A") + 1
    return int(name[len(letters) :]) - 1, column - 1


def _shown(value: object, digits: int) -> str:
    """A cell as it looks, with the zeros its format puts before a number."""
    text = _text(value)
    return text.zfill(digits) if digits and isinstance(value, float) else text


def _text(value: object) -> str:
    """A cell as it looks: a number that Excel made of a staff number or phone has no ".0".

    One of more digits than a spreadsheet keeps stands as 1.10105194912310E+17: whoever reads it
    sees that digits are lost, and takes no zeros for them.
    """
    if isinstance(value, float) and abs(value) >= 10.0**_KEPT_DIGITS:
        return f"{value:.14E}"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value).strip()[:LONGEST_TEXT] if value is not None else ""


def main() -> int:
    """Read, parse, answer; exit status 0 also for a refusal, which is an answer."""
    try:
        answer = read(sys.stdin.buffer.read(), int(sys.argv[1]), int(sys.argv[2]))
    except Refused as refusal:
        answer = {"refused": str(refusal)}
    # Not escaped: a Chinese sign as \uXXXX is twice as long, and the answer has a limit.
    sys.stdout.buffer.write(json.dumps(answer, ensure_ascii=False).encode("utf-8", "replace"))
    sys.stdout.buffer.flush()
    return 0


if __name__ == "__main__":
    sys.exit(main())
