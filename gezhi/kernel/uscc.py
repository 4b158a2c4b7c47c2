"""Unified social credit codes 统一社会信用代码 (GB 32100-2015) and the organization code inside
(GB 11714-1997)."""

import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum

_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_VALUES = {sign: value for value, sign in enumerate(_ALPHABET)}
_WEIGHTS = tuple(pow(3, place, 31) for place in range(17))
_INNER_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)
_FORM = re.compile(rf"[{_ALPHABET}]{{2}}\d{{6}}[{_ALPHABET}]{{10}}")


class Problem(StrEnum):
    """Why a code is not valid; the first that applies."""

    FORM = "form"
    CHECK = "check"
    ORGANIZATION = "organization"


@dataclass(frozen=True, slots=True)
class Uscc:
    """The parts of a valid code."""

    code: str
    authority: str
    kind: str
    area: str
    organization: str


def normalized(text: str) -> str:
    """Half-width, upper case, no blanks or hyphens. The letters I O S V Z do not occur and are
    left for `problem` to refuse rather than guessed at."""
    return re.sub(r"[\s-]", "", unicodedata.normalize("NFKC", text)).upper()


def check_sign(first: str) -> str:
    """The 18th sign for the first 17; other input: ValueError."""
    if len(first) != 17 or any(sign not in _VALUES for sign in first):
        raise ValueError("the check is reckoned over 17 signs of the alphabet")
    total = sum(_VALUES[sign] * weight for sign, weight in zip(first, _WEIGHTS, strict=True))
    return _ALPHABET[-total % 31]


def organization_check(first: str) -> str:
    """The 9th sign of an organization code for its first 8 (GB 11714); other input: ValueError."""
    if not re.fullmatch(r"[0-9A-Z]{8}", first):
        raise ValueError("the check of an organization code is reckoned over 8 signs")
    total = sum(int(sign, 36) * weight for sign, weight in zip(first, _INNER_WEIGHTS, strict=True))
    return "0123456789X0"[11 - total % 11]


def problem(code: str) -> Problem | None:
    """What is wrong with a code in its normal form; None when it is valid."""
    if not code.isascii() or not _FORM.fullmatch(code):
        return Problem.FORM
    if check_sign(code[:17]) != code[17]:
        return Problem.CHECK
    if organization_check(code[8:16]) != code[16]:
        return Problem.ORGANIZATION
    return None


def is_valid(code: str) -> bool:
    """Whether a code in its normal form has no problem."""
    return problem(code) is None


def read(code: str) -> Uscc:
    """The parts of the code; refuses (ValueError) one that is not valid."""
    wrong = problem(code)
    if wrong is not None:
        raise ValueError(f"not a valid unified social credit code: {wrong}")
    return Uscc(code=code, authority=code[0], kind=code[1], area=code[2:8], organization=code[8:17])
