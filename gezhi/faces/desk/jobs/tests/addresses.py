"""What the walk of `tests/access` puts into the addresses of this room."""

from tests.cast import Cast


def values(_cast: Cast) -> dict[str, str]:
    """A task that is not there."""
    return {"task_id": "1"}
