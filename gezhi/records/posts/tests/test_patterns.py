"""Patterns of duty: the shifts of a rota are what a walk from minute to minute finds."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from gezhi.kernel.clock import SHANGHAI
from gezhi.kernel.workdays import Calendar, YearNotice
from gezhi.records.posts.patterns import (
    DAY_MINUTES,
    Change,
    DayKind,
    Line,
    Turn,
    holds,
    kind_of,
    moment,
    overlap,
    planned,
)

# Monday.
FIRST = date(2026, 11, 23)
_DAYS = 21


@dataclass(frozen=True)
class Scale:
    """How far a walk goes and with steps of how many minutes; shifts begin and end on a step."""

    days: int
    step: int

    @property
    def steps(self):
        return DAY_MINUTES // self.step


WEEKS = Scale(days=_DAYS, step=30)
# Each minute of two nights.
NIGHTS = Scale(days=2, step=1)


@st.composite
def calendars(draw, days=_DAYS):
    off = draw(st.sets(st.integers(0, days), max_size=5))
    worked = draw(st.sets(st.integers(0, days), max_size=3)) - off
    day = [FIRST + timedelta(days=number) for number in range(days + 1)]
    return Calendar(
        {2026: YearNotice(frozenset(day[n] for n in off), frozenset(day[n] for n in worked))}
    )


@st.composite
def a_line(draw, scale):
    start = draw(st.integers(0, scale.steps - 1))
    return Line(
        kind=draw(st.sampled_from(DayKind)),
        from_minute=start * scale.step,
        to_minute=(start + draw(st.integers(1, scale.steps))) * scale.step,
        people=tuple(draw(st.lists(st.integers(1, 5), max_size=4))),
        weekdays=frozenset(draw(st.sets(st.integers(0, 6), max_size=4))),
        turn=draw(st.sampled_from(Turn)),
    )


@st.composite
def patterns(draw, scale=WEEKS):
    """Lines that do not overlap, as a rota takes them."""
    kept: list[Line] = []
    for line in draw(st.lists(a_line(scale), min_size=1, max_size=6)):
        if overlap([*kept, line]) is None:
            kept.append(line)
    return kept


@st.composite
def changes(draw, scale=WEEKS):
    start = draw(st.integers(0, (scale.days - 1) * scale.steps))
    length = draw(st.integers(1, 3 * scale.steps))
    from_at = moment(FIRST, start * scale.step)
    until = from_at + timedelta(minutes=length * scale.step)
    return Change(from_at, until, draw(st.none() | st.integers(6, 9)))


def walked(lines, changed, calendar, at, days):
    """Who is on duty at a moment, asked of nothing but that moment; "free" where no shift is."""
    for change in reversed(changed):
        if change.from_at <= at < change.to_at:
            return change.user_id
    local = at.astimezone(SHANGHAI)
    for line in lines:
        for back in (0, 1):
            day = local.date() - timedelta(days=back)
            minute = local.hour * 60 + local.minute + back * DAY_MINUTES
            if not FIRST <= day < FIRST + timedelta(days=days) or not holds(line, day, calendar):
                continue
            if line.from_minute <= minute < line.to_minute:
                return whose_turn(line, calendar, day)
    return "free"


def whose_turn(line, calendar, day):
    if not line.people:
        return None
    before = [FIRST + timedelta(days=number) for number in range((day - FIRST).days)]
    if line.turn is Turn.WEEK:
        passed = sum(1 for one in [*before, day][1:] if one.weekday() == 0)
    else:
        passed = sum(1 for one in before if holds(line, one, calendar))
    return line.people[passed % len(line.people)]


@settings(max_examples=150)
@given(patterns(), st.lists(changes(), max_size=4), calendars())
def test_the_shifts_of_a_pattern_are_what_a_walk_finds(lines, changed, calendar):
    _walk(lines, changed, calendar, WEEKS)


@settings(max_examples=60)
@given(
    patterns(NIGHTS),
    st.lists(changes(NIGHTS), max_size=3),
    calendars(NIGHTS.days),
)
def test_they_are_so_at_every_minute(lines, changed, calendar):
    _walk(lines, changed, calendar, NIGHTS)


def _walk(lines, changed, calendar, scale):
    end = FIRST + timedelta(days=scale.days)
    found = planned(lines, changed, calendar, first=FIRST, end=end)
    for number in range((scale.days + 4) * scale.steps):
        at = moment(FIRST, number * scale.step)
        here = [one for one in found if one.from_at <= at < one.to_at]
        assert len(here) <= 1, "two people for one minute"
        said = here[0].user_id if here else "free"
        assert said == walked(lines, changed, calendar, at, scale.days)


@given(patterns(), calendars(), st.integers(1, _DAYS))
def test_a_look_that_goes_further_finds_the_same_shifts_before(lines, calendar, days):
    near = planned(lines, [], calendar, first=FIRST, end=FIRST + timedelta(days=days))
    far = planned(lines, [], calendar, first=FIRST, end=FIRST + timedelta(days=_DAYS))
    assert [one for one in far if one.from_at < moment(FIRST + timedelta(days=days), 0)] == near


def test_a_make_up_day_is_a_working_day_and_a_weekend_in_a_holiday_is_a_holiday():
    calendar = Calendar(
        {2027: YearNotice(frozenset({date(2027, 1, 1), date(2027, 1, 2)}), frozenset({date(2027, 1, 3)}))}
    )  # fmt: skip
    assert kind_of(date(2027, 1, 2), calendar) is DayKind.HOLIDAY  # a Saturday
    assert kind_of(date(2027, 1, 3), calendar) is DayKind.WORKDAY  # a Sunday, worked
    assert kind_of(date(2027, 1, 9), calendar) is DayKind.REST


def test_a_shift_past_midnight_begins_on_its_own_day_in_china():
    line = Line(DayKind.EVERY, 17 * 60, 33 * 60, (1,))
    (shift,) = planned([line], [], Calendar({}), first=FIRST, end=FIRST + timedelta(days=1))
    assert shift.from_at == datetime(2026, 11, 23, 17, tzinfo=SHANGHAI)
    assert shift.to_at == datetime(2026, 11, 24, 9, tzinfo=SHANGHAI)


def test_a_night_that_runs_into_the_next_morning_overlaps_it():
    night = Line(DayKind.WORKDAY, 17 * 60, 33 * 60, (1,))
    morning = Line(DayKind.EVERY, 8 * 60, 12 * 60, (2,))
    assert overlap([night, morning]) == (0, 1)
    assert overlap([night, Line(DayKind.EVERY, 9 * 60, 12 * 60, (2,))]) is None


def test_working_days_and_days_of_rest_never_meet():
    work = Line(DayKind.WORKDAY, 9 * 60, 17 * 60, (1,))
    rest = Line(DayKind.REST, 9 * 60, 17 * 60, (2,))
    assert overlap([work, rest]) is None
    assert overlap([work, Line(DayKind.EVERY, 16 * 60, 18 * 60, (3,))]) == (0, 1)
