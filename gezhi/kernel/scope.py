"""Which rows of a table a viewer's seats reach: any table with an area in columns of these names.

`district_id`, `street_id`, `community_id` and `grid_id` say where a row lies, `holder_id` which unit
has it in hand, `confidentiality` whether it is for these alone. Filters compare columns for equality,
so that indexes serve them.
"""

from collections.abc import Mapping, Sequence
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import Q, QuerySet, Subquery
from django.db.models.lookups import IsNull

from gezhi.kernel.confidentiality import Confidentiality
from gezhi.kernel.rights import Right
from gezhi.kernel.viewer import Level, Role, Viewer

COLUMNS = {
    Level.DISTRICT: "district_id",
    Level.STREET: "street_id",
    Level.COMMUNITY: "community_id",
    Level.GRID: "grid_id",
}
NOTHING = Q(pk__in=[])
OPEN = Q(confidentiality=Confidentiality.OPEN)


def over(viewer: Viewer, right: Right, columns: Mapping[Level, str] = COLUMNS) -> Q:
    """Rows in the area of a seat that gives the right, as wide as the seat is.

    A seat over a district reaches the viewer's own district, whatever its area is called. Where the
    rows lie in no grid, `columns` says so, and a seat over a grid reaches none of them.
    """
    condition = NOTHING
    for seat in viewer.seats_for(right):
        column = columns.get(seat.level)
        if column is not None:
            wide = seat.level is Level.DISTRICT
            condition |= Q(**{column: (viewer.district_id or 0) if wide else seat.area_id})
    return condition


def reaches(viewer: Viewer, right: Right, row: Any) -> bool:
    """Whether `over` holds a row that was read."""
    for seat in viewer.seats_for(right):
        column = COLUMNS.get(seat.level)
        if column is not None:
            wide = seat.level is Level.DISTRICT
            if getattr(row, column) == ((viewer.district_id or 0) if wide else seat.area_id):
                return True
    return False


def held(viewer: Viewer, *roles: Role) -> Q:
    """Rows in the hand of a unit in which a seat carries one of the roles."""
    return Q(holder_id__in={seat.unit_id for seat in viewer.seats_as(*roles)})


def of_grid(viewer: Viewer, *roles: Role) -> Q:
    """Rows in the very grid of a seat with one of the roles: whoever walks it."""
    return Q(grid_id__in=_areas(viewer, roles, Level.GRID))


def of_community_alone(viewer: Viewer, *roles: Role) -> Q:
    """Rows in no known grid, in the very community of a seat with one of the roles."""
    return Q(grid_id=None, community_id__in=_areas(viewer, roles, Level.COMMUNITY))


def _areas(viewer: Viewer, roles: Sequence[Role], level: Level) -> set[int]:
    return {seat.area_id for seat in viewer.seats_as(*roles) if seat.level is level}


def asked_of_each(rows: QuerySet[Any]) -> Q:
    """Whether there is one of these `rows`, which name the row asked of by `OuterRef`.

    Read by their index for each row asked of, and never as a list of them all, which PostgreSQL
    makes of an `EXISTS` as soon as it believes that many rows are asked of.
    """
    return Q(IsNull(Subquery(rows.order_by().values("pk")[:1]), False))


def unless_kept(rows: QuerySet[Any], mine: Sequence[Q]) -> Q:
    """Open to all who may see it at all, or restricted and one of `mine`.

    `rows` are all of the table. Each of `mine` is a short list of its own, made once a statement by
    an index of its own: of all together a database reads every restricted row there ever was.
    """
    kept = rows.filter(confidentiality=Confidentiality.RESTRICTED).order_by()
    return reduce(or_, (Q(pk__in=kept.filter(each).values("pk")) for each in mine), OPEN)
