"""The indicators of the pack in force, and the five of the leader's page."""

from gezhi.ground.codes import queries as codes
from gezhi.ground.codes.queries import TermRow
from gezhi.ground.codes.rules import RowOfTerm
from gezhi.insight.figures.formulas import Indicator, indicator

DICTIONARY = "indicators"
FIVE = "five_figures"


def read(row: RowOfTerm | TermRow) -> Indicator:
    """The indicator of a row; refuses (Invalid) what cannot be counted."""
    name = row.label if isinstance(row, TermRow) else row.name
    return indicator(row.code, name, row.data)


def indicators(pack_id: int | None = None) -> tuple[Indicator, ...]:
    """All of a version of the pack, in its order; of the one in force without an id."""
    return tuple(read(row) for row in codes.terms(DICTIONARY, pack_id=pack_id))


def find(code: str) -> Indicator | None:
    """The indicator of this code in force; None of no such."""
    row = codes.term(DICTIONARY, code)
    return read(row) if row else None


def five() -> tuple[Indicator, ...]:
    """Those that stand first, in the order of the pack."""
    known = {one.code: one for one in indicators()}
    rows = codes.terms(FIVE)
    return tuple(known[row.parent_code] for row in rows if row.parent_code in known)
