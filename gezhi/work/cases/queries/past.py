"""What was done lately with cases of the same class in the same community: for whoever sends one."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime

from gezhi.records.units import queries as units
from gezhi.work.cases.models import Case
from gezhi.work.cases.rules import Confidentiality

LOOKED_BACK = 20
# A class that seldom comes is not looked for among all that ever ended here.
_NEWEST = 2000


@dataclass(frozen=True, slots=True)
class PastChoice:
    """The unit that finished most of the last like cases, how many of how many, when last."""

    unit_id: int
    unit: str
    times: int
    of: int
    last_at: datetime


def past_choice(case: Case, most: int = LOOKED_BACK) -> PastChoice | None:
    """Who finished most of the last ended cases of a case's class in its community (where none is
    known, in its street); None without any. A count, which names no case; restricted ones are left
    out of it, and what ended long ago."""
    if not case.class_code:
        return None
    here = (
        {"community_id": case.community_id} if case.community_id else {"street_id": case.street_id}
    )
    ended = Case.objects.filter(**here, ended_at__isnull=False).order_by("-id")
    rows = Case.objects.filter(
        pk__in=ended.values("pk")[:_NEWEST],
        class_code=case.class_code,
        confidentiality=Confidentiality.OPEN,
        finished_unit_id__isnull=False,
    )
    newest = rows.order_by("-id").values_list("finished_unit_id", "ended_at")[:most]
    lately = [(unit, ended) for unit, ended in newest if unit and ended]
    if not lately:
        return None
    ((unit_id, times),) = Counter(unit for unit, _ended in lately).most_common(1)
    last_at = max(ended for unit, ended in lately if unit == unit_id)
    name = units.names_of([unit_id]).get(unit_id, "")
    return PastChoice(unit_id, name, times, len(lately), last_at)
