"""When a message may go out; pure."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta

from gezhi.kernel import clock


@dataclass(frozen=True, slots=True)
class QuietHours:
    """From one hour of the day in China to another, over midnight or not; none where they are equal."""

    begins: int
    ends: int

    def hold(self, hour: int) -> bool:
        """Whether an hour of the day lies in them."""
        if self.begins <= self.ends:
            return self.begins <= hour < self.ends
        return hour >= self.begins or hour < self.ends


# The queue's five, and the one in the task that wrote it: then it stands among what did not go.
MOST_TRIES = 5


def quiet_until(moment: datetime, hours: QuietHours) -> datetime | None:
    """When the quiet hours a moment lies in are over; None outside of them."""
    local = clock.local(moment)
    if not hours.hold(local.hour):
        return None
    over_midnight = hours.begins > hours.ends and local.hour >= hours.begins
    day = local.date() + timedelta(days=1 if over_midnight else 0)
    return datetime.combine(day, time(hours.ends), clock.SHANGHAI)
