"""What a case was delayed by: its hangs, its extensions, and how much more may be asked for."""

from dataclasses import dataclass
from datetime import datetime

from gezhi.kernel.workdays import Limit
from gezhi.work.cases import extending
from gezhi.work.cases.models import Case, Extension, Hang
from gezhi.work.cases.queries.detail import CasePage
from gezhi.work.cases.rules import Deed


@dataclass(frozen=True, slots=True)
class MoreTime:
    """What an extension is asked with: the limit it lengthens, by how much at most, how often before."""

    limit: Limit
    most: int
    granted: int


def to_extend(case: Case) -> MoreTime | None:
    """For the form that asks for more time; None while nobody handles the case."""
    stage = extending.running(case)
    if stage is None:
        return None
    limit = extending.limit_to_lengthen(case, stage)
    return MoreTime(limit, extending.most_of(limit), extending.granted(case))


@dataclass(frozen=True, slots=True)
class Hung:
    """A time in which the clocks stood; one that lasts has no end."""

    reason_code: str
    since: datetime
    until: datetime | None
    review_at: datetime


@dataclass(frozen=True, slots=True)
class Added:
    """What one extension added to the clock of a stage, in the unit of its limit."""

    stage_id: int
    amount: int
    unit: str


@dataclass(frozen=True, slots=True)
class Delays:
    """All that moved the clocks of a case."""

    hung: tuple[Hung, ...] = ()
    added: tuple[Added, ...] = ()

    @property
    def standing(self) -> Hung | None:
        """The hang that lasts."""
        return next((one for one in self.hung if one.until is None), None)


def delays_in(page: CasePage) -> Delays:
    """What was granted to a case the viewer was shown, in order; nothing is asked of one to which
    nothing ever was."""
    case = page.case
    if not any(step.deed in (Deed.HANG, Deed.EXTEND) for step in page.steps):
        return Delays()
    return Delays(
        tuple(
            Hung(row.reason_code, row.decided_at, row.ended_at, row.review_at)
            for row in Hang.objects.filter(case=case, granted=True).order_by("id")
            if row.decided_at is not None
        ),
        tuple(
            Added(row.stage_id, row.amount, row.unit)
            for row in Extension.objects.filter(case=case, granted=True).order_by("id")
        ),
    )
