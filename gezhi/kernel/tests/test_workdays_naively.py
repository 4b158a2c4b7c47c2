"""Random limits equal a loop that walks minute by minute and day by day.

`benchmarks/workdays.py` does the same for a million; this is the sample that runs every time.
"""

import random
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gezhi.kernel.clock import SHANGHAI
from gezhi.kernel.tests.calendar_pack import shipped
from gezhi.kernel.workdays import OFFICE_HOURS, Hours, Limit, LimitUnit, due, elapsed

MINUTE = timedelta(minutes=1)
SHIFTS = [
    OFFICE_HOURS,
    Hours.parse([["00:00", "24:00"]]),
    Hours.parse([["08:30", "11:30"], ["14:00", "17:45"], ["19:00", "21:00"]]),
]


def works(day: date) -> bool:
    notices = shipped().years.values()
    if any(day in notice.workdays for notice in notices):
        return True
    return day.weekday() < 5 and not any(day in notice.holidays for notice in notices)


def opens(moment: datetime, hours: Hours) -> bool:
    minute = moment.hour * 60 + moment.minute
    return any(first <= minute < last for first, last in hours.spans) and works(moment.date())


def ticks(day: date, unit: LimitUnit, hours: Hours, pauses) -> datetime | None:
    """The close of the day when it counts, None when it does not."""
    if unit is LimitUnit.WORKING_DAYS and not works(day):
        return None
    midnight = datetime(day.year, day.month, day.day, tzinfo=SHANGHAI)
    close = midnight + hours.spans[-1][1] * MINUTE
    return None if any(first < close <= last for first, last in pauses) else close


def walked(start: datetime, limit: Limit, hours: Hours, pauses) -> datetime:
    """The due moment of a start at a full minute, by walking."""
    moment, remaining = start, limit.value
    if limit.unit in (LimitUnit.WORKING_DAYS, LimitUnit.CALENDAR_DAYS):
        day = start.date()
        while remaining:
            day += timedelta(days=1)
            close = ticks(day, limit.unit, hours, pauses)
            if close is not None:
                remaining, moment = remaining - 1, close
        return moment
    remaining *= 60
    while remaining:
        counts = limit.unit is LimitUnit.URGENT_HOURS or opens(moment, hours)
        if counts and not any(first <= moment < last for first, last in pauses):
            remaining -= 1
        moment += MINUTE
    return moment


def random_start(dice: random.Random, span_days: int) -> datetime:
    start = datetime(2010, 1, 1, tzinfo=SHANGHAI)
    return start + timedelta(minutes=dice.randrange(span_days * 1440))


def random_pauses(dice: random.Random, start: datetime, longest: int):
    pauses = []
    for _ in range(dice.randrange(4)):
        begin = start + timedelta(minutes=dice.randrange(-longest, longest))
        pauses.append((begin, begin + timedelta(minutes=dice.randrange(longest))))
    return pauses


@pytest.mark.parametrize("seed", range(6))
def test_random_limits_equal_the_walk(seed):
    dice = random.Random(seed)
    for number in range(500):
        in_days = number % 10 != 0
        if in_days:
            unit = dice.choice([LimitUnit.WORKING_DAYS, LimitUnit.CALENDAR_DAYS])
            limit = Limit(dice.randint(1, 30), unit)
        else:
            unit = dice.choice([LimitUnit.URGENT_HOURS, LimitUnit.WORKING_HOURS])
            limit = Limit(dice.choice([0.25, 0.5, 1, 2, 4, 7, 9]), unit)
        hours = dice.choice(SHIFTS)
        start = random_start(dice, 18 * 365)
        pauses = random_pauses(dice, start, 20_000 if in_days else 2_000)
        answer = due(start, limit, shipped(), hours, pauses)
        assert answer.moment == walked(start, limit, hours, pauses), (start, limit, hours, pauses)
        assert elapsed(start, answer.moment, unit, shipped(), hours, pauses) == limit.value


MOMENTS = st.integers(0, 19 * 365 * 86_400_000_000).map(
    lambda offset: datetime(2010, 1, 1, tzinfo=UTC) + timedelta(microseconds=offset)
)
UNITS = st.sampled_from(list(LimitUnit))
SPANS = st.sampled_from(SHIFTS)


@given(start=MOMENTS, value=st.integers(1, 90), unit=UNITS, hours=SPANS)
@settings(max_examples=300)
def test_elapsed_is_the_inverse_of_due_to_the_microsecond(start, value, unit, hours):
    moment = due(start, Limit(value, unit), shipped(), hours).moment
    just_before = moment - timedelta(microseconds=1)
    assert elapsed(start, moment, unit, shipped(), hours) == value
    assert elapsed(start, just_before, unit, shipped(), hours) < value


@given(start=MOMENTS, one=st.integers(1, 40), two=st.integers(1, 40), unit=UNITS, hours=SPANS)
@settings(max_examples=300)
def test_two_limits_one_after_the_other_are_as_long_as_both_together(start, one, two, unit, hours):
    between = due(start, Limit(one, unit), shipped(), hours).moment
    apart = due(between, Limit(two, unit), shipped(), hours).moment
    # Hours shorter than a day add up at once; days too, as a due moment lies on its own day.
    # A shift that closes at 24:00 has its due moments on the next day, which is not counted.
    together = due(start, Limit(one + two, unit), shipped(), hours).moment
    if hours.close < 24 * 3_600_000_000 or "days" not in unit:
        assert apart == together
    else:
        assert apart >= together


@given(
    start=MOMENTS, later=st.integers(0, 10**7), value=st.integers(1, 60), unit=UNITS, hours=SPANS
)
@settings(max_examples=300)
def test_who_starts_later_is_never_due_earlier(start, later, value, unit, hours):
    limit = Limit(value, unit)
    after = start + timedelta(seconds=later)
    assert due(start, limit, shipped(), hours).moment <= due(after, limit, shipped(), hours).moment
