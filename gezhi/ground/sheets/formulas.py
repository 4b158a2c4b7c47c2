"""Cells that a spreadsheet would reckon instead of show."""

import re

# "=", and what an edited cell takes for the beginning of a formula; a tab or a return before it too;
# the full-width ones, which some Chinese editions read as their narrow kin.
SIGNS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
_NUMBER = re.compile(r"[+-]?[0-9]+(\.[0-9]+)?")


def begins_formula(text: str) -> bool:
    """Whether a spreadsheet may take the text for a formula."""
    return text.startswith(SIGNS)


def quoted(value: object) -> object:
    """The cell of a CSV as it can leave: text that begins a formula stands behind an apostrophe,
    which a spreadsheet reads as "this is text". A number, signed or not, stays one."""
    if not isinstance(value, str):
        return value
    mark = "'" if begins_formula(value) and not _NUMBER.fullmatch(value) else ""
    # A lone return is quoted by no writer of Python's and would end the row.
    return mark + value.replace("\r\n", "\n").replace("\r", "\n")
