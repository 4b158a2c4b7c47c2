"""协办 beside a case: who has not answered yet, and whom the lead must wait for."""

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from gezhi.kernel.errors import Conflict, Refusal
from gezhi.kernel.viewer import Seat, Viewer
from gezhi.work.cases.asides import Aside, register
from gezhi.work.cases.models import Assignment, Case
from gezhi.work.cases.rules import Mark, State

# While somebody has the case in hand whom an assist helps.
ASSISTED = frozenset({State.DISPATCHED, State.HANDLING, State.CHECKING})


def unanswered_assists() -> QuerySet[Assignment]:
    """Assists nobody has answered and nothing has ended; for a query to narrow."""
    return Assignment.objects.filter(part="assist", finished_at=None, ended_at=None)


def open_calls() -> QuerySet[Assignment]:
    """Units called to a place that nothing has ended: there already or not; for a query to narrow."""
    return Assignment.objects.filter(part="called", ended_at=None)


def awaited_assists(case: Case) -> list[str]:
    """The names of the units the lead must wait for; [] for a case nobody assists, unasked."""
    if Mark.ASSISTED not in case.all_marks:
        return []
    rows = unanswered_assists().filter(case=case, awaited=True).order_by("due_at", "id")
    return list(rows.values_list("unit__name", flat=True))


def waits_for_assists(case: Case, by: Viewer, seat: Seat | None) -> Refusal | None:
    """Why a lead may not finish yet; None where it waits for nobody."""
    names = awaited_assists(case)
    if not names:
        return None
    said = "、".join(names)
    return Conflict(_("还要等：%(units)s的协办答复") % {"units": said}, code="awaited")


def is_not_assisted(case: Case) -> bool:
    """By its mark: for the button of the deed that answers."""
    return Mark.ASSISTED not in case.all_marks


def _is_assisted(case: Case) -> bool:
    return unanswered_assists().filter(case=case).exists()


# The deeds that take a case elsewhere end its assignments themselves.
AIDED = register(
    Aside(
        Mark.ASSISTED,
        _is_assisted,
        settle=lambda doing: None if _is_assisted(doing.case) else doing.unmark(Mark.ASSISTED),
    )
)
