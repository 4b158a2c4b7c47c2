"""The cases of an emergency: taken in, made major ones that somebody takes whole."""

from django.db import transaction
from django.utils.translation import gettext as _

from gezhi.kernel import clock, rows
from gezhi.kernel.errors import Conflict, Invalid, Unseen
from gezhi.kernel.viewer import Viewer
from gezhi.work.cases import actions as cases
from gezhi.work.cases.keys import derived
from gezhi.work.cases.models import Case
from gezhi.work.emergency import log
from gezhi.work.emergency.actions.holding import commanded, record
from gezhi.work.emergency.models import Emergency, EmergencyCase
from gezhi.work.emergency.queries.reach import cases_of_area, may_take
from gezhi.work.emergency.rules import How, Line


@transaction.atomic
def enlist(*, emergency_id: int, number: str, by: Viewer) -> EmergencyCase:
    """Take an open case of the area into an emergency by hand.

    Refuses (Conflict) a drill, which takes in no real case, and a case that is in one already or has
    ended; (Unseen) a case outside the area or that the viewer does not see.
    """
    row = commanded(emergency_id, by)
    if row.drill:
        raise Conflict(_("演练里不放真的事：真来了，请另外打开应急"), code="drill")
    case = cases_of_area(by, row).filter(number=number).first()
    if case is None:
        raise Unseen("")
    if case.ended_at is not None:
        raise Conflict(_("这件事已经办完，不用再纳入"), code="state")
    return take_in(row, case, How.HAND, by=by)


def take_in(row: Emergency, case: Case, how: How, *, by: Viewer) -> EmergencyCase:
    """Write a case down as one of an emergency and mark it so, in the caller's transaction."""
    found = EmergencyCase(emergency=row, case=case, how=how, since=clock.now())
    if not rows.insert_new(found):
        raise Conflict(_("这件事已经在一次应急里，不用再纳入"), code="state")
    cases.enlist(
        emergency_id=row.pk,
        drill=row.drill,
        number=case.number,
        by=Viewer.system("emergency", row.district_id),
        key=derived("enlist", row.pk, case.pk),
    )
    log.write(row, Line.CASE_IN, by=by, case=case)
    record("enlist", row, by, case=case.pk, how=how.value)
    return found


@transaction.atomic
def name_major(*, emergency_id: int, number: str, user_id: int | None, by: Viewer) -> EmergencyCase:
    """Make a case of the emergency a major one; with a person, who takes it whole from now on.

    Also one that was made confidential since, or that lies elsewhere by now: whoever commands does
    not read it, but an emergency must not stay on over it. The same once more changes nothing.
    Refuses (Unseen) a case that is not of this emergency, (Conflict) one that has ended, (Invalid) a
    person who is not at work in the area.
    """
    row = commanded(emergency_id, by)
    found = _of(row, number)
    if found.case.ended_at is not None:
        raise Conflict(_("这件事已经办完，不用再列为重大事件"), code="state")
    if user_id is not None and not may_take(row, user_id):
        raise Invalid(_("请选一位这片区域里在岗的人"), field="named")
    was_major, before = found.is_major, found.named_id
    if was_major and before == user_id:
        return found
    found.is_major, found.named_id = True, user_id
    found.save(update_fields=["is_major", "named"])
    if not was_major:
        log.write(row, Line.MAJOR, by=by, case=found.case)
    if user_id is not None:
        log.write(row, Line.NAMED, by=by, case=found.case, person_id=user_id)
    record("name_major", row, by, case=found.case_id, named=user_id)
    return found


@transaction.atomic
def drop_major(*, emergency_id: int, number: str, by: Viewer) -> EmergencyCase:
    """A case is a major one no more; it stays one of the emergency. The same once more changes
    nothing. Refuses (Unseen) a case that is not of this emergency."""
    row = commanded(emergency_id, by)
    found = _of(row, number)
    if not found.is_major:
        return found
    found.is_major, found.named_id = False, None
    found.save(update_fields=["is_major", "named"])
    log.write(row, Line.NOT_MAJOR, by=by, case=found.case)
    record("drop_major", row, by, case=found.case_id)
    return found


def _of(row: Emergency, number: str) -> EmergencyCase:
    own = EmergencyCase.objects.select_related("case").filter(emergency=row)
    found = own.filter(case__number=number).first()
    if found is None:
        raise Unseen("")
    return found
