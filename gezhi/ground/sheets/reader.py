"""The child that opens a stranger's workbook and answers with its texts.

Run by `kernel.confined`: no environment, no keys, hard limits. It reads the file from standard
input; its arguments are how many rows and columns are wanted at most. It answers with one line of
JSON: `{"rows": [[…]], "more": false}`, or `{"refused": reason}`. It imports nothing of Gezhi.
"""

import io
import json
import sys
import zipfile

from python_calamine import CalamineError, CalamineWorkbook, PasswordError

# What the parts of an xlsx or ods may come to when unpacked. A list of 100,000 people has a tenth.
UNPACKED_BYTES = 150_000_000
PARTS = 2000
LONGEST_TEXT = 1000


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
    texts = [[_text(value) for value in row[:most_columns]] for row in rows[:most_rows]]
    return {"rows": texts, "more": len(rows) > most_rows}


def _look_at_parts(content: bytes) -> None:
    """Judge an archive by its table of contents, before a byte is unpacked."""
    if not content.startswith(b"PK"):
        return
    try:
        parts = zipfile.ZipFile(io.BytesIO(content)).infolist()
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
        raise Refused("unreadable") from None
    if len(parts) > PARTS or sum(part.file_size for part in parts) > UNPACKED_BYTES:
        raise Refused("too_large")
    if any(part.flag_bits & 1 for part in parts):
        raise Refused("password")


def _text(value: object) -> str:
    """A cell as it looks: a number that Excel made of a staff number or phone has no ".0"."""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value).strip()[:LONGEST_TEXT] if value is not None else ""


def main() -> int:
    """Read, parse, answer; exit status 0 also for a refusal, which is an answer."""
    try:
        answer = read(sys.stdin.buffer.read(), int(sys.argv[1]), int(sys.argv[2]))
    except Refused as refusal:
        answer = {"refused": str(refusal)}
    sys.stdout.write(json.dumps(answer))
    sys.stdout.flush()
    return 0


if __name__ == "__main__":
    sys.exit(main())
