"""The rules of each unit, by example."""

from datetime import UTC, datetime, timedelta

import pytest

from gezhi.kernel.clock import SHANGHAI
from gezhi.kernel.tests.calendar_pack import shipped
from gezhi.kernel.workdays import (
    OFFICE_HOURS,
    Hours,
    Light,
    Limit,
    LimitUnit,
    due,
    elapsed,
    left,
    light,
    running_time,
)

URGENT, HOURS, DAYS, CALENDAR = LimitUnit


def at(month: int, day: int, clock: str = "00:00", year: int = 2026) -> datetime:
    hour, minute = clock.split(":")
    return datetime(year, month, day, int(hour), int(minute), tzinfo=SHANGHAI)


def when(start: datetime, value: float, unit: LimitUnit, *pauses) -> datetime:
    answer = due(start, Limit(value, unit), shipped(), OFFICE_HOURS, pauses)
    return answer.moment.astimezone(SHANGHAI)


def test_urgent_hours_run_through_the_night_and_the_weekend():
    assert when(at(11, 20, "22:30"), 4, URGENT) == at(11, 21, "02:30")


def test_working_hours_stand_still_at_noon():
    assert when(at(11, 20, "11:00"), 2, HOURS) == at(11, 20, "14:00")


def test_working_hours_go_on_after_the_weekend():
    assert when(at(11, 20, "16:00"), 4, HOURS) == at(11, 23, "12:00")


def test_working_hours_that_end_with_the_day_end_at_its_close_not_next_morning():
    assert when(at(11, 20, "13:00"), 4, HOURS) == at(11, 20, "17:00")
    assert when(at(11, 20, "10:00"), 2, HOURS) == at(11, 20, "12:00")


def test_working_hours_begin_with_the_next_opening():
    for clock in ("12:00", "12:30", "13:00"):
        assert when(at(11, 20, clock), 1, HOURS) == at(11, 20, "14:00")
    assert when(at(11, 21, "10:00"), 1, HOURS) == at(11, 23, "10:00")


def test_part_of_an_hour_is_counted():
    assert when(at(11, 20, "09:00"), 0.5, HOURS) == at(11, 20, "09:30")


def test_a_working_day_ends_at_the_close_of_the_next_working_day():
    for clock in ("00:00", "08:00", "16:59", "17:00", "23:59"):
        assert when(at(11, 19, clock), 1, DAYS) == at(11, 20, "17:00")


def test_a_report_of_friday_evening_or_saturday_has_until_monday_evening():
    assert when(at(11, 20, "20:00"), 1, DAYS) == at(11, 23, "17:00")
    assert when(at(11, 21, "20:00"), 1, DAYS) == at(11, 23, "17:00")


def test_a_make_up_saturday_counts_and_a_holiday_does_not():
    assert when(at(10, 9, "10:00"), 1, DAYS) == at(10, 10, "17:00")
    assert when(at(9, 30, "10:00"), 2, DAYS) == at(10, 9, "17:00")


def test_calendar_days_count_every_day_and_do_not_move_off_a_holiday():
    assert when(at(9, 28, "10:00"), 3, CALENDAR) == at(10, 1, "17:00")


def test_a_unit_with_its_own_hours_has_its_own_due_time():
    night = Hours.parse([["18:00", "24:00"]])
    answer = due(at(11, 20, "10:00"), Limit(6, HOURS), shipped(), night)
    assert answer.moment == at(11, 21)
    answer = due(at(11, 19, "10:00"), Limit(1, DAYS), shipped(), night)
    assert answer.moment == at(11, 21)


def test_the_answer_is_in_utc():
    answer = due(at(11, 20, "10:00"), Limit(1, HOURS), shipped(), OFFICE_HOURS)
    assert answer.moment == datetime(2026, 11, 20, 3, tzinfo=UTC)
    assert answer.moment.tzinfo is UTC


