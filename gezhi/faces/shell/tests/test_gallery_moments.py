"""Dates and spans as people say them."""

from datetime import datetime, timedelta

import pytest
from django.utils import translation

from gezhi.faces.shell import deadlines, marks, moments
from gezhi.kernel import clock

NOON = datetime(2026, 11, 21, 12, 0, tzinfo=clock.SHANGHAI)


@pytest.fixture(autouse=True)
def noon() -> object:
    with clock.moved_to(NOON):
        yield


@pytest.mark.parametrize(
    ("moment", "words"),
    [
        (NOON.replace(hour=15, minute=20), "今天 15:20"),
        (NOON.replace(hour=0), "今天 00:00"),
        (NOON - timedelta(days=1, hours=12), "昨天 00:00"),
        (NOON + timedelta(hours=12), "明天 00:00"),
        (NOON + timedelta(days=4, hours=5), "11 月 25 日 17:00"),
        (NOON - timedelta(days=2), "11 月 19 日 12:00"),
        (NOON.replace(year=2025, month=3, day=2), "2025 年 3 月 2 日 12:00"),
    ],
)
def test_a_moment_is_said_as_neighbors_say_it(moment: datetime, words: str) -> None:
    assert moments.spoken(moment) == words


@pytest.mark.parametrize(
    ("moment", "words"),
    [
        (NOON + timedelta(hours=12), "今天 24:00"),
        (NOON + timedelta(hours=36), "明天 24:00"),
        (NOON.replace(month=12, day=2, hour=0), "12 月 1 日 24:00"),
        (NOON.replace(year=2027, month=1, day=1, hour=0), "12 月 31 日 24:00"),
        (NOON.replace(hour=15, minute=20), "今天 15:20"),
    ],
)
def test_a_limit_that_ends_at_midnight_ends_with_its_day(moment: datetime, words: str) -> None:
    assert moments.until(moment) == words
    assert deadlines.words_for("reported", moment) == f"{words} 前受理"


def test_the_day_is_counted_in_china_not_in_greenwich() -> None:
    # 2026-11-21 17:00 UTC is already one in the morning of the 22nd in China.
    late = datetime.fromisoformat("2026-11-21T17:00:00+00:00")
    assert moments.spoken(late) == "明天 01:00"


def test_a_naive_moment_is_refused() -> None:
    with pytest.raises(ValueError, match="aware"):
        moments.spoken(datetime(2026, 11, 21, 12))


@pytest.mark.parametrize(
    ("length", "words"),
    [
        (timedelta(seconds=59), "不到 1 分钟"),
        (timedelta(minutes=25), "25 分钟"),
        (timedelta(hours=1, minutes=29), "1 小时 29 分钟"),
        (timedelta(hours=3, minutes=59), "3 小时"),
        (timedelta(days=1), "1 天"),
        (timedelta(days=2, hours=3, minutes=5), "2 天 3 小时"),
        (timedelta(days=3, hours=23), "3 天"),
        (-timedelta(hours=2), "2 小时"),
    ],
)
def test_a_span_is_said_in_its_two_largest_units(length: timedelta, words: str) -> None:
    assert moments.span(length) == words


def test_time_left_turns_into_time_over_at_the_due_moment() -> None:
    assert moments.remaining(NOON + timedelta(hours=3)) == "还剩 3 小时"
    assert moments.remaining(NOON) == "还剩 不到 1 分钟"
    assert moments.remaining(NOON - timedelta(hours=2)) == "已超 2 小时"


def test_the_exact_moment_is_one_hover_away() -> None:
    drawn = marks.people_time(NOON.replace(second=33))
    assert 'title="2026-11-21 12:00:33 星期六"' in drawn
    assert 'datetime="2026-11-21T12:00:33+08:00"' in drawn
    assert ">今天 12:00<" in drawn
    assert marks.people_time(None) == "—"


def test_words_can_be_had_in_english_without_an_error() -> None:
    with translation.override("en"):
        assert moments.spoken(NOON)
        assert moments.span(timedelta(days=2))
