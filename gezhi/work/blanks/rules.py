"""The number of a blank: as it is stored, printed, scanned and typed. Pure."""

import re

from django.utils.translation import gettext as _

from gezhi.kernel.digits import digits
from gezhi.kernel.errors import Invalid

FORM = "report"
"""The one form there is: a report, filled in by hand."""
MOST = 200
"""The most blanks of one set."""
DIGITS = 9
_SERIALS_A_YEAR = 1_000_000
# What the code on the paper says: which form, and which blank of it.
_BEFORE_A_NUMBER = re.compile(r"\s*([^\W\d_]{2,20})\s*\d{1,4}(?!\d)")
_CODE = re.compile(r"GEZHI:(?P<form>[a-z]+):(?P<number>\d{9})", re.IGNORECASE)


def first_serial(year: int) -> int:
    """The first serial of a year: 26 000 001 of 2026."""
    return (year % 100) * _SERIALS_A_YEAR + 1


def last_serial(year: int) -> int:
    """The last serial of a year."""
    return first_serial(year) + _SERIALS_A_YEAR - 2


def number_of(serial: int) -> str:
    """The nine digits of a serial, the last one a check that catches one wrong digit or two swapped."""
    plain = f"{serial:08d}"
    return plain + _check_digit(plain)


def spoken(serial: int) -> str:
    """As it is printed: "2600 0123 6"."""
    number = number_of(serial)
    return f"{number[:4]} {number[4:8]} {number[8:]}"


def code_of(serial: int, form: str = FORM) -> str:
    """What the QR code says: the form and the number, and nothing a stranger could open."""
    return f"GEZHI:{form}:{number_of(serial)}"


def serial_in(typed: str) -> int:
    """The serial in what was typed or scanned: the number in any grouping, or the text of the code.

    Refuses (Invalid, `serial`) what is no number, and one with a wrong digit.
    """
    found = _CODE.search(typed)
    number = found.group("number") if found else digits(typed)
    if len(number) != DIGITS:
        raise Invalid(
            _("表号是 %(digits)d 位数字，在表的右上角。") % {"digits": DIGITS}, field="serial"
        )
    if _check_digit(number[:-1]) != number[-1]:
        raise Invalid(_("表号有一位不对，请对着纸再看一遍。"), field="serial")
    return int(number[:-1])


def compound_in(place_words: str) -> str:
    """The compound or road a place begins with, before its first number: "均隆小区" of "均隆小区3栋";
    "" where no number follows."""
    found = _BEFORE_A_NUMBER.match(place_words)
    return found.group(1) if found else ""


def _check_digit(plain: str) -> str:
    """Luhn (ISO/IEC 7812-1): one wrong digit and nearly every pair swapped is noticed."""
    total = 0
    for place, sign in enumerate(reversed(plain)):
        value = int(sign) * (2 if place % 2 == 0 else 1)
        total += value - 9 if value > 9 else value
    return str(-total % 10)
