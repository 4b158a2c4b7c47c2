"""What a library writes to a file, as bytes: a document of Word, a picture. Nothing is put on disk."""

from io import BytesIO
from typing import Any, Protocol


class Writes(Protocol):
    """A document or picture of a library that can write itself."""

    @property
    def save(self) -> Any:
        """Write it to something that takes bytes."""


def bytes_of(made: Writes, *form: str) -> bytes:
    """The whole file, in the `form` the library is told ("PNG")."""
    held = BytesIO()
    made.save(held, *form)
    return held.getvalue()