@pytest.mark.parametrize(
    ("start", "limit", "provisional"),
    [
        (at(12, 25, "10:00"), Limit(2, DAYS), True),  # 28 December hangs on the next notice
        (at(12, 24, "10:00"), Limit(1, DAYS), False),
        (at(12, 25, "10:00"), Limit(20, DAYS), True),
        (at(12, 25, "16:00"), Limit(2, HOURS), True),
        (at(12, 25, "10:00"), Limit(2, HOURS), False),
        (at(12, 30, "10:00"), Limit(24, URGENT), False),
        (at(12, 30, "10:00"), Limit(15, CALENDAR), False),
        (at(3, 1, "10:00", 2030), Limit(1, DAYS), True),
        (at(3, 1, "10:00", 2009), Limit(1, DAYS), True),
    ],
)
def test_a_limit_that_touches_a_year_not_announced_is_provisional_never_an_error(
    start, limit, provisional
):
    assert due(start, limit, shipped(), OFFICE_HOURS).provisional is provisional


def test_a_limit_far_outside_every_notice_still_has_an_answer():
    assert when(at(3, 1, "10:00", 2150), 3650, DAYS).year == 2164
    assert when(at(3, 1, "10:00", 1990), 5, DAYS) == at(3, 8, "17:00", 1990)


def test_a_pause_gives_working_hours_back():
    pause = (at(11, 20, "10:00"), at(11, 20, "15:00"))  # four open hours
    assert when(at(11, 20, "09:00"), 3, HOURS, pause) == at(11, 20, "17:00")
    assert when(at(11, 20, "09:00"), 4, HOURS, pause) == at(11, 23, "10:00")


def test_a_pause_in_closed_hours_gives_nothing_back():
    pause = (at(11, 20, "12:00"), at(11, 20, "13:00"))
    assert when(at(11, 20, "11:00"), 2, HOURS, pause) == at(11, 20, "14:00")


def test_a_pause_that_begins_when_the_limit_is_reached_comes_too_late():
    pause = (at(11, 20, "11:00"), at(11, 20, "15:00"))
    assert when(at(11, 20, "09:00"), 2, HOURS, pause) == at(11, 20, "11:00")


def test_overlapping_pauses_are_given_back_once():
    pauses = [
        (at(11, 20, "10:30"), at(11, 20, "11:30")),
        (at(11, 20, "10:00"), at(11, 20, "11:00")),
        (at(11, 20, "11:30"), at(11, 20, "11:30")),
    ]
    assert when(at(11, 20, "09:00"), 2, HOURS, *pauses) == at(11, 20, "13:30")
    assert when(at(11, 20, "09:00"), 2, URGENT, *pauses) == at(11, 20, "12:30")


def test_a_pause_from_before_the_start_counts_from_the_start():
    pause = (at(11, 1), at(11, 20, "10:00"))
    assert when(at(11, 20, "09:00"), 1, HOURS, pause) == at(11, 20, "11:00")


def test_a_day_counts_when_the_clock_ran_at_its_close():
    start = at(11, 19, "10:00")
    within = (at(11, 20, "09:00"), at(11, 20, "16:59"))
    over_close = (at(11, 20, "16:59"), at(11, 20, "17:00"))
    at_close = (at(11, 20, "17:00"), at(11, 23, "08:00"))
    assert when(start, 1, DAYS, within) == at(11, 20, "17:00")
    assert when(start, 1, DAYS, over_close) == at(11, 23, "17:00")
    assert when(start, 1, DAYS, at_close) == at(11, 20, "17:00")


def test_a_long_pause_gives_its_working_days_back():
    pause = (at(11, 20, "10:00"), at(11, 27, "10:00"))  # five closings
    assert when(at(11, 19, "10:00"), 3, DAYS, pause) == at(12, 1, "17:00")
    assert when(at(11, 19, "10:00"), 3, CALENDAR, pause) == at(11, 29, "17:00")


def test_elapsed_counts_open_hours_and_closed_days():
    calendar, hours = shipped(), OFFICE_HOURS
    start, end = at(11, 20, "16:00"), at(11, 23, "11:30")
    assert elapsed(start, end, HOURS, calendar, hours) == 3.5
    assert elapsed(start, end, URGENT, calendar, hours) == 67.5
    assert elapsed(start, end, DAYS, calendar, hours) == 0
    assert elapsed(start, at(11, 23, "17:00"), DAYS, calendar, hours) == 1
    assert elapsed(start, end, CALENDAR, calendar, hours) == 2
    assert elapsed(end, start, HOURS, calendar, hours) == 0


