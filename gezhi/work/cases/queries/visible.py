"""The one door to cases: which rows a viewer may see (design §4.1).

A restricted case stands behind a second door inside the first: `rules.RESTRICTED` says who has it
in hand and how much of it they see.
"""

from collections.abc import Callable, Collection
from datetime import timedelta
from functools import reduce
from operator import or_

from django.db.models import F, OuterRef, Q, QuerySet

from gezhi.ground.audit.seals import is_whole
from gezhi.ground.codes import queries as codes
from gezhi.kernel import clock, scope
from gezhi.kernel.rights import Right
from gezhi.kernel.viewer import Level, Viewer
from gezhi.records.places.models import District
from gezhi.records.units.models import Unit, UnitKind
from gezhi.work.cases.asides import marked
from gezhi.work.cases.assisting import open_calls, unanswered_assists
from gezhi.work.cases.models import Assignment, Case, Opening
from gezhi.work.cases.rules import (
    CALLING_BACK,
    RESTRICTED,
    Confidentiality,
    Share,
    Sight,
    Stage,
    Standing,
    State,
    stage_of,
)
from gezhi.work.cases.searching import area_mark, unit_mark

_STATES = {
    stage_of(state, passed, disputed): state
    for state in State
    for passed in (True, False)
    for disputed in (True, False)
}


def visible_to(viewer: Viewer) -> QuerySet[Case]:
    """Cases the viewer may see by area and role, or because a unit of theirs holds or handled.

    Of a restricted one so far only those who have it in hand, and perhaps not its words: see
    `worded_to`. A stranger and the three administrators see none. Filters by equality on level
    columns.
    """
    return _seen(viewer, Sight.BRIEF)


def worded_to(viewer: Viewer, *, opened: bool = False) -> QuerySet[Case]:
    """Of `visible_to` those whose reporters' words the viewer may read, search and learn from."""
    return _seen(viewer, Sight.WHOLE, opened=opened)


def openable_by(viewer: Viewer) -> QuerySet[Case]:
    """`visible_or_asked`, and what was opened to the viewer by need: one page each, for as long as
    it stays open, in no list, count or search."""
    return _seen(viewer, Sight.QUESTION, opened=True)


def of_number(viewer: Viewer, number: str) -> QuerySet[Case]:
    """The case of this number in the viewer's district, for `is_openable` to be asked of it.

    The system belongs to no district, or to one; numbers are unique within each, and so is the index.
    """
    if viewer.district_id is not None:
        return Case.objects.filter(district_id=viewer.district_id, number=number)
    return Case.objects.filter(district_id__in=District.objects.values("pk"), number=number)


def is_openable(viewer: Viewer, case: Case) -> bool:
    """Whether `openable_by` holds a case that was just read.

    What its columns alone tell is not asked of the database: of one open to all whether it lies in
    the area of a seat or in the hand of a unit. A restricted one goes through the door itself.
    """
    if viewer.is_system:
        return viewer.district_id in (None, case.district_id)
    if case.district_id != viewer.district_id:
        return False
    if case.is_restricted:
        return openable_by(viewer).filter(pk=case.pk).exists()
    handling = {seat.unit_id for seat in viewer.seats_for(Right.SEE_SENT)}
    holding = {seat.unit_id for seat in viewer.seats_for(Right.SEE_HELD)}
    if case.holder_id in handling | holding or scope.reaches(viewer, Right.SEE_AREA, case):
        return True
    return bool(handling) and _sent_to(handling).filter(case=case).exists()


def may_look(viewer: Viewer, file_id: int) -> bool:
    """Whether a photo that was shown to somebody is theirs to look at still: one of a case that was
    made confidential meanwhile is shown to whoever may open that or is asked about it, and to
    nobody else."""
    restricted = Case.objects.filter(
        attachments__file_id=file_id, confidentiality=Confidentiality.RESTRICTED
    )
    return all(
        is_openable(viewer, case) or visible_or_asked(viewer).filter(pk=case.pk).exists()
        for case in restricted.distinct()[:2]
    )


def visible_or_asked(viewer: Viewer) -> QuerySet[Case]:
    """`visible_to`, and the restricted cases a grid worker is asked about without seeing them."""
    return _seen(viewer, Sight.QUESTION)


def newest_ended(
    viewer: Viewer, narrowed: Q, *, before: int, most: int, few: bool = False
) -> list[int]:
    """Ids of the newest ended cases of `visible_to` that fit, under `before`; newest first.

    Asked apart for each area and unit through which the viewer sees any, since each of these has
    its ended ones in order, and all of them together have not. `few`: they fit so seldom that
    those which do are found before they are put in order.
    """
    rows = Case.objects.filter(within(viewer, Sight.BRIEF))
    if not viewer.is_system or viewer.district_id is not None:
        rows = rows.filter(district_id=viewer.district_id or 0)
    found: set[int] = set()
    for door, place in _doors(viewer):
        # A sum is no column of an index: nothing is read in its order.
        here = rows.filter(door, narrowed, ended_at__isnull=False)
        here = here.annotate(place=F(place) + 0 if few else F(place)).filter(place__lt=before)
        found |= set(here.order_by("-place").values_list("pk", flat=True).distinct()[:most])
    return sorted(found, reverse=True)[:most]


def _doors(viewer: Viewer) -> list[tuple[Q, str]]:
    """By which areas and units the viewer sees cases, each with the column that orders them."""
    if viewer.is_system:
        return [(Q(), "pk")]
    seats = [seat for seat in viewer.seats_for(Right.SEE_AREA) if seat.level in scope.COLUMNS]
    # Each is one column that is compared for equality, with an index of its own.
    areas = {
        (scope.COLUMNS[seat.level], _reached(viewer, seat.level, seat.area_id)) for seat in seats
    }
    units = {seat.unit_id for seat in viewer.seats_for(Right.SEE_SENT)}
    doors = [(Q(**{column: area}), "pk") for column, area in areas]
    sent = [Q(assignments__unit=unit, assignments__returned_at=None) for unit in units]
    return [*doors, *((each, "assignments__case_id") for each in sent)]


