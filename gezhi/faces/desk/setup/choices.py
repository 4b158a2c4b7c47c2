"""What the select boxes of the setup pages offer."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from gezhi.ground.codes.queries import TermRow, terms
from gezhi.kernel.viewer import Level, Viewer
from gezhi.records.places import queries as places
from gezhi.records.places.queries import AreaRow
from gezhi.records.posts.rules import ROLE_NAMES, fillable_roles
from gezhi.records.units import queries as units
from gezhi.records.units.models import Unit

Choice = tuple[str, str]
Group = tuple[str, list[Choice]]


def with_blank(words: str, choices: Iterable[Choice | Group]) -> list[Choice | Group]:
    """The choices after an empty one that says what empty means."""
    return [("", words), *choices]


def areas(viewer: Viewer, *levels: Level) -> list[Choice | Group]:
    """Areas in use as the reader walks them: a street, its communities, their grids."""
    district_id = viewer.district_id or places.default_district().pk
    rows: dict[Level, tuple[AreaRow, ...]] = {
        level: places.areas(district_id, level) for level in {*levels, Level.COMMUNITY}
    }
    below = by_parent(rows[Level.COMMUNITY], "street_id")
    grids = by_parent(rows.get(Level.GRID, ()), "community_id")
    choices: list[Choice | Group] = [
        (str(row.id), row.name) for row in rows.get(Level.DISTRICT, ())
    ]
    for street in places.streets_in_use(district_id):
        own = [(str(street.id), street.name)] if Level.STREET in levels else []
        for community in below.get(street.id, ()):
            if Level.COMMUNITY in levels:
                own.append((str(community.id), community.name))
            own += [
                (str(grid.id), f"{community.label} {grid.label}" if grid.short_name else grid.name)
                for grid in grids.get(community.id, ())
            ]
        if own:
            choices.append((street.name, own))
    return choices


def by_parent(rows: Iterable[AreaRow], name: str) -> dict[int, list[AreaRow]]:
    """Areas by the street or community they lie in, in their order."""
    found: dict[int, list[AreaRow]] = {}
    for row in rows:
        found.setdefault(getattr(row, name) or 0, []).append(row)
    return found


def open_units(viewer: Viewer, *, but: Unit | None = None) -> list[Choice]:
    """Units that can hold work now, by pinyin."""
    rows = units.open_units(viewer, viewer.district_id or 0)
    return [(str(unit.pk), unit.name) for unit in rows if but is None or unit.pk != but.pk]


def roles(viewer: Viewer) -> list[Choice]:
    """Roles this viewer may fill posts of: work for the system administrator, the three
    administrators for the security administrator."""
    wanted = fillable_roles(viewer)
    return [(role.value, str(name)) for role, name in ROLE_NAMES.items() if role in wanted]


def professions() -> list[Choice | Group]:
    """The strengths of the 3 + 10 + N crew."""
    return with_blank(
        _("不是 3+10+N 力量"), [(row.code, row.label) for row in terms("professions")]
    )


def classes() -> list[Group]:
    """Classes by their names: whole families first, then each broad class with its own.

    A family or a broad class may be chosen as a whole.
    """
    rows = terms("matters")
    below: dict[str, list[TermRow]] = {}
    for row in rows:
        below.setdefault(row.parent_code, []).append(row)
    families = below.get("", [])
    groups: list[Group] = [(_("整个门类"), [_whole(family) for family in families])]
    for family in families:
        for broad in below.get(family.code, []):
            narrow = [(row.code, row.label) for row in below.get(broad.code, [])]
            groups.append((f"{family.label} · {broad.label}", [_whole(broad), *narrow]))
    return groups


def _whole(row: TermRow) -> Choice:
    return row.code, _("%(name)s（整类）") % {"name": row.label}
