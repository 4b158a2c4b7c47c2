"""Working days 工作日: deadlines in working time, pure arithmetic over data that others hold."""

from gezhi.kernel.workdays.calendar import Calendar, YearNotice, notices_from
from gezhi.kernel.workdays.hours import OFFICE_HOURS, Hours
from gezhi.kernel.workdays.limits import (
    Due,
    Light,
    Limit,
    LimitUnit,
    Pause,
    close_of,
    due,
    elapsed,
    left,
    light,
    limit_of,
    running_time,
)

__all__ = [
    "OFFICE_HOURS",
    "Calendar",
    "Due",
    "Hours",
    "Light",
    "Limit",
    "LimitUnit",
    "Pause",
    "YearNotice",
    "close_of",
    "due",
    "elapsed",
    "left",
    "light",
    "limit_of",
    "notices_from",
    "running_time",
]
