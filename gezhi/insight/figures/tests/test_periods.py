"""Days, weeks and months of China, half open."""

from datetime import UTC, date, datetime

import pytest

from gezhi.insight.figures.periods import Period, Span, holding, to_open


def test_a_day_begins_at_midnight_of_china():
    day = holding(Span.DAY, date(2026, 11, 30))
    assert day.began_at == datetime(2026, 11, 29, 16, tzinfo=UTC)
    assert day.ended_at == datetime(2026, 11, 30, 16, tzinfo=UTC)


@pytest.mark.parametrize("span", Span)
def test_periods_follow_each_other_without_gap_or_overlap(span):
    period = holding(span, date(2024, 2, 29))
    for _number in range(400):
        later = period.later()
        assert later.began_at == period.ended_at
        assert later.earlier() == period
        period = later


def test_a_week_is_compared_with_weeks_and_a_month_with_months():
    week = holding(Span.WEEK, date(2026, 12, 2))
    assert week.first == date(2026, 11, 30)
    assert week.before().first == date(2026, 11, 23)
    assert week.year_before().first == date(2025, 12, 1)
    assert week.year_before().first.weekday() == 0
    january = Period(Span.MONTH, date(2026, 1, 1))
    assert january.before().first == date(2025, 12, 1)
    assert january.year_before().first == date(2025, 1, 1)


def _is_weekday(day: date) -> bool:
    return day.weekday() < 5


def test_a_page_opens_with_last_week_until_three_working_days_of_this_one_have_passed():
    for day in (30, 1, 2):
        today = date(2026, 11 if day == 30 else 12, day)
        assert to_open(Span.WEEK, today, _is_weekday).first == date(2026, 11, 23)
    assert to_open(Span.WEEK, date(2026, 12, 3), _is_weekday).first == date(2026, 11, 30)
    # A week of holidays has no third working day.
    assert to_open(Span.WEEK, date(2026, 10, 8), lambda _day: False).first == date(2026, 9, 28)


def test_a_page_opens_with_last_month_for_the_first_days_of_this_one_and_with_yesterday():
    assert to_open(Span.MONTH, date(2026, 12, 3), _is_weekday).first == date(2026, 11, 1)
    assert to_open(Span.MONTH, date(2026, 12, 4), _is_weekday).first == date(2026, 12, 1)
    assert to_open(Span.DAY, date(2026, 12, 3), _is_weekday).first == date(2026, 12, 2)


def test_tables_of_an_operator_call_a_period_by_a_code():
    codes = [holding(span, date(2027, 1, 1)).code for span in Span]
    assert codes == ["2027-01-01", "2026-W53", "2027-01"]
