"""The shipped calendar agrees with two independent libraries, and knows what it does not know."""

import warnings
from datetime import date, timedelta

import chinese_calendar
import holidays
import pytest

from gezhi.kernel.tests.calendar_pack import rows, shipped
from gezhi.kernel.workdays import Calendar, YearNotice, notices_from

FIRST, LAST = date(2010, 1, 1), date(2026, 12, 31)

# Days on which the two libraries contradict each other: Saturday 31 December 2005 is a weekend day
# to chinesecalendar and a make-up day of New Year 2006 to holidays. It lies before the years of
# the pack, which therefore takes no side.
LIBRARIES_DIFFER_ON = [date(2005, 12, 31)]


def days(first: date, last: date):
    return [first + timedelta(days=number) for number in range((last - first).days + 1)]


@pytest.fixture(scope="module")
def by_holidays():
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return holidays.country_holidays("CN", years=range(2004, 2028))


def test_every_day_of_2010_to_2026_agrees_with_both_libraries(by_holidays):
    ours = shipped()
    different = [
        day
        for day in days(FIRST, LAST)
        if not (
            ours.is_working(day)
            == chinese_calendar.is_workday(day)
            == by_holidays.is_working_day(day)
        )
    ]
    assert len(days(FIRST, LAST)) == 6209
    assert different == []


def test_the_libraries_differ_from_each_other_on_the_named_days_only(by_holidays):
    different = [
        day
        for day in days(date(2004, 1, 1), LAST)
        if chinese_calendar.is_workday(day) != by_holidays.is_working_day(day)
    ]
    assert different == LIBRARIES_DIFFER_ON
    assert all(day < FIRST for day in different)


def test_for_a_year_without_notice_one_library_refuses_and_the_other_guesses(by_holidays):
    with pytest.raises(NotImplementedError):
        chinese_calendar.is_workday(date(2027, 1, 4))
    guessed = [day for day in days(date(2027, 1, 1), date(2027, 12, 31)) if day in by_holidays]
    assert date(2027, 2, 9) in guessed
    # The pack carries what the law fixes and flags the year instead.
    assert shipped().is_working(date(2027, 2, 9))
    assert not shipped().is_settled(date(2027, 2, 9))


def test_the_days_fixed_by_law_for_2027_are_off(by_holidays):
    fixed = notices_from(rows("years.csv"), rows("arrangements.csv"))[2027].holidays
    assert len(fixed) == 13
    assert all(day in by_holidays for day in fixed)


def test_make_up_days_fall_on_weekends_and_days_off_surround_the_festivals():
    for year, notice in shipped().years.items():
        assert all(day.weekday() >= 5 for day in notice.workdays)
        assert all(abs(day.year - year) <= 1 for day in notice.holidays | notice.workdays)


def test_every_year_has_its_notice_except_the_one_not_announced():
    for row in rows("years.csv"):
        assert (row["announced"] == "yes") == bool(row["notice"]) == bool(row["published"])
        if row["notice"]:
            assert f"〔{int(row['code']) - 1}〕" in row["notice"]
            assert row["published"].startswith(f"{int(row['code']) - 1}-")


def test_the_notice_of_2026_is_known_by_its_number():
    assert shipped().years[2026].notice == "国办发明电〔2025〕7号"


def test_the_notice_of_a_year_reaches_into_the_year_before():
    assert not shipped().is_working(date(2018, 12, 31))
    assert shipped().is_working(date(2018, 12, 29))


def test_the_last_days_of_the_last_announced_year_are_not_settled():
    assert shipped().is_settled(date(2026, 12, 27))
    assert not shipped().is_settled(date(2026, 12, 28))
    assert shipped().is_settled(date(2025, 12, 31))
    assert not shipped().is_settled(date(2009, 12, 31))


def test_a_stretch_is_settled_only_when_every_year_in_it_is():
    with_gap = Calendar({2024: YearNotice(), 2026: YearNotice(), 2027: YearNotice()})
    assert not with_gap.settled_between(date(2024, 5, 1), date(2026, 5, 1))
    assert with_gap.settled_between(date(2026, 5, 1), date(2027, 5, 1))


def test_rank_and_ordinal_are_inverse_over_all_days():
    ours = shipped()
    rank = ours.rank(date(2009, 1, 1).toordinal())
    for day in days(date(2009, 1, 1), date(2029, 12, 31)):
        ordinal = day.toordinal()
        assert ours.rank(ordinal) == rank
        if ours.is_working(day):
            assert ours.ordinal_at(rank) == ordinal
            rank += 1


def test_a_calendar_without_any_notice_counts_mondays_to_fridays():
    empty = Calendar({})
    assert [empty.is_working(date(2026, 11, day)) for day in range(16, 23)] == [True] * 5 + [
        False
    ] * 2
    assert not empty.is_settled(date(2026, 11, 16))


def test_a_day_both_off_and_worked_is_refused():
    day = frozenset({date(2026, 11, 21)})
    with pytest.raises(ValueError, match="2026-11-21"):
        Calendar({2026: YearNotice(holidays=day, workdays=day)})


def test_a_day_off_on_a_weekend_and_a_work_day_on_a_weekday_change_nothing():
    notice = YearNotice(
        holidays=frozenset({date(2026, 11, 21)}), workdays=frozenset({date(2026, 11, 23)})
    )
    calendar = Calendar({2026: notice})
    assert not calendar.is_working(date(2026, 11, 21))
    assert calendar.is_working(date(2026, 11, 23))


YEAR = {"code": "2026", "announced": "yes", "notice": "x"}


@pytest.mark.parametrize(
    "row",
    [
        {"parent": "2026", "off_from": "2026-01-03", "off_to": "2026-01-01", "worked": ""},
        {"parent": "2026", "off_from": "2026-01-01", "off_to": "2026-03-01", "worked": ""},
        {"parent": "2026", "off_from": "2026-02-30", "off_to": "2026-03-01", "worked": ""},
        {"parent": "2026", "off_from": "2026-01-01", "off_to": "", "worked": ""},
        {"parent": "2026", "off_from": "", "off_to": "", "worked": "someday"},
    ],
)
def test_a_mistyped_arrangement_is_refused(row):
    with pytest.raises(ValueError, match=r".+"):
        notices_from([YEAR], [row])


def test_an_arrangement_of_a_missing_year_is_refused():
    row = {"parent": "2025", "off_from": "", "off_to": "", "worked": ""}
    with pytest.raises(KeyError):
        notices_from([YEAR], [row])
