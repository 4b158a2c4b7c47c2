"""Lists page by page along the time-ordered id: no counting, no page that shifts under a reader.

A cursor is the id of the last row seen, written so that nobody is tempted to compute with it. It
needs no signature: it only says where to go on, every query still asks the viewer's rights.
"""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

DEFAULT_SIZE = 50
LARGEST_SIZE = 200
_BITS = 63

Row = TypeVar("Row")


class BadCursor(ValueError):
    """What was sent is not a cursor this module wrote."""


@dataclass(frozen=True, slots=True)
class Page(Generic[Row]):
    """Some rows and where to go on; `after` is "" on the last page."""

    rows: tuple[Row, ...]
    after: str


def cursor_of(row_id: int) -> str:
    """Eleven signs for an id; refuses (ValueError) what is not a 63-bit id."""
    if not 0 <= row_id < 1 << _BITS:
        raise ValueError("a row id has 63 bits")
    return urlsafe_b64encode(row_id.to_bytes(8)).decode().rstrip("=")


def row_id_of(cursor: str) -> int:
    """The id a cursor stands for; refuses (BadCursor) anything `cursor_of` did not write."""
    try:
        row_id = int.from_bytes(urlsafe_b64decode(f"{cursor}="))
    except ValueError:
        raise BadCursor("not a cursor") from None
    if not 0 <= row_id < 1 << _BITS or cursor_of(row_id) != cursor:
        raise BadCursor("not a cursor")
    return row_id


def page_size(asked: str | int | None, *, default: int = DEFAULT_SIZE) -> int:
    """How many rows to show for what a reader asked: 1 to 200, the default for no number."""
    try:
        size = int(asked) if asked is not None else default
    except ValueError:
        size = default
    return max(1, min(size, LARGEST_SIZE))


def page_of(rows: Sequence[Row], size: int, id_of: str = "id") -> Page[Row]:
    """The page of `size` rows, given one row more than that where there is one.

    The caller asks the database for `size + 1` rows in the order of the id, which says whether
    there is a next page without counting. `id_of` names the attribute that holds the id.
    """
    shown = tuple(rows[:size])
    after = cursor_of(int(getattr(shown[-1], id_of))) if len(rows) > size else ""
    return Page(shown, after)
