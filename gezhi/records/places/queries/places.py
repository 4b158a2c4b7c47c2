"""Compounds, buildings and sites, as lists and choices show them."""

from collections.abc import Iterable, Sequence

from django.db.models import Q, QuerySet

from gezhi.kernel import prepared
from gezhi.records.places.models import Place, PlaceKind
from gezhi.records.places.queries.rows import LISTED, PLACE_COLUMNS, PlaceRow


def place(place_id: int) -> PlaceRow | None:
    """A compound, building or site by id, or None; never a dwelling."""
    row = (
        Place.objects.filter(pk=place_id, retired_at=None, kind__in=LISTED)
        .values_list(*PLACE_COLUMNS)
        .first()
    )
    return PlaceRow(*row) if row else None


def place_names_of(place_ids: Iterable[int]) -> dict[int, str]:
    """Names of compounds, buildings and sites by id; dwellings are left out."""
    return dict(prepared.ask(_names, tuple(set(place_ids))))


def _names(place_ids: Sequence[int]) -> QuerySet[Place, tuple[int, str]]:
    return Place.objects.filter(pk__in=place_ids, kind__in=LISTED).values_list("id", "name")


def whole_names_of(place_ids: Iterable[int]) -> dict[int, str]:
    """Places with what they stand in, as "桐花苑 1栋 2单元"; for staff, since it names dwellings."""
    rows = Place.objects.filter(pk__in=set(place_ids)).select_related("parent__parent__parent")
    return {row.pk: _whole_name(row) for row in rows}


def stands_in(place_id: int, above_id: int) -> bool:
    """Whether a place is a part of another: a building of its compound, a dwelling of its building."""
    above = ("parent_id", "parent__parent_id", "parent__parent__parent_id")
    row = Place.objects.filter(pk=place_id).values_list(*above).first()
    return row is not None and above_id in row


def _whole_name(place: Place) -> str:
    parts: list[str] = []
    above: Place | None = place
    while above is not None and (above.kind != PlaceKind.ROAD or not parts):
        parts.append(above.name)
        above = above.parent
    return " ".join(reversed(parts))


def compounds_of(
    *, street_id: int | None = None, community_id: int | None = None, grid_id: int | None = None
) -> tuple[PlaceRow, ...]:
    """The compounds and sites of a street, community or grid, by name; one of them is given."""
    rows = standing(PlaceKind.COMPOUND, PlaceKind.SITE)
    if grid_id is not None:
        inside = Place.objects.filter(grid_id=grid_id, kind=PlaceKind.BUILDING)
        rows = rows.filter(Q(grid_id=grid_id) | Q(pk__in=inside.values("compound_id")))
    elif community_id is not None:
        rows = rows.filter(community_id=community_id)
    elif street_id is not None:
        rows = rows.filter(street_id=street_id)
    else:
        raise ValueError("compounds of a street, a community or a grid")
    return tuple(PlaceRow(*row) for row in rows.order_by("name", "id").values_list(*PLACE_COLUMNS))


def buildings_of(compound_id: int) -> tuple[PlaceRow, ...]:
    """The buildings of a compound, 2栋 before 10栋."""
    rows = standing(PlaceKind.BUILDING).filter(compound_id=compound_id).values_list(*PLACE_COLUMNS)
    found = [PlaceRow(*row) for row in rows]
    found.sort(key=lambda row: (int("0" + "".join(filter(str.isdigit, row.name))), row.name))
    return tuple(found)


def choices_of_grid(grid_id: int) -> list[tuple[int, str]]:
    """Compounds and buildings of a grid as a worker names them: "桐花苑", "桐花苑 3栋"."""
    rows = list(
        standing(PlaceKind.COMPOUND, PlaceKind.BUILDING, PlaceKind.SITE)
        .filter(grid_id=grid_id)
        .values_list("id", "name", "kind", "compound_id")
    )
    above = {compound for _id, _name, _kind, compound in rows if compound}
    names = place_names_of(above)

    def words(name: str, compound: int | None) -> str:
        return f"{names[compound]} {name}" if compound and compound in names else name

    found = [
        (place_id, words(name, compound if kind != PlaceKind.COMPOUND else None))
        for place_id, name, kind, compound in rows
    ]
    return sorted(found, key=lambda pair: _by_number(pair[1]))


def _by_number(words: str) -> tuple[str, int, str]:
    """Sorts 3栋 before 12栋 within a compound."""
    head, _space, tail = words.partition(" ")
    return head, int("0" + "".join(filter(str.isdigit, tail))), words


def standing(*kinds: PlaceKind) -> QuerySet[Place]:
    return Place.objects.filter(retired_at=None, kind__in=kinds)
