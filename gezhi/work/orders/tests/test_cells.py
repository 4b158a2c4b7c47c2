"""Cells as cities write them: each reads as what was meant, or says what to do."""

from datetime import UTC, datetime

import pytest

from gezhi.kernel.errors import Invalid
from gezhi.work.orders import cells

NOON = datetime(2026, 12, 1, 4, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    "text",
    [
        "2026-12-01 12:00:00", "2026-12-01 12:00", "2026/12/1 12:00", "2026.12.1 12:00",
        "2026年12月1日12时", "2026年12月1日 12时00分", "２０２６－１２－０１　１２：００", "20261201120000",
        "202612011200", "2026-12-01T12:00:00", "2026/12/1 下午12:00", "46357.5", "'2026-12-01 12:00",
        "2026-12-01 12:00:00.000",
    ],
)  # fmt: skip
def test_a_moment_is_read_however_it_is_written(text):
    assert cells.moment(text) == NOON


def test_a_day_without_a_time_ends_at_its_midnight():
    end = datetime(2026, 12, 1, 15, 59, 59, tzinfo=UTC)
    assert [cells.moment(text) for text in ("2026-12-01", "46357", "2026-12-01 24:00")] == [end] * 3


@pytest.mark.parametrize(
    "text", ["12-01 12:00", "下周三", "2026-13-01", "99999", "2026-12-01 25:00"]
)
def test_what_is_no_moment_is_said(text):
    with pytest.raises(Invalid, match="看不懂这个时间"):
        cells.moment(text)


@pytest.mark.parametrize("text", ["", "—", "无", "null", " / "])
def test_a_stroke_says_nothing(text):
    assert cells.moment(text) is None
    assert cells.phone(text) == ""


@pytest.mark.parametrize("text", ["1.38E+10", "1.3812E+10", "1.38e10", "１．３８Ｅ＋１０"])
def test_a_phone_without_its_digits_is_broken_and_one_with_all_of_them_is_not(text):
    with pytest.raises(Invalid, match="已经丢了"):
        cells.phone(text)
    assert cells.phone("1.3812340017E+10") == "13812340017"


@pytest.mark.parametrize(
    ("text", "phone"),
    [("１３８１２３４００１７", "13812340017"), ("'13812340017", "13812340017"),
     ("13812340017.0", "13812340017"), ("138****0017", ""),
     ("13812340017/13812340018", "13812340017"), ("028-85551234", "028-85551234"),
     ("138 1234 0017", "13812340017")],
)  # fmt: skip
def test_a_phone_comes_to_its_one_form(text, phone):
    assert cells.phone(text) == phone


def test_what_is_no_phone_is_said():
    with pytest.raises(Invalid, match="电话不对"):
        cells.phone("12345678")


@pytest.mark.parametrize(
    ("text", "number"),
    [("000123", "000123"), ("'000123", "000123"), ("００１２３", "00123"), ("123.0", "123"),
     (" BJ 2026-17 ", "BJ2026-17"), ("V1.0", "V1.0")],
)  # fmt: skip
def test_a_number_keeps_its_zeros(text, number):
    assert cells.number(text) == number


def test_a_number_of_more_digits_than_a_spreadsheet_keeps_is_broken():
    with pytest.raises(Invalid, match="已经丢了"):
        cells.number("2.02611230000017E+15")


def test_whether_to_keep_something_confidential_is_yes_unless_it_says_no():
    assert [cells.is_yes(text) for text in ("是", "保密", "√", "要求保密姓名")] == [True] * 4
    assert [cells.is_yes(text) for text in ("否", "", "不保密", "0", "无")] == [False] * 5


@pytest.mark.parametrize("text", ["1900-01-01", "9999-12-31 23:59", "1899-12-30 00:00:00"])
def test_a_year_no_order_is_of_is_refused_with_its_reason(text):
    with pytest.raises(Invalid, match="年份不对"):
        cells.moment(text)


def test_a_moment_of_a_spreadsheet_is_looked_at_as_people_read_it():
    read = [cells.moment_read(text) for text in ("46359.7", "46359", "下周三", "")]
    assert read == ["2026-12-03 16:48", "2026-12-03", "下周三", ""]
