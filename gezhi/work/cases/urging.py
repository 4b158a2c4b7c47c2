"""催办 by the clock: before a stage falls due and when it does, once each, never while the unit sleeps."""

from collections.abc import Iterator
from dataclasses import dataclass

from gezhi.ground.codes import queries as codes
from gezhi.ground.jobs.sweeps import Sweep
from gezhi.kernel import clock
from gezhi.kernel.viewer import Viewer
from gezhi.records.units.models import Unit
from gezhi.work.cases import clocks
from gezhi.work.cases.actions import urge_by_clock
from gezhi.work.cases.asides import marked
from gezhi.work.cases.deeds.urge import BEFORE, EXPIRY
from gezhi.work.cases.keys import owner_of
from gezhi.work.cases.models import Case, StageRow, Step
from gezhi.work.cases.rules import Mark, Stage, is_late

# The stages in which a unit has to do something that others wait for.
URGED = (Stage.TAKING, Stage.HANDLING)
_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class _Urge:
    number: str
    district_id: int
    stage_id: int
    at: str

    @property
    def key(self) -> str:
        """The same stage is urged once before and once when it expires, whoever asks again."""
        return f"urge:{self.stage_id}:{self.at}"


def urge_in_time() -> int:
    """Urge whoever is about to be late, or just is; returns how many. One refused case keeps none of
    the others.

    An ordinary case waits for the working hours of its unit, by night and on days off.
    """
    by = Viewer.system("urging")
    with Sweep("urge") as each:
        for urge in _not_urged(list(_waiting()), owner_of(by)):
            with each.one("case", urge.number, urge.district_id):
                urge_by_clock(
                    number=urge.number, by=by, key=urge.key, stage_id=urge.stage_id, at=urge.at
                )
    return each.done


def _waiting() -> Iterator[_Urge]:
    now, share = clock.now(), codes.figure("urge_before_share")
    running = (
        StageRow.objects.filter(stage__in=URGED, ended_at=None)
        .exclude(case__in=Case.objects.filter(marked(Mark.HUNG)).values("pk"))
        .values_list(
            *("pk", "case__number", "district_id", "unit_id", "began_at", "due_at"),
            "case__urgency",
        )
    )
    at_work: dict[int, bool] = {}
    for stage_id, number, district_id, unit_id, began_at, due_at, urgency in running:
        if now < due_at - (due_at - began_at) * share:
            continue
        if urgency in ("", "ordinary"):
            if unit_id not in at_work:
                at_work[unit_id] = clocks.is_at_work(Unit.objects.get(pk=unit_id), now)
            if not at_work[unit_id]:
                continue
        yield _Urge(number, district_id, stage_id, EXPIRY if is_late(due_at, now) else BEFORE)


def _not_urged(urges: list[_Urge], owner: str) -> list[_Urge]:
    """Those not done yet, so that what is late for long costs a look-up."""
    left = []
    for district_id in sorted({urge.district_id for urge in urges}):
        own = [urge for urge in urges if urge.district_id == district_id]
        done = made_before(district_id, owner, [urge.key for urge in own])
        left += [urge for urge in own if urge.key not in done]
    return left


def made_before(district_id: int, owner: str, keys: list[str]) -> set[str]:
    """Those of these keys of one owner that made a step already."""
    done: set[str] = set()
    for first in range(0, len(keys), _AT_ONCE):
        few = keys[first : first + _AT_ONCE]
        rows = Step.objects.filter(district_id=district_id, key_owner=owner, deed_key__in=few)
        done |= set(rows.values_list("deed_key", flat=True))
    return done
