"""What the clock does in an emergency: takes in cases of the plan's classes, calls on."""

from django.db import transaction

from gezhi.ground.jobs.sweeps import Sweep
from gezhi.kernel.viewer import Viewer
from gezhi.records.posts import page_queries
from gezhi.work.cases.asides import marked
from gezhi.work.cases.models import Case, Step
from gezhi.work.cases.rules import Mark
from gezhi.work.emergency import crew, log, plans
from gezhi.work.emergency.actions.enlisting import take_in
from gezhi.work.emergency.models import CrewCall, Emergency, EmergencyCase, LogLine
from gezhi.work.emergency.rules import How, Line


def watch() -> int:
    """Take in what was reported of each plan's classes since its emergency is on, and call on where
    whoever was called is silent; one refused never keeps the others. Answers how many came in."""
    with Sweep("emergency") as each:
        for row in list(Emergency.objects.filter(off_at=None)):
            for number in _to_take_in(row):
                with each.one("case", number, row.district_id):
                    _take_in(row.pk, number)
    done = each.done
    with Sweep("emergency-crew") as each:
        for crew_id in page_queries.running(crew.SUBJECT):
            with each.one("emergency", str(crew_id)):
                _go_on(crew_id)
    return done


def _to_take_in(row: Emergency) -> list[str]:
    """Numbers of open cases of the plan's classes; a drill takes in no real case."""
    if row.drill:
        return []
    cases = Case.objects.filter(
        district_id=row.district_id,
        street_id=row.street_id,
        ended_at=None,
        reported_at__gte=row.on_at,
        class_code__in=plans.classes(row.plan_code, row.pack_id),
    ).exclude(marked(Mark.EMERGENCY))
    if row.community_id is not None:
        cases = cases.filter(community_id=row.community_id)
    return list(cases.order_by("id").values_list("number", flat=True)[:500])


@transaction.atomic
def _take_in(emergency_id: int, number: str) -> None:
    row = Emergency.objects.select_for_update().get(pk=emergency_id)
    case = Case.objects.get(number=number, district_id=row.district_id)
    if not row.is_on or case.ended_at or EmergencyCase.objects.filter(case=case).exists():
        return
    take_in(row, case, How.CLASS, by=Viewer.system("emergency", row.district_id))


@transaction.atomic
def _go_on(crew_id: int) -> None:
    rows = CrewCall.objects.select_related("emergency").select_for_update(of=("self",))
    crew.go_on(rows.get(pk=crew_id))


def note_end(step_id: int) -> bool:
    """Write the end of a case into the log of its emergency, also after that is over. False where the case is of none, or
    the same end stands there already."""
    step = Step.objects.select_related("case").get(pk=step_id)
    found = EmergencyCase.objects.select_related("emergency").filter(case=step.case).first()
    if found is None:
        return False
    if LogLine.objects.filter(case=step.case, code=Line.CASE_ENDED, number=step.round).exists():
        return False
    doer = Viewer(user_id=step.user_id, district_id=step.district_id)
    log.write(found.emergency, Line.CASE_ENDED, by=doer, case=step.case, number=step.round)
    return True
