"""What a dispute of a case came to: who ruled whose it is, how, and by which row of the duty list."""

from dataclasses import dataclass
from datetime import datetime

from gezhi.ground.accounts import queries as accounts
from gezhi.work.cases.models import Case, Ruling


@dataclass(frozen=True, slots=True)
class RulingLine:
    """One dispute: since when, opened by whom ("" by the rule of returns), and its ruling once there
    is one."""

    id: int
    round: int
    disputed_at: datetime
    disputed_by: str
    kind: str
    unit_name: str
    duty_name: str
    duty_basis: str
    ruled_at: datetime | None
    ruled_by: str
    ended_at: datetime | None


def last_ruling(case: Case) -> RulingLine | None:
    """The last dispute of a case the viewer was shown, ruled or not; None where there never was one."""
    row = Ruling.objects.filter(case=case).select_related("unit", "duty").order_by("-id").first()
    if row is None:
        return None
    names = accounts.names({one for one in (row.disputed_by, row.ruled_by) if one})
    return RulingLine(
        id=row.pk,
        round=row.round,
        disputed_at=row.disputed_at,
        disputed_by=names.get(row.disputed_by or 0, ""),
        kind=row.kind,
        unit_name=row.unit.name if row.unit else "",
        duty_name=row.duty.name if row.duty else "",
        duty_basis=row.duty.legal_basis if row.duty else "",
        ruled_at=row.ruled_at,
        ruled_by=names.get(row.ruled_by or 0, ""),
        ended_at=row.ended_at,
    )
