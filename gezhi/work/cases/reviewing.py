"""Hung cases whose day has come: the supervisor and the unit are told, once a working day each."""

from datetime import datetime, time, timedelta

from gezhi.ground.accounts.models import User
from gezhi.ground.codes import queries as codes
from gezhi.ground.jobs.sweeps import Sweep
from gezhi.ground.notices import actions as notices
from gezhi.kernel import clock
from gezhi.kernel.rights import Right, roles_with
from gezhi.records.posts import queries as posts
from gezhi.records.units import queries as units
from gezhi.work.cases.announcing import may_know
from gezhi.work.cases.asides import marked
from gezhi.work.cases.models import Case
from gezhi.work.cases.rules import UNIT_STAFF, Mark, is_late


def remind() -> int:
    """Tell of every hung case that is to be looked at today or was to be before; returns how many.

    Nobody is told on a day on which nobody works. Run again the same day it tells nobody twice; one
    case that cannot be told keeps none of the others.
    """
    today = clock.today()
    if not codes.calendar().is_working(today):
        return 0
    tomorrow = datetime.combine(today + timedelta(days=1), time.min, clock.SHANGHAI)
    waiting = Case.objects.filter(marked(Mark.HUNG), ended_at=None, due_at__lt=tomorrow)
    with Sweep("remind") as each:
        for case in waiting.select_related("holder").order_by("due_at", "id"):
            with each.one("case", case.number, case.district_id):
                _tell(case)
    return each.done


def _tell(case: Case) -> None:
    kind = (
        "hang_late" if case.due_at is not None and is_late(case.due_at, clock.now()) else "hang_due"
    )
    for user in _looking(case):
        if may_know(case, user):
            notices.notify_user(
                user_id=user.pk,
                kind=kind,
                subject_kind="case",
                subject_id=case.pk,
                subject_number=case.number,
                key=f"review:{case.pk}:{clock.today().isoformat()}:{user.pk}",
                district_id=case.district_id,
            )


def _looking(case: Case) -> list[User]:
    centre = units.centre_of(case.district_id, case.street_id)
    found = posts.users_in(centre.pk, roles_with(Right.APPROVE_HANG))
    return found + (posts.users_in(case.holder_id, UNIT_STAFF) if case.holder_id else [])
