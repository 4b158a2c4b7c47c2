"""The numbers of the setup pages, each with the list it counts."""

from collections.abc import Mapping

from gezhi.faces.shell.addresses import address
from gezhi.faces.shell.figures import Count, Figure
from gezhi.ground.accounts import queries as accounts
from gezhi.ground.codes.queries import packs_in_force
from gezhi.kernel.rights import Right, roles_with
from gezhi.kernel.viewer import Level, Viewer
from gezhi.records.duties.queries import found_duties
from gezhi.records.places.queries import areas
from gezhi.records.posts.queries import found_posts, staffed_unit_ids
from gezhi.records.units.queries import open_units


def place_counts(viewer: Viewer) -> Mapping[str, Count]:
    """Communities and grids in use."""
    district, url = viewer.district_id or 0, address("desk:setup:areas")
    return {
        "communities": Count(len(areas(district, Level.COMMUNITY)), url),
        "grids": Count(len(areas(district, Level.GRID)), url),
    }


def unit_counts(viewer: Viewer) -> Mapping[str, Count]:
    """Units that can hold work, and how many of them have nobody."""
    units, url = list(open_units(viewer, viewer.district_id or 0)), address("desk:setup:units")
    empty = len(units) - len(staffed_unit_ids([unit.pk for unit in units]))
    return {"open": Count(len(units), url), "empty": Count(empty, url)}


def account_counts(viewer: Viewer) -> Mapping[str, Count]:
    """Accounts, and how many of them are closed; one query."""
    every, closed = accounts.counted(viewer)
    url = address("desk:setup:staff")
    return {"all": Count(every, url), "closed": Count(closed, url)}


def locked_counts(viewer: Viewer) -> Mapping[str, Count]:
    """Accounts that are locked after wrong tries."""
    url = f"{address('desk:setup:accounts')}?show=locked"
    return {"locked": Count(len(accounts.locked_user_ids(viewer)), url)}


def post_counts(viewer: Viewer) -> Mapping[str, Count]:
    """The posts this administrator fills, and the vacant ones."""
    url = address("desk:setup:posts")
    return {
        "all": Count(found_posts(viewer).count(), url),
        "vacant": Count(found_posts(viewer, only_vacant=True).count(), f"{url}?show=vacant"),
    }


def duty_counts(viewer: Viewer) -> Mapping[str, Count]:
    """Rows of the duty list, in force or to come."""
    return {"all": Count(found_duties(viewer).count(), address("desk:setup:duties"))}


def pack_counts(viewer: Viewer) -> Mapping[str, Count]:
    """Packs in force."""
    return {"in force": Count(len(packs_in_force()), address("desk:setup:limits"))}


_SYSTEM = roles_with(Right.SET_UP)
FIGURES = (
    Figure("places", _SYSTEM, place_counts, {"communities": "community", "grids": "grid"}),
    Figure("units", _SYSTEM, unit_counts, {"open": "open", "empty": "empty"}),
    Figure("accounts", _SYSTEM, account_counts, {"closed": "closed"}),
    Figure("locked", roles_with(Right.KEEP_ACCOUNTS), locked_counts),
    Figure("posts", roles_with(Right.KEEP_POSTS), post_counts),
    Figure("duties", _SYSTEM, duty_counts),
    Figure("packs", _SYSTEM, pack_counts, {"in force": "pack"}),
)
