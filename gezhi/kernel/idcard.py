"""Citizen identity numbers 公民身份号码 (GB 11643-1999), with the older 15 digits.

A number is not a key of a person: numbers were issued twice and changed. It proves nothing but
that somebody typed it without a slip.
"""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from gezhi.kernel import clock

_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECKS = "10X98765432"
_FORM = re.compile(r"\d{17}[\dX]")
# Provinces of GB/T 2260, 81–83 for residence permits of Hong Kong, Macau and Taiwan, and the
# numbers of foreign permanent residents since 2023, which begin with 9.
_PROVINCE = re.compile(r"1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5]|71|8[1-3]|9[1-8]")


class Problem(StrEnum):
    """Why a number is not valid; the first that applies."""

    FORM = "form"
    AREA = "area"
    BIRTHDAY = "birthday"
    CHECK = "check"


class Sex(StrEnum):
    """Of the 17th digit: odd is male."""

    MALE = "male"
    FEMALE = "female"


@dataclass(frozen=True, slots=True)
class IdCard:
    """What a valid number says. The area is where it was first issued and may be abolished."""

    number: str
    area: str
    birthday: date
    sex: Sex


def normalized(text: str) -> str:
    """Half-width, upper case, no blanks or hyphens; 15 digits become 18."""
    bare = re.sub(r"[\s-]", "", unicodedata.normalize("NFKC", text)).upper()
    if re.fullmatch(r"\d{15}", bare):
        # The 15-digit numbers left out the century, which was always the twentieth.
        longer = f"{bare[:6]}19{bare[6:]}"
        return longer + check_digit(longer)
    return bare


def check_digit(first: str) -> str:
    """The 18th sign for the first 17 digits, by ISO 7064 MOD 11-2; other input: ValueError."""
    if not re.fullmatch(r"\d{17}", first) or not first.isascii():
        raise ValueError("the check is reckoned over 17 digits")
    total = sum(int(digit) * weight for digit, weight in zip(first, _WEIGHTS, strict=True))
    return _CHECKS[total % 11]


def problem(number: str, today: date | None = None) -> Problem | None:
    """What is wrong with a number in its normal form; None when it is valid.

    A birthday must be a real date, from 1 January 1900 to `today` (the clock's by default).
    """
    if not number.isascii() or not _FORM.fullmatch(number):
        return Problem.FORM
    if not _PROVINCE.match(number):
        return Problem.AREA
    born = _birthday(number)
    if born is None or not date(1900, 1, 1) <= born <= (today or clock.today()):
        return Problem.BIRTHDAY
    return None if check_digit(number[:17]) == number[17] else Problem.CHECK


def is_valid(number: str, today: date | None = None) -> bool:
    """Whether a number in its normal form has no problem."""
    return problem(number, today) is None


def read(number: str, today: date | None = None) -> IdCard:
    """What the number says; refuses (ValueError, without the number) one that is not valid."""
    wrong = problem(number, today)
    born = _birthday(number)
    if wrong is not None or born is None:
        raise ValueError(f"not a valid identity number: {wrong}")
    sex = Sex.MALE if int(number[16]) % 2 else Sex.FEMALE
    return IdCard(number=number, area=number[:6], birthday=born, sex=sex)


def _birthday(number: str) -> date | None:
    try:
        return date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError:
        return None
