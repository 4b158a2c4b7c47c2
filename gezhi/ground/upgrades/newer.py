"""What was written since an upgrade was done: it is lost when one goes back, and told before."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Max, Min

from gezhi.ground.audit import wording
from gezhi.ground.audit.models import Entry

_SHOWN = 5


@dataclass(frozen=True, slots=True)
class Newer:
    """How many entries of the trail, from when to when, and the commonest deeds in words."""

    count: int
    first: datetime | None
    last: datetime | None
    deeds: Sequence[tuple[str, int]]


def since(last_entry: int) -> Newer:
    """What the trail holds beyond that entry: every deed of people and of tasks leaves one."""
    rows = Entry.objects.filter(id__gt=last_entry)
    told = rows.aggregate(count=Count("id"), first=Min("recorded_at"), last=Max("recorded_at"))
    verbs = rows.values_list("verb").annotate(number=Count("id")).order_by("-number", "verb")
    known = wording.known().verbs
    deeds = [(str(known.get(verb, verb)), number) for verb, number in verbs[:_SHOWN]]
    return Newer(told["count"], told["first"], told["last"], deeds)


def newest_entry() -> int:
    """The newest entry there is; 0 when there is none."""
    return Entry.objects.aggregate(last=Max("id"))["last"] or 0
