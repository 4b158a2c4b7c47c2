"""Areas by id, code and level, and what they are called."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from gezhi.kernel import prepared
from gezhi.kernel.errors import Conflict
from gezhi.kernel.viewer import Level
from gezhi.records.places.models import Area, District
from gezhi.records.places.queries.rows import AREA_COLUMNS, AreaRow, Location


def default_district() -> District:
    """The district this installation runs: the one with streets in use, the lowest id of several.

    Raises Conflict (`not_set_up`) when none was registered yet.
    """
    # Every report asks this: with one district, as nearly everywhere, no join is needed.
    districts = prepared.ask(_two_districts)
    district = districts[0] if districts else None
    if len(districts) > 1:
        running = District.objects.filter(areas__level=Level.STREET, areas__in_use=True)
        district = running.order_by("id").first() or district
    if district is None:
        raise Conflict(_("还没有设置区县和街道，请系统管理员运行 gezhi setup"), code="not_set_up")
    return district


def _two_districts() -> QuerySet[District]:
    return District.objects.order_by("id")[:2]


def district_code(district_id: int) -> str:
    """The six-digit code of a district (GB/T 2260); raises Conflict when it is not registered."""
    codes = prepared.ask(_code_of_district, district_id)
    if not codes:
        raise Conflict(_("还没有设置区县和街道，请系统管理员运行 gezhi setup"), code="not_set_up")
    return codes[0]


def _code_of_district(district_id: int) -> QuerySet[District, str]:
    return District.objects.filter(pk=district_id).order_by().values_list("code", flat=True)


def area(area_id: int) -> AreaRow | None:
    """One area by id, or None."""
    row = Area.objects.filter(pk=area_id).values_list(*AREA_COLUMNS).first()
    return AreaRow(*row) if row else None


def area_by_code(district_id: int, code: str) -> AreaRow | None:
    """One area by its code, or None."""
    row = Area.objects.filter(district_id=district_id, code=code).values_list(*AREA_COLUMNS).first()
    return AreaRow(*row) if row else None


def areas(
    district_id: int,
    level: Level,
    *,
    street_id: int | None = None,
    community_id: int | None = None,
    in_use: bool | None = True,
) -> tuple[AreaRow, ...]:
    """The areas of a level by code, of the whole district or of one street or community.

    `in_use=None` lists those named in the register only, too.
    """
    rows = prepared.ask(_areas, district_id, level, street_id, community_id, in_use)
    return tuple(AreaRow(*row) for row in rows)


def _areas(
    district_id: int,
    level: Level,
    street_id: int | None,
    community_id: int | None,
    in_use: bool | None,
) -> QuerySet[Area, tuple[Any, ...]]:
    rows = Area.objects.filter(district_id=district_id, level=level)
    if street_id is not None:
        rows = rows.filter(street_id=street_id)
    if community_id is not None:
        rows = rows.filter(community_id=community_id)
    if in_use is not None:
        rows = rows.filter(in_use=in_use)
    return rows.order_by("code").values_list(*AREA_COLUMNS)


def streets_in_use(district_id: int) -> tuple[AreaRow, ...]:
    """The streets this installation runs, by code."""
    return areas(district_id, Level.STREET)


def name_above_pages(district_id: int | None) -> str:
    """What stands above every page: the one street in use, or the district where several are.

    Of the district given, else of the first with streets in use; "" before any is set up. One
    SELECT, since every page asks it.
    """
    found = prepared.ask(_two_streets, district_id)
    if not found:
        return ""
    name, district_name, first = found[0]
    several = len(found) > 1 and found[1][2] == first
    return str(district_name if several else name)


def _two_streets(district_id: int | None) -> QuerySet[Area, tuple[Any, ...]]:
    rows = Area.objects.filter(level=Level.STREET, in_use=True)
    if district_id is not None:
        rows = rows.filter(district_id=district_id)
    columns = ("name", "district__name", "district_id")
    return rows.order_by("district_id", "code").values_list(*columns)[:2]


def names_of(area_ids: Iterable[int]) -> dict[int, str]:
    """Short names by id, for as many areas as a page needs in one SELECT."""
    rows = prepared.ask(_names, tuple(set(area_ids)))
    return {area_id: short or name for area_id, short, name in rows}


def _names(area_ids: Sequence[int]) -> QuerySet[Area, tuple[Any, ...]]:
    return Area.objects.filter(pk__in=area_ids).values_list("id", "short_name", "name")


def grid_names_of(grid_ids: Iterable[int]) -> dict[int, str]:
    """Grids by id, each after its community, as "水井坊社区 第3网格": every community has a first one."""
    rows = list(Area.objects.filter(pk__in=set(grid_ids)))
    communities = names_of(row.community_id for row in rows if row.community_id)
    return {
        row.pk: f"{communities.get(row.community_id or 0, '')} {row.short_name or row.name}".strip()
        for row in rows
    }


def words_of(location: Location) -> str:
    """How a neighbour would say it: "锦官驿街道 水井坊社区 第3网格"; "" for nowhere."""
    ids = [location.street_id, location.community_id, location.grid_id]
    names = names_of(area_id for area_id in ids if area_id)
    return " ".join(names[area_id] for area_id in ids if area_id in names)


def short_words_of(location: Location) -> str:
    """As "水井坊社区 第3网格"; "" where no community was drawn round it."""
    ids = [area for area in (location.community_id, location.grid_id) if area]
    names = names_of(ids) if ids else {}
    return area_words(
        names.get(location.community_id or 0, ""), names.get(location.grid_id or 0, "")
    )


def area_words(community: str, grid: str) -> str:
    """Community and grid; one named after the other is not said twice: 桐花社区 第一网格."""
    return f"{community} {grid.removeprefix(community) or grid}".strip()
