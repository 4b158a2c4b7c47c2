"""叫队伍: each line of the plan's crew is called, one person after the other until somebody answers."""

from typing import Final

from gezhi.ground.codes import queries as codes
from gezhi.kernel import clock
from gezhi.kernel.rights import Right, roles_with
from gezhi.kernel.viewer import Viewer
from gezhi.records.posts import actions as calls
from gezhi.records.posts import calling, page_queries, professions, rota_queries
from gezhi.records.posts import queries as posts
from gezhi.records.posts.calling import Callee
from gezhi.records.posts.page_table import Outcome, PageLevel
from gezhi.records.units import queries as units
from gezhi.work.emergency import log, plans
from gezhi.work.emergency.models import CrewCall, Emergency
from gezhi.work.emergency.rules import Line

SUBJECT: Final = "crew_call"
_OF_CENTRE: Final = {
    "supervisor": (PageLevel.CHIEF, Right.BE_CALLED_AS_CHIEF),
    "leader": (PageLevel.LEADER, Right.BE_CALLED_LAST),
}


def call_all(emergency: Emergency, *, by: Viewer) -> None:
    """Begin every line of the plan's crew, in the order of the plan and in the caller's transaction."""
    for line in plans.crew(emergency.plan_code, emergency.pack_id):
        row = CrewCall(emergency=emergency, rank=line.rank, who=line.who, name=line.name)
        row.save(force_insert=True)
        call_next(row, by=by)


def call_next(row: CrewCall, *, by: Viewer) -> bool:
    """Call whoever is next in a line; False, and a line of the log, where nobody is left."""
    emergency = row.emergency
    pages = page_queries.pages_of(SUBJECT, row.pk, row.pk)
    line = _line_of(row, without=emergency.on_by)
    if not line:
        return False
    called = [Callee(page.level, page.unit_id, page.user_id) for page in pages]
    following = calling.after(called, line)
    for rank, callee in enumerate(following, start=len(pages)):
        calls.call(
            callee,
            subject_kind=SUBJECT,
            subject_id=row.pk,
            subject_number="",
            round=row.pk,
            rank=rank,
            kind="emergency_drill_call" if emergency.drill else "emergency_call",
            district_id=emergency.district_id,
            by=by,
        )
        if callee.user_id is not None:
            log.write(emergency, Line.CALL, by=by, person_id=callee.user_id, words=row.name)
    if any(callee.user_id is not None for callee in following):
        return True
    log.write(emergency, Line.NOBODY, by=by, words=row.name)
    calls.settle(SUBJECT, row.pk, by=Viewer.system("emergency", emergency.district_id))
    return False


def go_on(row: CrewCall) -> None:
    """The next of a line, where whoever was called last had the time to answer and did not."""
    pages = page_queries.pages_of(SUBJECT, row.pk, row.pk)
    last = pages[-1] if pages else None
    if last is None or last.outcome != Outcome.WAITING:
        return
    if not calling.is_silent(last.called_at, clock.now(), codes.figure("page_minutes")):
        return
    by = Viewer.system("emergency", row.emergency.district_id)
    calls.mark_silent(last, by=by)
    log.write(row.emergency, Line.SILENT, by=by, person_id=last.user_id, words=row.name)
    call_next(row, by=by)


def _line_of(row: CrewCall, *, without: int) -> list[Callee]:
    """Everybody of a line in order, whoever is on duty first; empty where that is only whoever
    switched it on, who knows already."""
    emergency = row.emergency
    centre = units.centre_of(emergency.district_id, emergency.street_id)
    if row.who in _OF_CENTRE:
        level, right = _OF_CENTRE[row.who]
        found = [(centre.pk, user) for user in posts.users_in(centre.pk, roles_with(right))]
    else:
        level = PageLevel.UNIT
        found = professions.people_of(
            row.who, street_id=emergency.street_id, community_id=emergency.community_id
        )
    awake = {user for user, _unit in rota_queries.on_duty_people([user.pk for _, user in found])}
    found.sort(key=lambda one: one[1].pk not in awake)
    if not found:
        return [Callee(level, centre.pk, None)]
    return [Callee(level, unit, user.pk) for unit, user in found if user.pk != without]
