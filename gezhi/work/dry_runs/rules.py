"""What a dry run counts, and over which days it goes; pure."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.utils.translation import gettext as _

from gezhi.kernel.errors import Invalid

_LONGEST = timedelta(days=366)


@dataclass(slots=True)
class Tally:
    """Cases that were sent in the time, and what would have become of them.

    `before` and `after` count the open ones by the unit that would have got them, `moves` those that
    change by from and to (0: no rule and no row names anyone); restricted ones are in the totals
    alone. `agreed_*` are those whose unit was the one they went to in truth.
    """

    total: int = 0
    changed: int = 0
    restricted: int = 0
    restricted_changed: int = 0
    agreed_before: int = 0
    agreed_after: int = 0
    before: Counter[int] = field(default_factory=Counter)
    after: Counter[int] = field(default_factory=Counter)
    moves: Counter[tuple[int, int]] = field(default_factory=Counter)

    def add(self, before: int, after: int, actual: int, *, is_restricted: bool) -> bool:
        """Count one case; whether it is to be listed as changed."""
        self.total += 1
        self.agreed_before += before == actual
        self.agreed_after += after == actual
        self.restricted += is_restricted
        if not is_restricted:
            self.before[before] += 1
            self.after[after] += 1
        if before == after:
            return False
        self.changed += 1
        self.restricted_changed += is_restricted
        if is_restricted:
            return False
        self.moves[before, after] += 1
        return True

    def as_figures(self) -> dict[str, Any]:
        """As it is kept."""
        return {
            "total": self.total,
            "changed": self.changed,
            "restricted": self.restricted,
            "restricted_changed": self.restricted_changed,
            "agreed_before": self.agreed_before,
            "agreed_after": self.agreed_after,
            "before": list(self.before.items()),
            "after": list(self.after.items()),
            "moves": [[*move, number] for move, number in self.moves.most_common()],
        }

    @classmethod
    def of(cls, figures: Mapping[str, Any]) -> "Tally":
        """The inverse of `as_figures`; nothing counted where there are none."""
        counted = {name: figures.get(name, 0) for name in _NUMBERS}
        moves = Counter({(one, other): many for one, other, many in figures.get("moves", ())})
        before, after = (Counter(dict(figures.get(name, ()))) for name in ("before", "after"))
        return cls(**counted, before=before, after=after, moves=moves)


_NUMBERS = (
    "total",
    "changed",
    "restricted",
    "restricted_changed",
    "agreed_before",
    "agreed_after",
)


def last_month(today: date) -> tuple[date, date]:
    """The first and the last day of the month before."""
    last = today.replace(day=1) - timedelta(days=1)
    return last.replace(day=1), last


def valid_days(first: date, last: date, today: date) -> tuple[date, date]:
    """The days; Invalid for a last before the first, a first to come, and more than a year."""
    if first > last:
        raise Invalid(_("“到哪天”要在“从哪天”以后"), field="last")
    if first > today:
        raise Invalid(_("这些天还没有到，请选过去的一段"), field="first")
    if last - first > _LONGEST:
        raise Invalid(_("一次最多算一年，请选短一点"), field="last")
    return first, last
