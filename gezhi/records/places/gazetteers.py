"""The register of a district as the method reads it, with other names of places; once a process.

Two are kept: what anybody may find (compounds, buildings, sites, roads), made in a blink for the
first report after a start, and the whole with stairwells and dwellings for what staff are advised.
Built anew when a place or a name that counts was added, and after an hour for what a change of a
row alone does not show.
"""

import threading
import time
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Protocol

from gezhi.kernel.viewer import Level
from gezhi.methods.locate import AreaName, AreaNames, Entry, Gazetteer
from gezhi.records.places.models import NUMBERED, Area, Place, PlaceKind
from gezhi.records.places.queries.rows import LISTED

KEPT_SECONDS = 3600.0
_AREAS_KEPT_SECONDS = 60.0
_KINDS = {PlaceKind.SITE.value: "facility"}


class OtherNames(Protocol):
    """Where other names of places come from: what learns them lies above the places."""

    def version(self, district_id: int) -> tuple[Any, ...]:
        """Something that is another one when a name was added or taken back."""

    def names(self, district_id: int) -> Iterable[tuple[int, str]]:
        """Ids of places, each with one other name of it."""


@dataclass(frozen=True, slots=True)
class _Built:
    version: tuple[Any, ...]
    at: float
    gazetteer: Gazetteer


_sources: list[OtherNames] = []
_built: dict[tuple[int, bool], _Built] = {}
_areas: dict[int, tuple[float, AreaNames]] = {}
_lock = threading.Lock()


def take_names_from(source: OtherNames) -> None:
    """Count these names as well from now on; called once by the app that learns them."""
    if source not in _sources:
        _sources.append(source)


def gazetteer_of(district_id: int, *, dwellings: bool = False) -> Gazetteer:
    """The names of the district's places; two small statements when it is built already.

    Without `dwellings` it ends at the building: what a stranger may find.
    """
    version = _version(district_id)
    key = district_id, dwellings
    with _lock:
        known = _built.get(key)
        if known is None or known.version != version or time.monotonic() - known.at > KEPT_SECONDS:
            known = _Built(version, time.monotonic(), _build(district_id, dwellings))
            _built[key] = known
    return known.gazetteer


def area_names_of(district_id: int) -> AreaNames:
    """The communities and grids in use by their names; looked up again after a minute."""
    with _lock:
        at, names = _areas.get(district_id, (-_AREAS_KEPT_SECONDS, AreaNames(())))
        if time.monotonic() - at > _AREAS_KEPT_SECONDS:
            names = _read_areas(district_id)
            _areas[district_id] = time.monotonic(), names
    return names


def _read_areas(district_id: int) -> AreaNames:
    rows = Area.objects.filter(
        district_id=district_id, in_use=True, level__in=(Level.COMMUNITY, Level.GRID)
    ).values_list("id", "name", "level", "community_id")
    return AreaNames(
        AreaName(area_id, name, parent if level == Level.GRID else None)
        for area_id, name, level, parent in rows.order_by("code")
        if _is_name(name)
    )


def _is_name(name: str) -> bool:
    """Whether anybody may mean it: a register taken in before names were looked at may hold a
    compound "12", which every "12 栋" would name."""
    return any(sign.isalpha() for sign in name)


def forget() -> None:
    """Leave every gazetteer of this process aside; for tests."""
    _built.clear()
    _areas.clear()


def _version(district_id: int) -> tuple[Any, ...]:
    # Of all districts: by the primary key alone it is one step, within a district it is a sort.
    newest = Place.objects.order_by("-id").values_list("id", flat=True)
    learnt = [part for source in _sources for part in source.version(district_id)]
    return (*newest[:1], *learnt)


def _build(district_id: int, dwellings: bool) -> Gazetteer:
    names: dict[int, list[str]] = {}
    for source in _sources:
        for place_id, words in source.names(district_id):
            names.setdefault(place_id, []).append(words)
    rows = Place.objects.filter(district_id=district_id, retired_at=None)
    if not dwellings:
        rows = rows.filter(kind__in=LISTED)
    columns = rows.values_list("id", "kind", "name", "parent_id", "address")
    return Gazetteer(
        Entry(
            place_id,
            _KINDS.get(kind, kind),
            name,
            parent_id,
            tuple(names.get(place_id, ())),
            address,
        )
        for place_id, kind, name, parent_id, address in columns.iterator(chunk_size=5000)
        if kind in NUMBERED or _is_name(name)
    )
