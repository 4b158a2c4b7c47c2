"""Telephone numbers in one written form."""

import pytest

from gezhi.kernel.phones import is_mobile, is_valid, mobiles_in, normalized


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("13812345678", "13812345678"),
        (" 138 1234 5678 ", "13812345678"),
        ("138-1234-5678", "13812345678"),
        ("１３８１２３４５６７８", "13812345678"),
        ("+86 138 1234 5678", "13812345678"),
        ("+86-13812345678", "13812345678"),
        ("008613812345678", "13812345678"),
        ("8613812345678", "13812345678"),
        ("028-85551234", "028-85551234"),
        ("02885551234", "028-85551234"),
        ("(028) 8555 1234", "028-85551234"),
        ("（028）85551234", "028-85551234"),
        ("028—85551234", "028-85551234"),
        ("010-85551234", "010-85551234"),
        ("08335551234", "0833-5551234"),
        ("0755-85551234", "0755-85551234"),
        ("+86 28 8555 1234", "028-85551234"),
        ("028-85551234转801", "028-85551234-801"),
        ("028-85551234 分机 801", "028-85551234-801"),
        ("028-85551234-801", "028-85551234-801"),
    ],
)
def test_a_number_has_one_written_form(typed, number):
    assert normalized(typed) == number
    assert normalized(number) == number
    assert is_valid(number)


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "1",
        "12345",
        "1381234567",
        "138123456789",
        "12812345678",
        "85551234",
        "028-1234567",
        "028-855512345",
        "0138-1234567",
        "abc",
        "1381234567a",
        "+1 202 555 0100",
        "١٣٨١٢٣٤٥٦٧٨",
    ],
)
def test_what_is_no_number_stays_invalid(typed):
    assert not is_valid(normalized(typed))


def test_only_a_mobile_number_takes_messages():
    assert is_mobile("13812345678")
    assert not is_mobile("028-85551234")


def test_mobiles_are_found_inside_a_sentence_and_pieces_of_longer_numbers_are_not():
    words = "打１３８１２３４５６７８或139-1234-5678；座机028-85551234，编号2611138123456780001"
    assert mobiles_in(words) == ["13812345678", "13912345678"]
