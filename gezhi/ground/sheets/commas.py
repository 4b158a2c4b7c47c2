"""Tables as CSV for people: Excel and WPS open them right by a double click.

Without a byte-order mark at the beginning a spreadsheet takes UTF-8 for GB 18030 and shows garbage.
Readers of ours, and Python's `utf-8-sig`, skip the mark. Every CSV that leaves is written here, and
nothing in it is reckoned when it is opened: what a stranger wrote may begin with "=".
"""

import csv
import gzip
import io
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

from gezhi.ground.sheets.formulas import quoted

ENCODING = "utf-8-sig"


class Rows:
    """Writes rows as text that no spreadsheet reckons."""

    def __init__(self, stream: TextIO) -> None:
        self._rows = csv.writer(stream, lineterminator="\n")

    def writerow(self, row: Sequence[object]) -> None:
        """One row."""
        self._rows.writerow([quoted(cell) for cell in row])

    def writerows(self, rows: Iterable[Sequence[object]]) -> None:
        """Several, one after the other."""
        for row in rows:
            self.writerow(row)


@contextmanager
def opened(path: Path, *, packed: bool = False) -> Iterator[Rows]:
    """A CSV writer on a new file, packed by gzip if asked; raises OSError as `open` does."""
    with _stream(path, packed) as stream:
        yield Rows(stream)


def content(rows: Iterable[Sequence[object]]) -> bytes:
    """The same in memory, for a table that is known to be small."""
    text = io.StringIO(newline="")
    Rows(text).writerows(rows)
    return text.getvalue().encode(ENCODING)


def _stream(path: Path, packed: bool) -> TextIO:
    if packed:
        return gzip.open(path, "wt", encoding=ENCODING, newline="")
    return path.open("w", encoding=ENCODING, newline="")
