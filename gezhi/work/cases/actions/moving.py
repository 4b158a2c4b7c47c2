"""What keeps a case from sinking when people and units go: hand over, lift, recompute."""

from django.db import transaction
from django.utils.translation import gettext as _

from gezhi.kernel.errors import Conflict
from gezhi.kernel.viewer import Viewer
from gezhi.records.units.models import Unit
from gezhi.work.cases import clocks
from gezhi.work.cases.doing import Doing, begin
from gezhi.work.cases.models import Assignment, Step
from gezhi.work.cases.rules import Deed, State, stage_of


@transaction.atomic
def hand_over(*, number: str, from_unit: Unit, to_unit: Unit, by: Viewer, key: str) -> Step:
    """交接: everything the case has to do with one unit goes to another; due times stay.

    Called by `handover.close_unit` only, in its name.
    """
    doing = begin(
        Deed.HAND_OVER,
        number=number,
        by=by,
        key=key,
        content={"from": from_unit.pk, "to": to_unit.pk},
    )
    if doing.answered:
        return doing.answered
    _move_unit(doing, from_unit, to_unit)
    return doing.finish(detail={"from": from_unit.pk, "to": to_unit.pk})


@transaction.atomic
def lift(*, number: str, by: Viewer, key: str) -> Step:
    """上提: the holder has nobody appointed; its parent takes the case, the due time stays.

    Refuses (Conflict) at the top: there the administrator is told instead.
    """
    doing = begin(Deed.LIFT, number=number, by=by, key=key, content={})
    if doing.answered:
        return doing.answered
    holder = doing.holder
    parent = holder.parent
    while parent is not None and not parent.is_open:
        parent = parent.successor or parent.parent
    if parent is None or parent.pk == holder.pk:
        raise Conflict(_("已经是最上一级单位，无处可上提"), code="top")
    _move_unit(doing, holder, parent)
    return doing.finish(detail={"from": holder.pk, "to": parent.pk})


def _move_unit(doing: Doing, from_unit: Unit, to_unit: Unit) -> None:
    case = doing.case
    for sending in Assignment.objects.filter(case=case, unit=from_unit, ended_at=None):
        doing.seals.change(sending, ended_at=doing.now)
        taken = Assignment.objects.filter(case=case, unit=to_unit, ended_at=None)
        if sending.part == "assist" and taken.exists():
            continue
        for assisting in taken.filter(part="assist"):
            doing.seals.change(assisting, ended_at=doing.now)
        again = Assignment(
            district_id=case.district_id,
            case=case,
            unit=to_unit,
            part=sending.part,
            round=sending.round,
            sent_at=doing.now,
            sent_by=doing.by.user_id,
            due_at=sending.due_at,
            taken_at=sending.taken_at,
            finished_at=sending.finished_at,
            reworked=sending.reworked,
        )
        doing.seals.insert(again)
    if case.finished_unit_id == from_unit.pk and case.state == State.CHECKING:
        # Rework would go to the successor; the finisher stays the person who did it.
        case.finished_unit_id = to_unit.pk
    if case.holder_id == from_unit.pk:
        doing.move(State(case.state), to_unit, restart=False)


@transaction.atomic
def recompute(*, number: str, by: Viewer, key: str) -> Step | None:
    """A provisional due time computed anew when the year's notice has been imported.

    Returns None when nothing changed. Urgent and copied due times are never provisional.
    """
    doing = begin(Deed.RECOMPUTE, number=number, by=by, key=key, content={})
    if doing.answered:
        return doing.answered
    case = doing.case
    running = case.stages.filter(ended_at=None).first()
    stage = stage_of(State(case.state), case.check_passed)
    if running is None or stage is None or not case.due_provisional:
        return None
    due = clocks.due_of_case(stage, case, doing.holder, running.began_at)
    before = case.due_at
    case.due_at = due.moment
    case.due_provisional = due.provisional
    doing.seals.change(
        running,
        due_at=due.moment,
        provisional=due.provisional,
        calendar_version=due.calendar_version,
    )
    return doing.finish(
        detail={"calendar": due.calendar_version, "moved": before != due.moment},
        announce=False,
    )
