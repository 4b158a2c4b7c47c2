"""When a message may go out; pure."""

from datetime import datetime, time, timedelta

from gezhi.kernel import clock

QUIET_FROM = time(21, 0)
QUIET_UNTIL = time(8, 0)


def quiet_until(moment: datetime) -> datetime | None:
    """The next 8:00 in China when `moment` falls between 21:00 and 8:00; None by day."""
    local = clock.local(moment)
    if QUIET_UNTIL <= local.time() < QUIET_FROM:
        return None
    day = local.date() + (timedelta(days=1) if local.time() >= QUIET_FROM else timedelta())
    return datetime.combine(day, QUIET_UNTIL, clock.SHANGHAI)
