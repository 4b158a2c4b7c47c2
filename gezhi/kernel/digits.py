"""Long numbers as people read, say and type them: one grouping everywhere, any grouping taken back.

A report number is day and serial ("261123 0000 123"), a case number area, day and serial, a receipt
code comes in fours. Stored, sent and compared they are plain digits.
"""

import re
import unicodedata

REPORT_DIGITS = 13
CASE_DIGITS = 21

# What stands before or between the digits when somebody pastes them with what stood beside.
_BESIDE = re.compile(r"^(?:受理号|案件号|查询码|编号|No\.?)\s*[:：]?\s*", re.IGNORECASE)
_BETWEEN = re.compile(r"[\s\-‐‑‒–—−_.·]+")


def digits(typed: str) -> str:
    """The digits of what was typed, full-width ones too; everything else falls away."""
    plain = unicodedata.normalize("NFKC", typed)
    return "".join(sign for sign in plain if sign.isascii() and sign.isdigit())


def number_in(typed: str) -> str:
    """The plain number when nothing but one number was typed, in any grouping; else ""."""
    plain = _BESIDE.sub("", unicodedata.normalize("NFKC", typed).strip())
    joined = _BETWEEN.sub("", plain)
    return joined if joined.isascii() and joined.isdigit() else ""


def report_number(number: str) -> str:
    """A report number in groups: "261123 0000 123"; other lengths stay as they are."""
    if len(number) != REPORT_DIGITS:
        return number
    return f"{number[:6]} {number[6:10]} {number[10:]}"


def case_number(number: str) -> str:
    """A case number in groups: "510104 20261121 0000123"; other lengths stay as they are."""
    if len(number) != CASE_DIGITS:
        return number
    return f"{number[:6]} {number[6:14]} {number[14:]}"


def receipt_code(code: str) -> str:
    """A receipt code in fours: "4821 0937 5526 1180"."""
    return " ".join(code[at : at + 4] for at in range(0, len(code), 4))
