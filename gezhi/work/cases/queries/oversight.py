"""What stands beside a case for whoever oversees it: its supervision, and who could be named."""

from dataclasses import dataclass
from datetime import datetime

from gezhi.ground.accounts import queries as accounts
from gezhi.kernel import clock
from gezhi.records.posts import queries as posts
from gezhi.work.cases.models import Case, Supervision
from gezhi.work.cases.rules import SUPERVISORS, Mark
from gezhi.work.cases.supervising import may_supervise


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
