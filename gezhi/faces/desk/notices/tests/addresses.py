"""What the walk of `tests/access` puts into the addresses of this room."""

from tests.cast import Cast


def values(_cast: Cast) -> dict[str, str]:
    """A line of an inbox that nobody has."""
    return {"notice_id": "1"}
