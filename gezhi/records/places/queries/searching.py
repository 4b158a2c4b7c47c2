"""Places by words."""

import re
from collections.abc import Sequence

from django.db.models import Q

from gezhi.records.places.models import Place, PlaceKind
from gezhi.records.places.queries.area_rows import names_of
from gezhi.records.places.queries.places import standing
from gezhi.records.places.queries.rows import LISTED, PLACE_COLUMNS, PlaceFound, PlaceRow

SEARCH_LIMIT = 12
_FIRST: dict[str, int] = {PlaceKind.COMPOUND: 0, PlaceKind.SITE: 1, PlaceKind.ROAD: 1}


def search_places(
    district_id: int, words: str, *, limit: int = SEARCH_LIMIT
) -> tuple[PlaceFound, ...]:
    """Compounds, buildings, sites and roads whose name or address holds the words, best first.

    Words apart by blanks must all fit: "均隆 3栋" finds building 3 of 均隆花园. A name that is the
    words goes before one that begins with them, that before one that holds them, compounds before
    buildings. At most 12; empty for no words.
    """
    parts = words.split()[:4]
    if not parts:
        return ()
    rows = standing(*LISTED).filter(district_id=district_id)
    for part in parts:
        named = standing(PlaceKind.COMPOUND).filter(district_id=district_id, name__icontains=part)
        own = Q(name__icontains=part) | Q(address__icontains=part)
        rows = rows.filter(own | Q(compound_id__in=named.values("id")) if len(parts) > 1 else own)
    found = [PlaceRow(*row) for row in rows.values_list(*PLACE_COLUMNS)[:400]]
    found.sort(key=lambda row: _rank(row, parts))
    return _told_apart(found[: min(limit, SEARCH_LIMIT)])


def split_words(words: str) -> list[str]:
    """The words apart where a number begins and after the thing it counts, at most three.

    "均隆花园3栋2单元" → 均隆花园 · 3栋 · 2单元.
    """
    apart = re.sub(r"(?<=[^\d\s])(?=\d)", " ", words[:60])
    apart = re.sub(r"(\d+)\s*(栋|幢|号楼|座|单元|号院|号|弄|巷)(?=\S)", r"\1\2 ", apart)
    apart = re.sub(r"(\d+)\s+(栋|幢|号楼|座|单元|号院|号)", r"\1\2", apart)
    return apart.split()[:3]


def places_found(
    place_ids: Sequence[int], *, district_id: int | None = None
) -> tuple[PlaceFound, ...]:
    """These places as a search shows them, in the order given, those that are gone left out; for
    staff, since it shows dwellings. With a district those of any other are left out too."""
    rows = Place.objects.filter(pk__in=place_ids, retired_at=None)
    if district_id is not None:
        rows = rows.filter(district_id=district_id)
    read = (PlaceRow(*row) for row in rows.values_list(*PLACE_COLUMNS))
    found = sorted(read, key=lambda row: place_ids.index(row.id))
    return _told_apart(found)


def _rank(row: PlaceRow, parts: list[str]) -> tuple[int, int, int, str, int]:
    """Smaller is better."""
    last = parts[-1]
    fit = (
        0 if row.name == last else 1 if row.name.startswith(last) else 2 if last in row.name else 3
    )
    kind = _FIRST.get(row.kind, 2)
    if len(parts) > 1:
        kind = 0 if row.kind == PlaceKind.BUILDING else 1
    return fit, kind, len(row.name), row.name, row.id


def _told_apart(rows: list[PlaceRow]) -> tuple[PlaceFound, ...]:
    names = dict(
        Place.objects.filter(pk__in={row.compound_id for row in rows if row.compound_id})
        .values_list("id", "name")
    )  # fmt: skip
    communities = names_of(row.community_id for row in rows if row.community_id)
    return tuple(
        PlaceFound(
            row,
            names.get(row.compound_id, "") if row.compound_id else "",
            communities.get(row.community_id, "") if row.community_id else "",
        )
        for row in rows
    )
