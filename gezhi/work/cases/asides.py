"""What stands beside a case without being a state of it: 挂账, 延期, 督办, 吹哨, 退单争议, 申诉….

Each kind is rows of its own and a mark 标记 on the case, written by the same step as the rows, so that
lists are narrowed and tagged without looking at the rows. A kind registers here how its mark is
counted again from the rows (invariants do), and what becomes of its rows when a step takes the case
elsewhere.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Q

from gezhi.work.cases.rules import Mark

if TYPE_CHECKING:
    from gezhi.work.cases.doing import Doing
    from gezhi.work.cases.models import Case


@dataclass(frozen=True, slots=True)
class Aside:
    """One kind of rows beside a case."""

    mark: Mark
    # Whether the rows say that the case has the mark.
    holds: "Callable[[Case], bool]"
    # Asked at every step of a case that has the mark, before the step is written: ends rows that
    # mean nothing any more where the case goes, and takes the mark off.
    settle: "Callable[[Doing], None] | None" = None


ASIDES: dict[Mark, Aside] = {}


def register(aside: Aside) -> Aside:
    """Take a kind in; called once by the file that keeps its rows."""
    if aside.mark in ASIDES:
        raise ValueError(f"{aside.mark} is registered twice")
    ASIDES[aside.mark] = aside
    return aside


def settle(doing: "Doing") -> None:
    """Have every kind the case is marked with see to its rows before the step is written."""
    for mark in sorted(doing.case.all_marks):
        ending = ASIDES[mark].settle
        if ending is not None:
            ending(doing)


def written(marks: Iterable[Mark]) -> str:
    """Marks as the column keeps them: in order, a blank on each side of every word."""
    words = sorted(set(marks))
    return f" {' '.join(words)} " if words else ""


def marked(mark: Mark) -> Q:
    """Cases that have the mark."""
    return Q(marks__contains=f" {mark} ")


def real(through: str = "") -> Q:
    """Cases that really happened, none of a drill: every figure narrows by it. `through` leads from
    the row to its case ("case__")."""
    return ~Q(**{f"{through}marks__contains": f" {Mark.DRILL} "})
