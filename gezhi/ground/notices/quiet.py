"""The quiet hours of the packs: when reporters are neither written to nor called."""

from datetime import datetime

from gezhi.ground.codes import queries as codes
from gezhi.ground.notices import rules
from gezhi.ground.notices.rules import QuietHours

# Before any pack was imported nobody is woken either.
_USUAL = QuietHours(21, 8)


def quiet_hours() -> QuietHours:
    """From which hour to which, by the packs in force."""
    begins, ends = codes.term("figures", "quiet_from"), codes.term("figures", "quiet_until")
    if begins is None or ends is None:
        return _USUAL
    return QuietHours(int(float(begins.data["value"])), int(float(ends.data["value"])))


def quiet_until(moment: datetime) -> datetime | None:
    """When the quiet hours a moment lies in are over; None outside of them."""
    return rules.quiet_until(moment, quiet_hours())
