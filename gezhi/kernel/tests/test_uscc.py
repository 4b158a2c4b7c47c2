"""Unified social credit codes of GB 32100."""

import pytest

from gezhi.kernel.uscc import (
    Problem,
    check_sign,
    is_valid,
    normalized,
    organization_check,
    problem,
    read,
)

EXAMPLES = ["91350100M000100Y43", "91440300708461136T", "91330100799655058B"]
ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"


@pytest.mark.parametrize("code", EXAMPLES)
def test_the_known_codes_are_valid(code):
    assert problem(code) is None
    assert check_sign(code[:17]) == code[17]
    assert organization_check(code[8:16]) == code[16]


def test_a_code_is_read():
    parts = read(EXAMPLES[1])
    assert (parts.authority, parts.kind, parts.area, parts.organization) == (
        "9",
        "1",
        "440300",
        "708461136",
    )


@pytest.mark.parametrize("code", EXAMPLES)
def test_every_slip_of_one_sign_is_found(code):
    for place in range(18):
        for sign in ALPHABET:
            if sign != code[place]:
                assert not is_valid(code[:place] + sign + code[place + 1 :])


def test_a_right_check_over_a_wrong_organization_code_is_found():
    wrong = "91440300708461137"
    assert problem(wrong + check_sign(wrong)) is Problem.ORGANIZATION


def test_organization_codes_may_end_in_x_or_nought():
    assert {organization_check(f"{number:08d}") for number in range(200)} == set("0123456789X")


@pytest.mark.parametrize(
    ("code", "wrong"),
    [
        ("", Problem.FORM),
        (EXAMPLES[0][:17], Problem.FORM),
        ("I" + EXAMPLES[0][1:], Problem.FORM),
        (EXAMPLES[0].lower(), Problem.FORM),
        (EXAMPLES[0][:17] + "4", Problem.CHECK),
    ],
)
def test_the_first_problem_is_named(code, wrong):
    assert problem(code) is wrong
    with pytest.raises(ValueError, match=wrong):
        read(code)


def test_a_typed_code_has_one_written_form():
    assert normalized(" 9135 0100-m000100y43 ") == EXAMPLES[0]
    assert normalized("９１３５０１００Ｍ０００１００Ｙ４３") == EXAMPLES[0]


@pytest.mark.parametrize("first", ["", "9" * 16, "9" * 18, "O" * 17])
def test_the_check_is_reckoned_over_seventeen_signs_only(first):
    with pytest.raises(ValueError, match="17"):
        check_sign(first)


def test_the_inner_check_is_reckoned_over_eight_signs_only():
    with pytest.raises(ValueError, match="8"):
        organization_check("123")
