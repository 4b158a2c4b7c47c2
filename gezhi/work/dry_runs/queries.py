"""How far a dry run is, what it found, which cases would have gone elsewhere."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, F, Max, Min, OuterRef, Q, QuerySet

from gezhi.ground.codes.queries import term
from gezhi.kernel.errors import Unseen
from gezhi.kernel.rights import Right
from gezhi.kernel.scope import asked_of_each
from gezhi.kernel.viewer import Viewer
from gezhi.records.duties import queries as duties
from gezhi.records.places import queries as places
from gezhi.records.units import queries as units
from gezhi.work.cases.queries import visible_to
from gezhi.work.cases.rules import Confidentiality
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


@dataclass(frozen=True, slots=True)
class Group:
    """Cases alike that would have gone elsewhere, and none of them: how many of a class and a
    community, from which unit to which, by which rule, over which days."""

    class_name: str
    community: str
    before: str
    after: str
    rule: str
    number: int
    agreed_before: int
    """Of them those that went in truth where the rules of now say; `agreed_after` with the drafts."""
    agreed_after: int
    first: datetime
    last: datetime

    @property
    def elsewhere(self) -> int:
        """How many went to neither unit in truth."""
        return self.number - self.agreed_before - self.agreed_after


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
    rows = row.cases.filter(asked_of_each(visible_to(viewer).filter(pk=OuterRef("case"))))
    if move is not None:
        rows = rows.filter(before_id=move[0], after_id=move[1])
    return rows.select_related("case").order_by("before_id", "after_id", "id")


def seen_by_move(viewer: Viewer, row: DryRun) -> dict[tuple[int, int], int]:
    """How many of `changed` there are by move; a move without any is left out."""
    rows = changed(viewer, row).order_by().values_list("before_id", "after_id")
    return {(before, after): many for before, after, many in rows.annotate(Count("id"))}


def groups(
    viewer: Viewer, row: DryRun, move: tuple[int, int] | None = None, most: int = 100
) -> tuple[list[Group], int]:
    """What would have changed, of one move or all, as far as it is no case: the most first, and how
    many more groups there are. For whoever puts rules in force and sees no case; nothing of what is
    restricted, and nobody's without that right."""
    if not viewer.may(Right.SET_UP):
        return [], 0
    rows = row.cases.exclude(case__confidentiality=Confidentiality.RESTRICTED)
    if move is not None:
        rows = rows.filter(before_id=move[0], after_id=move[1])
    found = list(
        rows.values_list(
            "case__class_code", "case__community_id", "before_id", "after_id", "route_id"
        )
        .annotate(
            number=Count("id"),
            as_before=Count("id", filter=Q(actual_id=F("before_id"))),
            as_after=Count("id", filter=Q(actual_id=F("after_id"))),
            first=Min("sent_at"),
            last=Max("sent_at"),
        )
        .order_by("-number", "case__class_code", "case__community_id", "before_id", "after_id")
    )
    shown = found[:most]
    names = units.names_of({unit for one in shown for unit in one[2:4] if unit})
    where = places.names_of({one[1] for one in shown if one[1]})
    rules = duties.names_of_routes({one[4] for one in shown if one[4]})
    return [
        Group(
            class_name=_class_name(class_code),
            community=where.get(community or 0, ""),
            before=names.get(before, ""),
            after=names.get(after, ""),
            rule=rules.get(route or 0, ""),
            number=number,
            agreed_before=as_before,
            agreed_after=as_after,
            first=first,
            last=last,
        )
        for class_code, community, before, after, route, number, as_before, as_after, first, last in shown
    ], len(found) - len(shown)


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
