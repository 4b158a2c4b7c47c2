"""How far a dry run is, what it found, which cases would have gone elsewhere."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from gezhi.ground.codes.queries import term
from gezhi.kernel.errors import Unseen
from gezhi.kernel.rights import Right
from gezhi.kernel.viewer import Viewer
from gezhi.records.duties import queries as duties
from gezhi.records.places import queries as places
from gezhi.records.units import queries as units
from gezhi.work.cases.queries import visible_to
from gezhi.work.dry_runs.models import DryRun, DryRunCase
from gezhi.work.dry_runs.rules import Tally


@dataclass(frozen=True, slots=True)
class Move:
    """How many cases would have gone from one unit to another; 0 and "" for nobody's."""

    before_id: int
    before: str
    after_id: int
    after: str
    number: int


@dataclass(frozen=True, slots=True)
class Share:
    """How many cases a unit would have got; "" for those that nobody would have got by itself."""

    unit: str
    before: int
    after: int

    @property
    def more(self) -> int:
        """How many more with the drafts; under 0 fewer."""
        return self.after - self.before


@dataclass(frozen=True, slots=True)
class CaseMoved:
    """One case that would have gone elsewhere, as far as a list shows it."""

    number: str
    class_name: str
    community: str
    sent_at: datetime
    before: str
    after: str
    actual: str
    rule: str


def dry_run(viewer: Viewer, row_id: int) -> DryRun:
    """One dry run of the own district; Unseen otherwise."""
    row = DryRun.objects.filter(pk=row_id, district_id=viewer.district_id or 0).first()
    if row is None or not viewer.may(Right.TRY_ROUTES, Right.SET_UP):
        raise Unseen("")
    return row


def lately(viewer: Viewer, most: int = 10) -> Sequence[DryRun]:
    """The newest dry runs of the district, by anybody."""
    rows = DryRun.objects.filter(district_id=viewer.district_id or 0)
    return list(rows.order_by("-begun_at", "-id")[:most])


def moves(tally: Tally) -> list[Move]:
    """From which unit to which, the most first."""
    names = units.names_of({unit for move in tally.moves for unit in move})
    return [
        Move(before, names.get(before, ""), after, names.get(after, ""), number)
        for (before, after), number in tally.moves.most_common()
    ]


def shares(tally: Tally) -> list[Share]:
    """Who would have got how many, those first for whom most changes, then the busiest."""
    names = units.names_of({*tally.before, *tally.after} - {0})
    found = [
        Share(names.get(unit, ""), tally.before[unit], tally.after[unit])
        for unit in {*tally.before, *tally.after}
    ]
    return sorted(found, key=lambda one: (-abs(one.more), -one.after, one.unit))


def changed(
    viewer: Viewer, row: DryRun, move: tuple[int, int] | None = None
) -> QuerySet[DryRunCase]:
    """The cases that would have gone elsewhere, of one move or all, as far as the viewer may see
    them now; what became restricted since is left out for whoever has it not in hand."""
    rows = row.cases.filter(case__in=visible_to(viewer).order_by())
    if move is not None:
        rows = rows.filter(before_id=move[0], after_id=move[1])
    return rows.select_related("case").order_by("before_id", "after_id", "id")


def lines(rows: Iterable[DryRunCase]) -> list[CaseMoved]:
    """The cases with their names."""
    rows = list(rows)
    names = units.names_of(
        {unit for row in rows for unit in (row.before_id, row.after_id, row.actual_id)}
    )
    where = places.names_of({row.case.community_id for row in rows if row.case.community_id})
    rules = duties.names_of_routes({row.route_id for row in rows if row.route_id})
    return [
        CaseMoved(
            number=row.case.number,
            class_name=_class_name(row.case.class_code),
            community=where.get(row.case.community_id or 0, ""),
            sent_at=row.sent_at,
            before=names.get(row.before_id, ""),
            after=names.get(row.after_id, ""),
            actual=names.get(row.actual_id, ""),
            rule=rules.get(row.route_id or 0, ""),
        )
        for row in rows
    ]


def _class_name(code: str) -> str:
    row = term("matters", code)
    return row.label if row else code
