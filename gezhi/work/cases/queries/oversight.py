"""What stands beside a case for whoever oversees it: its supervision, and who could be named; its
whistle, and who was called."""

from dataclasses import dataclass
from datetime import datetime

from gezhi.ground.accounts import queries as accounts
from gezhi.kernel import clock
from gezhi.records.posts import queries as posts
from gezhi.work.cases.assisting import open_calls
from gezhi.work.cases.models import Case, Supervision, Whistle
from gezhi.work.cases.rules import SUPERVISORS, Mark
from gezhi.work.cases.supervising import may_supervise
from gezhi.work.cases.whistling import called_by


@dataclass(frozen=True, slots=True)
class SupervisionLine:
    """One supervision: who supervises, who named them, until when, what became of it."""

    supervisor: str
    began_at: datetime
    began_by: str
    due_at: datetime
    answered_at: datetime | None
    answered_by: str
    ended_at: datetime | None
    ended_by: str

    @property
    def is_late(self) -> bool:
        """Whether the answer came late, or has not come and is late now."""
        return (self.answered_at or self.ended_at or clock.now()) > self.due_at


def supervision(case: Case) -> SupervisionLine | None:
    """The supervision that stands of a case the viewer was shown; None, unasked, without the mark."""
    return last_supervision(case) if Mark.SUPERVISED in case.all_marks else None


def last_supervision(case: Case) -> SupervisionLine | None:
    """The last supervision of a case the viewer was shown, discharged or not."""
    row = Supervision.objects.filter(case=case).order_by("-id").first()
    if row is None:
        return None
    ids = (row.supervisor_id, row.began_by, row.answered_by, row.ended_by)
    names = accounts.names({one for one in ids if one})
    return SupervisionLine(
        supervisor=names.get(row.supervisor_id, ""),
        began_at=row.began_at,
        began_by=names.get(row.began_by or 0, ""),
        due_at=row.due_at,
        answered_at=row.answered_at,
        answered_by=names.get(row.answered_by or 0, ""),
        ended_at=row.ended_at,
        ended_by=names.get(row.ended_by or 0, ""),
    )


def possible_supervisors(case: Case) -> list[tuple[str, str]]:
    """Who can be named to supervise this case: id and name, each once."""
    found = {
        user.pk: user.name
        for role in sorted(SUPERVISORS)
        for user in posts.users_with(case.district_id, role)
    }
    return [(str(pk), name) for pk, name in found.items() if may_supervise(case, pk)]


@dataclass(frozen=True, slots=True)
class CallLine:
    """One unit a whistle called: until when, whether and when it came, why not, how it was scored."""

    unit_id: int
    unit_name: str
    due_at: datetime
    arrived_at: datetime | None
    absence: str
    score: int | None

    @property
    def is_absent(self) -> bool:
        """Whether it did not come, with or without a reason."""
        return self.arrived_at is None and (bool(self.absence) or clock.now() > self.due_at)

    @property
    def is_late(self) -> bool:
        """Whether it came after the moment."""
        return self.arrived_at is not None and self.arrived_at > self.due_at


@dataclass(frozen=True, slots=True)
class WhistleLine:
    """One whistle: its kind, who blew it, by when the units were to be there, and how they came."""

    kind: str
    blown_at: datetime
    blown_by: str
    due_at: datetime
    ended_at: datetime | None
    ended_by: str
    calls: list[CallLine]


def whistle_of(case: Case) -> WhistleLine | None:
    """The whistle that stands of a case the viewer was shown; None, unasked, without the mark."""
    return last_whistle(case) if Mark.WHISTLED in case.all_marks else None


def last_whistle(case: Case) -> WhistleLine | None:
    """The last whistle of a case the viewer was shown, scored or not."""
    row = Whistle.objects.filter(case=case).order_by("-id").first()
    if row is None:
        return None
    names = accounts.names({one for one in (row.blown_by, row.ended_by) if one})
    return WhistleLine(
        kind=row.kind,
        blown_at=row.blown_at,
        blown_by=names.get(row.blown_by or 0, ""),
        due_at=row.due_at,
        ended_at=row.ended_at,
        ended_by=names.get(row.ended_by or 0, ""),
        calls=[
            CallLine(
                unit_id=call.unit_id,
                unit_name=call.unit.name,
                due_at=call.due_at,
                arrived_at=call.finished_at,
                absence=call.absence,
                score=call.score,
            )
            for call in called_by(row)
        ],
    )


def outstanding_calls(case: Case) -> list[tuple[int, str]]:
    """The called units that are not there yet: id and name."""
    rows = open_calls().filter(case=case, finished_at=None).order_by("id")
    return list(rows.values_list("unit_id", "unit__name"))
