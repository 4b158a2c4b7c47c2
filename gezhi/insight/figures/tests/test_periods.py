"""Days, weeks and months of China, half open."""

from datetime import UTC, date, datetime

import pytest

from gezhi.insight.figures.periods import Period, Span, holding


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
