"""升级 by the clock: what is late for as long as the rules of the pack allow goes up a level."""

from collections.abc import Iterator
from dataclasses import dataclass

from gezhi.ground.codes import queries as codes
from gezhi.ground.jobs.sweeps import Sweep
from gezhi.kernel import clock, workdays
from gezhi.kernel.viewer import Viewer
from gezhi.records.units import queries as units
from gezhi.work.cases.actions import escalate_by_rule
from gezhi.work.cases.asides import marked
from gezhi.work.cases.deeds.escalate import ESCALATED_FROM
from gezhi.work.cases.keys import owner_of
from gezhi.work.cases.levels import level_of, next_unit, stays_reported
from gezhi.work.cases.models import Case, StageRow
from gezhi.work.cases.rules import Mark, State
from gezhi.work.cases.urging import made_before


@dataclass(frozen=True, slots=True)
class _Late:
    case: Case
    stage_id: int
    rule: str

    @property
    def key(self) -> str:
        """A stage goes up once, however long it stays late."""
        return f"escalate:{self.stage_id}"


def escalate_late() -> int:
    """Hand up every case that is late beyond the rule of its level and urgency; returns how many.

    Where nobody at the next level could take it, it stays. One refused case keeps none of the others.
    """
    by = Viewer.system("escalation")
    late = list(_late())
    done = {
        key
        for district_id in sorted({one.case.district_id for one in late})
        for key in made_before(
            district_id,
            owner_of(by),
            [one.key for one in late if one.case.district_id == district_id],
        )
    }
    with Sweep("escalate") as each:
        for one in late:
            if one.key in done:
                continue
            with each.one("case", one.case.number, one.case.district_id):
                escalate_by_rule(
                    number=one.case.number,
                    by=by,
                    key=one.key,
                    stage_id=one.stage_id,
                    rule=one.rule,
                )
    return each.done


def _late() -> Iterator[_Late]:
    now = clock.now()
    waiting = (
        StageRow.objects.filter(
            ended_at=None, due_at__lt=now, case__state__in=ESCALATED_FROM, case__ended_at=None
        )
        .exclude(case__in=Case.objects.filter(marked(Mark.HUNG)).values("pk"))
        .exclude(case__in=Case.objects.filter(marked(Mark.DISPUTED)).values("pk"))
        .select_related("case__holder__area")
    )
    for stage in waiting:
        case, holder = stage.case, stage.case.holder
        if holder is None:
            continue
        found = codes.escalation(level_of(holder), case.urgency, since=case.reported_at)
        if found is None:
            continue
        rule, limit = found
        due = workdays.due(stage.due_at, limit, codes.calendar(), units.hours_of(holder))
        if due.moment > now:
            continue
        if next_unit(case, holder, stays_reported(State(case.state))) is not None:
            yield _Late(case, stage.pk, rule)