def _reached(viewer: Viewer, level: Level, area_id: int) -> int:
    """What the column of a level holds of the cases a seat reaches (`scope.over`)."""
    return (viewer.district_id or 0) if level is Level.DISTRICT else area_id


def known_to_exist(viewer: Viewer) -> QuerySet[Case]:
    """The restricted cases of the area a viewer oversees: that they are, not what they say."""
    rows = Case.objects.filter(
        confidentiality=Confidentiality.RESTRICTED, district_id=viewer.district_id or 0
    )
    return rows.filter(scope.over(viewer, Right.OVERSEE))


def _seen(viewer: Viewer, sight: Sight, *, opened: bool = False) -> QuerySet[Case]:
    if viewer.is_system:
        rows = Case.objects.all()
        return rows if viewer.district_id is None else rows.filter(district_id=viewer.district_id)
    condition = scope.NOTHING
    handling = {seat.unit_id for seat in viewer.seats_for(Right.SEE_SENT)}
    holding = {seat.unit_id for seat in viewer.seats_for(Right.SEE_HELD)}
    if handling | holding:
        condition |= Q(holder_id__in=handling | holding)
    condition |= scope.over(viewer, Right.SEE_AREA)
    if handling:
        # Asked of each case by its own index: a list of all a busy unit was ever sent grows.
        condition |= scope.asked_of_each(_sent_to(handling).filter(case=OuterRef("pk")))
    return Case.objects.filter(
        condition, within(viewer, sight, opened=opened), district_id=viewer.district_id or 0
    )


def _sent_to(unit_ids: Collection[int]) -> QuerySet[Assignment]:
    """A unit that returned a case was never the right one: it keeps no view of it."""
    return Assignment.objects.filter(unit_id__in=unit_ids, returned_at=None)


def marks_seen_by(viewer: Viewer) -> list[str] | None:
    """The marks (`searching`) one of which each ended case carries that `visible_to` shows.

    None where none is needed: whoever sees the whole district.
    """
    seats = [seat for seat in viewer.seats_for(Right.SEE_AREA) if seat.level in scope.COLUMNS]
    if viewer.is_system or any(seat.level is Level.DISTRICT for seat in seats):
        return None
    units = {seat.unit_id for seat in viewer.seats_for(Right.SEE_SENT)}
    areas = {seat.area_id for seat in seats}
    return [*map(area_mark, sorted(areas)), *map(unit_mark, sorted(units))]


def within(viewer: Viewer, sight: Sight, *, opened: bool = False) -> Q:
    """Open to all who may see it at all, or restricted and in this viewer's hand with that sight."""
    mine = [
        _in_hand(viewer, share)
        for share in RESTRICTED
        if share.sight >= sight and viewer.has(*share.roles)
    ]
    if opened and viewer.may(Right.OVERSEE) and (ids := opened_to(viewer)):
        mine.append(Q(pk__in=ids))
    return scope.unless_kept(Case.objects.all(), mine)


def opened_to(viewer: Viewer) -> list[int]:
    """Ids of the restricted cases open to the viewer by need now; a row made by hand opens none."""
    rows = Opening.objects.filter(user_id=viewer.user_id or 0, until__gt=clock.now())
    return [row.case_id for row in rows if is_whole(row)]


def _sent_and_open() -> QuerySet[Assignment]:
    return Assignment.objects.filter(returned_at=None, ended_at=None)


# What puts a case into the hand of a unit that does not hold it.
_OF_A_UNIT: dict[Standing, Callable[[], QuerySet[Assignment]]] = {
    Standing.SENT: _sent_and_open,
    Standing.ASSISTING: unanswered_assists,
    Standing.CALLED: open_calls,
}


def _in_hand(viewer: Viewer, share: Share) -> Q:
    """The cases this row of the table puts into the viewer's hand."""
    units = {seat.unit_id for seat in viewer.seats_as(*share.roles)}
    if share.stage is CALLING_BACK:
        since = clock.now() - timedelta(days=codes.figure("reopen_days"))
        streets = Unit.objects.filter(pk__in=units, kind=UnitKind.STREET_CENTRE)
        return Q(
            state=State.CLOSED,
            ended_at__gt=since,
            street_id__in=streets.order_by().values("area_id"),
        )
    # Open, though the state says it too: the indexes of what is held are of open ones alone.
    condition = Q(state=_STATES[share.stage], ended_at=None)
    if share.stage in (Stage.CHECKING, Stage.CLOSING):
        condition &= Q(check_passed_at__isnull=share.stage is Stage.CHECKING)
    if share.marks:
        condition &= reduce(or_, map(marked, sorted(share.marks)))
    if share.standing in _OF_A_UNIT:
        sent = _OF_A_UNIT[share.standing]().filter(unit_id__in=units)
        return condition & Q(pk__in=sent.values("case_id"))
    match share.standing:
        case Standing.HOLDER:
            return condition & scope.held(viewer, *share.roles)
        case Standing.CENTRE:
            streets = Unit.objects.filter(pk__in=units, kind=UnitKind.STREET_CENTRE)
            return condition & Q(street_id__in=streets.order_by().values("area_id"))
        case Standing.GRID:
            return condition & scope.of_grid(viewer, *share.roles)
        case Standing.COMMUNITY:
            return condition & scope.of_community_alone(viewer, *share.roles)
    raise ValueError(share.standing)
