"""Numbers in groups: one way out, every way in."""

import pytest

from gezhi.kernel.digits import case_number, digits, number_in, receipt_code, report_number

NUMBER = "2611230000123"


def test_each_number_has_one_grouping():
    assert report_number(NUMBER) == "261123 0000 123"
    assert case_number("510104202611210000123") == "510104 20261121 0000123"
    assert receipt_code("4821093755261180") == "4821 0937 5526 1180"


def test_what_is_no_such_number_stays_as_it_is():
    assert report_number("12") == "12"
    assert case_number("") == ""


@pytest.mark.parametrize(
    "typed",
    [
        NUMBER,
        "261123 0000 123",
        "2611 2300 00123",
        "261123-0000-123",
        "261123—0000—123",
        " ２６１１２３　００００　１２３ ",
        "受理号：261123 0000 123",
        "受理号 2611230000123",
        "No. 261123.0000.123",
    ],
)
def test_any_grouping_is_taken_back(typed):
    assert number_in(typed) == NUMBER
    assert digits(typed) == NUMBER


@pytest.mark.parametrize("typed", ["", "康宁里3栋", "3 栋 2 单元", "路灯", "١٢٣"])
def test_words_with_digits_in_them_are_words(typed):
    assert number_in(typed) == ""
