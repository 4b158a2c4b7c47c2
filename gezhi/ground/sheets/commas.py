"""Tables as CSV for people: Excel and WPS open them right by a double click.

Without a byte-order mark at the beginning a spreadsheet takes UTF-8 for GB 18030 and shows garbage.
Readers of ours, and Python's `utf-8-sig`, skip the mark. Every CSV that leaves is written here.
"""

import csv
import gzip
import io
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TextIO

ENCODING = "utf-8-sig"


@contextmanager
def opened(path: Path, *, packed: bool = False) -> Iterator[Any]:
    """A CSV writer on a new file, packed by gzip if asked; raises OSError as `open` does."""
    with _stream(path, packed) as stream:
        yield _writer(stream)


def content(rows: Iterable[Sequence[object]]) -> bytes:
    """The same in memory, for a table that is known to be small."""
    text = io.StringIO(newline="")
    _writer(text).writerows(rows)
    return text.getvalue().encode(ENCODING)


def _writer(stream: TextIO) -> Any:
    return csv.writer(stream, lineterminator="\n")


def _stream(path: Path, packed: bool) -> TextIO:
    if packed:
        return gzip.open(path, "wt", encoding=ENCODING, newline="")
    return path.open("w", encoding=ENCODING, newline="")
