"""What the walk of `tests/access` puts into the addresses of this room."""

from tests.cast import Cast


def values(_cast: Cast) -> dict[str, str]:
    """An indicator of the pack, and its denominator."""
    return {"indicator": "on_time_rate", "side": "denominator"}