def test_left_goes_below_nothing_when_overdue():
    start = at(11, 20, "09:00")
    limit = Limit(2, HOURS)
    assert left(start, at(11, 20, "10:00"), limit, shipped(), OFFICE_HOURS) == 1
    assert left(start, at(11, 20, "14:00"), limit, shipped(), OFFICE_HOURS) == -2


def test_running_time_is_open_time_and_negative_backwards():
    calendar, hours = shipped(), OFFICE_HOURS
    start, end = at(11, 20, "16:00"), at(11, 23, "11:00")
    assert running_time(start, end, DAYS, calendar, hours) == timedelta(hours=3)
    assert running_time(end, start, HOURS, calendar, hours) == timedelta(hours=-3)
    assert running_time(start, end, CALENDAR, calendar, hours) == timedelta(hours=67)
    pause = (at(11, 23, "09:00"), at(11, 23, "10:00"))
    assert running_time(start, end, HOURS, calendar, hours, [pause]) == timedelta(hours=2)


def test_the_light_turns_yellow_with_less_than_the_share_left_and_red_after_the_due_moment():
    start, end = at(11, 20, "09:00"), at(11, 20, "14:00")  # four open hours

    def seen(clock: str, share: float = 0.25) -> Light:
        now = at(11, 20, clock)
        return light(start, end, now, HOURS, shipped(), OFFICE_HOURS, yellow_share=share)

    assert seen("09:00") is Light.GREEN
    assert seen("13:00") is Light.GREEN  # exactly a quarter left
    assert seen("13:01") is Light.YELLOW
    assert seen("11:30", share=0.5) is Light.YELLOW
    assert seen("13:59") is Light.YELLOW
    assert seen("14:00") is Light.YELLOW  # what ends at the very moment is on time
    assert seen("14:01") is Light.RED


def test_a_light_of_one_working_day_has_a_yellow_too():
    start, end = at(11, 19, "10:00"), at(11, 20, "17:00")

    def seen(clock: str) -> Light:
        return light(start, end, at(11, 20, clock), DAYS, shipped(), OFFICE_HOURS)

    assert seen("09:00") is Light.GREEN
    assert seen("16:00") is Light.YELLOW


@pytest.mark.parametrize(
    ("value", "unit"),
    [(0, HOURS), (-1, DAYS), (0.5, DAYS), (1.5, CALENDAR), (4000, DAYS), (float("nan"), HOURS)],
)
def test_a_senseless_limit_is_refused(value, unit):
    with pytest.raises(ValueError, match="limit"):
        Limit(value, unit)


@pytest.mark.parametrize("unit", list(LimitUnit))
def test_naive_moments_are_refused(unit):
    naive = datetime(2026, 11, 20)
    with pytest.raises(ValueError, match="aware"):
        due(naive, Limit(1, unit), shipped(), OFFICE_HOURS)
    with pytest.raises(ValueError, match="aware"):
        due(at(11, 20), Limit(1, unit), shipped(), OFFICE_HOURS, [(naive, naive)])


def test_a_pause_that_ends_before_it_begins_is_refused():
    with pytest.raises(ValueError, match="pause"):
        when(at(11, 20), 1, HOURS, (at(11, 21), at(11, 20)))


@pytest.mark.parametrize(
    "words",
    [
        [],
        [["09:00", "09:00"]],
        [["12:00", "09:00"]],
        [["09:00", "12:00"], ["11:00", "17:00"]],
        [["09:00", "24:01"]],
        [["9", "12:00"]],
        [["09:60", "12:00"]],
        [["-1:00", "12:00"]],
        [["早上", "12:00"]],
    ],
)
def test_senseless_hours_are_refused(words):
    with pytest.raises(ValueError, match=r"."):
        Hours.parse(words)


def test_hours_are_written_as_they_are_read():
    words = [["08:30", "12:00"], ["13:30", "24:00"]]
    assert Hours.parse(words).words() == words
