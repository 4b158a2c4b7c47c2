"""Which backups are kept, when one is due and when it is too old."""

from datetime import UTC, datetime, timedelta

import pytest

from gezhi.ground.backups import rules
from gezhi.ground.backups.rules import Kept, Retention
from gezhi.kernel import clock

NOW = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
KEEP = Retention(days=7, weeks=4, months=6)


def nightly(days, *, now=NOW):
    """One set a night, the newest last."""
    return [
        Kept(f"{number}", number, now - timedelta(days=days - number))
        for number in range(1, days + 1)
    ]


def left(sets, now=NOW, keep=KEEP):
    gone = set(rules.to_let_go(sets, keep, now))
    return [one for one in sets if one.name not in gone]


def test_a_year_of_nights_leaves_seven_days_four_weeks_six_months():
    days = [clock.local(one.begun_at).date().isoformat() for one in left(nightly(365))]
    assert days[-7:] == [f"2026-11-{day}" for day in range(17, 24)]
    assert days[:-7] == [
        "2026-06-30", "2026-07-31", "2026-08-31", "2026-09-30", "2026-10-31", "2026-11-08",
        "2026-11-15",
    ]  # fmt: skip


def test_the_newest_is_never_let_go_however_old_it_is():
    sets = [Kept("only", 1, NOW - timedelta(days=4000))]
    assert left(sets, keep=Retention(0, 0, 0)) == sets
    assert rules.to_let_go([], KEEP, NOW) == []


def test_what_was_let_go_stays_so():
    sets = left(nightly(365))
    assert rules.to_let_go(sets, KEEP, NOW) == []


def test_a_clock_that_ran_a_year_ahead_lets_nothing_go_that_was_made_before():
    """The newest by number says when today is, if the clock says later."""
    sets = nightly(5)
    assert left(sets, now=NOW + timedelta(days=365)) == sets


def test_the_newest_is_the_last_made_not_the_one_with_the_latest_date():
    ahead = Kept("ahead", 1, NOW + timedelta(days=300))
    newest = Kept("newest", 2, NOW)
    assert newest in left([ahead, newest], keep=Retention(1, 0, 0))


@pytest.mark.parametrize(
    ("hours_ago", "was_good", "due"),
    [(5, True, False), (9, True, True), (0.5, False, False), (2, False, True)],
)
def test_it_is_due_once_a_day_and_again_an_hour_after_it_failed(hours_ago, was_good, due):
    """Ten in the morning, the hour is four."""
    begun = NOW - timedelta(hours=hours_ago)
    assert rules.is_due(begun, was_good=was_good, hour=4, now=NOW) is due


def test_a_clock_set_back_a_little_over_the_hour_makes_no_second_one():
    """Made at five past four; then the clock says a minute past four again."""
    made = NOW.replace(hour=20, minute=5) - timedelta(days=1)
    assert not rules.is_due(made, was_good=True, hour=4, now=made - timedelta(minutes=4))
    assert not rules.is_of_the_future(made, made - timedelta(minutes=4))
    assert rules.is_of_the_future(made, made - timedelta(minutes=50))


def test_a_day_and_the_time_it_takes_is_not_too_old():
    assert not rules.is_too_old(NOW - timedelta(hours=25), NOW)
    assert rules.is_too_old(NOW - timedelta(hours=27), NOW)
