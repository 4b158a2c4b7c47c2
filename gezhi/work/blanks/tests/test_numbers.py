"""The number of a blank: read from whatever was typed or scanned, and refused where a digit is wrong."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gezhi.kernel.errors import Invalid
from gezhi.work.blanks.rules import code_of, compound_in, number_of, serial_in, spoken

SERIALS = st.integers(26_000_001, 26_999_999)


@given(SERIALS)
def test_every_way_of_saying_it_is_the_same_blank(serial):
    number = number_of(serial)
    for typed in (number, spoken(serial), code_of(serial), f" {number}\n", _wide(number)):
        assert serial_in(typed) == serial


def _wide(number: str) -> str:
    return "".join(chr(ord(sign) + 0xFEE0) for sign in number)


@given(SERIALS, st.integers(0, 8), st.integers(1, 9))
def test_one_wrong_digit_is_noticed(serial, place, more):
    number = number_of(serial)
    wrong = str((int(number[place]) + more) % 10)
    with pytest.raises(Invalid, match="有一位不对"):
        serial_in(number[:place] + wrong + number[place + 1 :])


@pytest.mark.parametrize("typed", ["", "12345678", "1234567890", "表号", "²³⁴"])
def test_what_is_no_number_says_where_it_stands(typed):
    with pytest.raises(Invalid, match="右上角"):
        serial_in(typed)


def test_a_code_says_form_and_number_and_opens_nothing():
    assert code_of(26_000_001) == f"GEZHI:report:{number_of(26_000_001)}"


@pytest.mark.parametrize(
    ("place", "compound"),
    [
        ("均隆小区3栋2单元", "均隆小区"),
        ("金泉路 8 号旁边", "金泉路"),
        ("水井坊东门口", ""),
        ("3栋2单元", ""),
        ("", ""),
        ("李桂花家13912345678", ""),
    ],
)
def test_the_compound_of_a_place_stands_before_its_first_number(place, compound):
    assert compound_in(place) == compound
