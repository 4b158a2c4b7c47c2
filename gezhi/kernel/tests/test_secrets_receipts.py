"""The code on a receipt."""

import pytest

from gezhi.kernel.secrets import receipt_code, receipt_matches, rotate

REPORT = 4_503_599_627_370_496


def test_a_code_has_sixteen_digits_and_is_always_the_same(keys):
    code = receipt_code(REPORT)
    assert len(code) == 16
    assert code.isdecimal()
    assert receipt_code(REPORT) == code


def test_codes_of_many_reports_keep_their_leading_zeros_and_differ(keys):
    codes = {receipt_code(REPORT + number) for number in range(2000)}
    assert len(codes) == 2000
    assert {len(code) for code in codes} == {16}
    assert any(code.startswith("0") for code in codes)


def test_a_typed_code_may_hold_blanks_hyphens_and_full_width_digits(keys):
    code = receipt_code(REPORT)
    wide = "".join(chr(ord(digit) + 0xFEE0) for digit in code)
    grouped = " ".join(code[start : start + 4] for start in range(0, 16, 4))
    for typed in (code, grouped, grouped.replace(" ", "-"), f"  {code}\t", wide):
        assert receipt_matches(REPORT, typed)


@pytest.mark.parametrize("typed", ["", "1", "0" * 16, "0" * 17, "not a code"])
def test_anything_else_does_not_match(keys, typed):
    assert not receipt_matches(REPORT, typed)


def test_letters_beside_the_right_digits_do_not_match(keys):
    assert not receipt_matches(REPORT, f"x{receipt_code(REPORT)}")
    assert not receipt_matches(REPORT, receipt_code(REPORT) + "0")


def test_the_code_of_another_report_does_not_match(keys):
    assert not receipt_matches(REPORT, receipt_code(REPORT + 1))


def test_receipts_given_out_before_a_rotation_still_open(keys):
    old = receipt_code(REPORT)
    rotate(keys, "receipt")
    assert receipt_code(REPORT) != old
    assert receipt_matches(REPORT, old)
    assert receipt_matches(REPORT, receipt_code(REPORT))
