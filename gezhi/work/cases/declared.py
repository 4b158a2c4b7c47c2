"""What every deed of a case says of itself, collected from `deeds/`, a file a deed. Pure.

From here the state table (`rules.TABLE`), the buttons, the words of every page and who is told.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from django.utils.functional import Promise

from gezhi.kernel.errors import Refusal
from gezhi.kernel.viewer import Role, Seat, Viewer
from gezhi.work.cases.rules import TABLE, Deed, Rule, State

if TYPE_CHECKING:
    from gezhi.work.cases.models import Case

# Why this viewer, by this seat, may not do it to this case in a state that allows it; None: they may.
Precondition: TypeAlias = "Callable[[Case, Viewer, Seat | None], Refusal | None]"


@dataclass(frozen=True, slots=True)
class Tells:
    """Who finds a notice of it: people of the unit that holds the case then, its grid, its reporters."""

    unit: tuple[Role, ...] = ()
    grid: bool = False
    reporters: bool = False
    # The unit is told only where the step leads to this state, by a notice of this kind.
    unit_at: State | None = None
    kind: str = ""
    # Steps for one of these reasons are told to the dispatchers of the street centre as well.
    centre_for: tuple[str, ...] = ()
    # What its detail names under this word are units: their people are told, too.
    units_named: str = ""
    # Steps for these reasons are told of by a notice of their own.
    by_reason: tuple[str, ...] = ()
    # What its detail names under this word is a person: they are told, too.
    person_named: str = ""


@dataclass(frozen=True, slots=True)
class Declared:
    """One deed, in one place."""

    deed: Deed
    rule: Rule
    # What staff call it: on its button, in the story, in a refusal.
    word: str | Promise
    # What a reporter and a grid worker read of it; without a sentence they read nothing. `%(unit)s`
    # is who did it, or to whom the case was given.
    to_reporter: str | Promise = ""
    to_worker: str | Promise = ""
    tells: Tells = Tells()
    # Whether anything can have to be told of it at all.
    announced: bool = True
    # Its place among the buttons of a case's page; 0: it is done elsewhere, or by a task.
    place: int = 0
    # A reporter's own word, which no neighbor reads.
    own: bool = False
    # What is said with it is written for the reporter.
    for_reporter: bool = False
    # Why not, beyond state and standing: asked before it is done and before its button is shown.
    refusal: "Precondition | None" = None
    # Its button is not shown though it would be done.
    quiet: "Callable[[Case], bool] | None" = None


DECLARED: dict[Deed, Declared] = {}


def declare(declared: Declared) -> Declared:
    """Take a deed in; called once by its file."""
    if declared.deed in DECLARED:
        raise ValueError(f"{declared.deed} is declared twice")
    DECLARED[declared.deed] = declared
    TABLE[declared.deed] = declared.rule
    return declared
