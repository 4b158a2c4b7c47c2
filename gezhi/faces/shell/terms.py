"""Codes of the packs in words: what one is called, and all of a dictionary to choose from."""

from gezhi.ground.codes import queries as codes


def label(dictionary: str, code: str) -> str:
    """The name of a code in the packs in force, the code itself when nobody names it."""
    row = codes.term(dictionary, code) if code else None
    return row.label if row else code


def choices(dictionary: str) -> list[tuple[str, str]]:
    """The rows of a dictionary as choices of a form."""
    return [(row.code, row.label) for row in codes.terms(dictionary)]
