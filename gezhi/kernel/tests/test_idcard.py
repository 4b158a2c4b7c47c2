"""Identity numbers of GB 11643."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gezhi.kernel import clock
from gezhi.kernel.idcard import Problem, Sex, check_digit, is_valid, normalized, problem, read

TODAY = date(2026, 11, 21)
# The two examples of the standard's annex.
EXAMPLES = ["11010519491231002X", "440524188001010014"]


def numbered(first: str) -> str:
    return first + check_digit(first)


@pytest.mark.parametrize("number", EXAMPLES)
def test_the_check_digits_of_the_standard_are_found(number):
    assert check_digit(number[:17]) == number[17]


def test_an_example_is_read():
    card = read(EXAMPLES[0], TODAY)
    assert (card.area, card.birthday, card.sex) == ("110105", date(1949, 12, 31), Sex.FEMALE)
    assert read(numbered("51010420000229123"), TODAY).sex is Sex.MALE


def test_every_slip_of_one_digit_and_every_swap_of_neighbours_is_found():
    number = EXAMPLES[0]
    for place in range(17):
        for digit in "0123456789":
            if digit != number[place]:
                assert not is_valid(number[:place] + digit + number[place + 1 :], TODAY)
    for place in range(16):
        if number[place] != number[place + 1]:
            swapped = number[:place] + number[place + 1] + number[place] + number[place + 2 :]
            assert not is_valid(swapped, TODAY)


@pytest.mark.parametrize(
    ("number", "wrong"),
    [
        ("", Problem.FORM),
        ("11010519491231002", Problem.FORM),
        ("11010519491231002x", Problem.FORM),
        ("1101051949123100２X", Problem.FORM),
        ("110105194912310029", Problem.CHECK),
        (numbered("00010519491231002"), Problem.AREA),
        (numbered("11010519490230002"), Problem.BIRTHDAY),
        (numbered("11010520270101002"), Problem.BIRTHDAY),
        (numbered("11010518991231002"), Problem.BIRTHDAY),
    ],
)
def test_the_first_problem_is_named(number, wrong):
    assert problem(number, TODAY) is wrong


def test_the_standards_example_of_1880_is_older_than_anybody_alive():
    assert problem(EXAMPLES[1], TODAY) is Problem.BIRTHDAY


def test_who_is_born_today_is_born():
    assert is_valid(numbered("51010420261121001"), TODAY)


def test_today_is_the_clocks():
    number = numbered("51010420261121001")
    with clock.moved_to(datetime(2026, 11, 20, 12, tzinfo=UTC)):
        assert not is_valid(number)
    with clock.moved_to(datetime(2026, 11, 20, 17, tzinfo=UTC)):
        assert is_valid(number)


@pytest.mark.parametrize("area", ["810000", "820000", "830000", "710000", "911156"])
def test_residence_permits_and_foreign_residents_are_taken(area):
    assert is_valid(numbered(f"{area}19900101001"), TODAY)


def test_fifteen_digits_become_eighteen():
    assert normalized("110105491231002") == EXAMPLES[0]


@pytest.mark.parametrize(
    "typed",
    ["11010519491231002x", " 110105 19491231 002X ", "１１０１０５１９４９１２３１００２Ｘ"],
)
def test_a_typed_number_has_one_written_form(typed):
    assert normalized(typed) == EXAMPLES[0]


def test_the_message_of_a_refusal_does_not_repeat_the_number():
    with pytest.raises(ValueError, match="check") as caught:
        read("110105194912310029", TODAY)
    assert "1949" not in str(caught.value)


@pytest.mark.parametrize("first", ["", "1", "1" * 18, "1" * 16 + "X", "１" * 17])
def test_the_check_is_reckoned_over_seventeen_digits_only(first):
    with pytest.raises(ValueError, match="17"):
        check_digit(first)


@given(
    area=st.sampled_from(["110105", "510104", "650105"]),
    born=st.dates(date(1900, 1, 1), TODAY),
    serial=st.integers(0, 999),
)
def test_every_number_made_by_the_rule_is_valid_and_read_back(area, born, serial):
    card = read(numbered(f"{area}{born:%Y%m%d}{serial:03d}"), TODAY)
    assert (card.area, card.birthday) == (area, born)
    assert (card.sex is Sex.MALE) == bool(serial % 2)
