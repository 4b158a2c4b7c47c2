"""预案 as the pack holds them: what is asked of grids, which classes, how many minutes, which crew."""

from collections.abc import Sequence
from dataclasses import dataclass

from gezhi.ground.codes import queries as codes
from gezhi.ground.codes.queries import TermRow
from gezhi.kernel.workdays import Limit, LimitUnit


@dataclass(frozen=True, slots=True)
class Plan:
    """One plan: its code, what it is called, what is asked of every grid."""

    code: str
    name: str
    asks: str


def plans() -> list[Plan]:
    """The plans of the pack in force."""
    return [_plan(row) for row in codes.terms("plans")]


def plan(code: str, pack_id: int | None = None) -> Plan | None:
    """One plan as its version says it, or as the one in force does; None for an unknown code."""
    row = codes.term("plans", code, pack_id=pack_id)
    return _plan(row) if row is not None else None


def _plan(row: TermRow) -> Plan:
    return Plan(row.code, row.label, str(row.data.get("asks", "")))


def classes(code: str, pack_id: int | None = None) -> list[str]:
    """The codes of the classes a plan is about, in its order."""
    return [str(row.data["class"]) for row in _rows("plan_classes", code, pack_id)]


def limit(code: str, stage: str, pack_id: int | None = None) -> Limit | None:
    """How long a stage may take in a plan, by day and night; None where the plan does not say."""
    for row in _rows("plan_limits", code, pack_id):
        if row.data["stage"] == stage:
            return Limit(float(row.data["minutes"]) / 60, LimitUnit.URGENT_HOURS)
    return None


@dataclass(frozen=True, slots=True)
class Crew:
    """One line of a plan's crew: `who` is a role of the centre or a profession."""

    rank: int
    who: str
    name: str


def crew(code: str, pack_id: int | None = None) -> list[Crew]:
    """Whom a plan calls, in its order."""
    rows = _rows("plan_crew", code, pack_id)
    return [Crew(rank, str(row.data["who"]), row.name) for rank, row in enumerate(rows, start=1)]


def _rows(dictionary: str, code: str, pack_id: int | None) -> Sequence[TermRow]:
    return [row for row in codes.terms(dictionary, pack_id=pack_id) if row.parent_code == code]
