"""The assignments of a case to its units, as deeds need them."""

from datetime import datetime

from gezhi.kernel.viewer import Viewer
from gezhi.work.cases.doing import Doing
from gezhi.work.cases.models import Assignment, Case


def open_lead(case: Case) -> Assignment:
    """The assignment of the unit that handles it; refuses (Conflict) a case that lies with none."""
    lead = Assignment.objects.filter(case=case, part="lead", ended_at=None).first()
    if lead is None:
        raise Doing.not_now()
    return lead


def leads(case: Case, unit_id: int) -> bool:
    """Whether the open assignment of the lead is this unit's."""
    return Assignment.objects.filter(
        case=case, unit_id=unit_id, part="lead", ended_at=None
    ).exists()


def note_finished(case: Case, by: Viewer, unit_id: int, now: datetime) -> None:
    """Note who handled it: whoever that is may not check it."""
    case.finished_at = now
    case.finished_by = by.user_id
    case.finished_unit_id = unit_id
    case.check_passed_at = None
    case.checked_by = None
