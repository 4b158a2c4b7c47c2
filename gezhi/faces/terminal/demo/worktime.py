"""Minutes of office time as a straight line, so that a plot can be laid out backwards from now.

The hours are those of the street centre; a department that closes earlier has the longer limit.
"""

from bisect import bisect_right
from datetime import datetime, time, timedelta

from gezhi.kernel.clock import SHANGHAI
from gezhi.kernel.workdays import Calendar

_SPANS = ((time(8, 30), time(12, 0)), (time(13, 0), time(20, 0)))
MINUTES_A_DAY = 630


class WorkTime:
    """The office minutes of the days before a moment; `index` and `moment` are inverse in them."""

    def __init__(self, calendar: Calendar, until: datetime, *, days: int = 75) -> None:
        """Takes the working days of the calendar from so many days before `until` on."""
        first = until.astimezone(SHANGHAI).date() - timedelta(days=days)
        self._starts: list[datetime] = []
        self._before: list[float] = []
        self._lengths: list[float] = []
        passed = 0.0
        for number in range(days + 1):
            day = first + timedelta(days=number)
            if not calendar.is_working(day):
                continue
            for opens, closes in _SPANS:
                start = datetime.combine(day, opens, SHANGHAI)
                length = (datetime.combine(day, closes, SHANGHAI) - start).total_seconds() / 60
                self._starts.append(start)
                self._before.append(passed)
                self._lengths.append(length)
                passed += length
        self.now = self.index(until)

    def index(self, moment: datetime) -> float:
        """Office minutes passed before the moment."""
        span = bisect_right(self._starts, moment) - 1
        if span < 0:
            return 0.0
        minutes = (moment - self._starts[span]).total_seconds() / 60
        return self._before[span] + min(minutes, self._lengths[span])

    def moment(self, index: float) -> datetime:
        """The moment at which so many office minutes have passed."""
        span = max(0, bisect_right(self._before, index) - 1)
        return self._starts[span] + timedelta(minutes=index - self._before[span])

    def opening(self, index: float) -> datetime:
        """When the office opened in the morning of the day this index falls on."""
        span = max(0, bisect_right(self._before, index) - 1)
        day = self._starts[span].date()
        return datetime.combine(day, _SPANS[0][0], SHANGHAI)
