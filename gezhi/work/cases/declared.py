"""What every deed of a case says of itself, collected from `deeds/`, a file a deed. Pure.

From here the state table (`rules.TABLE`), the buttons, the words of every page and who is told.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from gezhi.kernel.errors import Conflict, Refusal
from gezhi.kernel.viewer import Role, Seat, Viewer
from gezhi.work.cases.rules import TABLE, Deed, Mark, Rule, State

if TYPE_CHECKING:
    from gezhi.work.cases.models import Case, Step

# Why this viewer, by this seat, may not do it to this case in a state that allows it; None: they may.
Precondition: TypeAlias = "Callable[[Case, Viewer, Seat | None], Refusal | None]"


@dataclass(frozen=True, slots=True)
class Tells:
    """Who finds a notice of it: people of the unit that holds the case then, of the street centre,
    its grid, its reporters."""

    unit: tuple[Role, ...] = ()
    grid: bool = False
    reporters: bool = False
    # The unit is told only where the step leads to this state, by a notice of this kind.
    unit_at: State | None = None
    kind: str = ""
    # Steps for one of these reasons are told to people of the street centre as well.
    centre_for: tuple[str, ...] = ()
    centre_roles: tuple[Role, ...] = ()
    # What its detail names under this word are units: their people are told, too.
    units_named: str = ""
    # Steps for these reasons are told of by a notice of their own.
    by_reason: tuple[str, ...] = ()
    # What its detail names under this word is a person: they are told, too.
    person_named: str = ""
    # People of the street centre with one of these roles are told.
    centre: tuple[Role, ...] = ()


@dataclass(frozen=True, slots=True)
class Declared:
    """One deed, in one place."""

    deed: Deed
    rule: Rule
    # What staff call it: on its button, in the story, in a refusal.
    word: str | Promise
    # What a reporter and a grid worker read of it; without a sentence they read nothing. `%(unit)s`
    # is who did it, or to whom the case was given; a reporter's may say until `%(when)s` and, of a
    # delay, for which `%(reason)s`.
    to_reporter: str | Promise = ""
    to_worker: str | Promise = ""
    # Steps of it that a reporter reads nothing of, such as a request that was refused.
    untold: "Callable[[Step], bool] | None" = None
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
    # Whether it is done while the case is hung and its clock stands still.
    while_hung: bool = False
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


def against(declared: Declared, case: "Case", by: Viewer, seat: Seat | None) -> Refusal | None:
    """Why not, beyond state and standing; the deed and its button both ask here."""
    if Mark.HUNG in case.all_marks and not declared.while_hung:
        return Conflict(
            _("这件事挂账中，先恢复办理再%(deed)s") % {"deed": declared.word}, code="hung"
        )
    return declared.refusal(case, by, seat) if declared.refusal is not None else None
