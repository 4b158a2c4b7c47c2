"""Which areas hold a point: one STRtree a process, rebuilt when the district's map moves.

The one rule for a point on a border: of the areas of a level that touch it, the lowest code has
it; of compounds, the lowest id. A point in no grid but within a metre of one of its own community
lies in a sliver between two drawings and goes to the nearest (again the lowest code of equals).
"""

import threading
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
import numpy.typing as npt
import shapely
from django.db.models import Q, QuerySet

from gezhi.kernel import clock, prepared
from gezhi.kernel.viewer import Level
from gezhi.records.places.models import AreaVersion, District, Place, PlaceKind
from gezhi.records.places.rules import SLIVER_DEGREES

Ids = npt.NDArray[np.int64]
NOWHERE = 0
# A road that only touches the next area is not that area's.
_GOOD_PART = 0.1


@dataclass(frozen=True, slots=True)
class Located:
    """Ids of the levels of many points, 0 where a level is missing; arrays of one length."""

    street_ids: Ids
    community_ids: Ids
    grid_ids: Ids
    compound_ids: Ids
    district_code: str = ""


@dataclass(frozen=True, slots=True)
class _Layer:
    """The shapes of one level, sorted by code, so that the lowest index is the lowest code."""

    ids: Ids
    streets: Ids
    communities: Ids
    shapes: Any
    tree: shapely.STRtree

    def holding(self, points: Any) -> Ids:
        """For each point the index of the first shape that touches it, or -1."""
        found = np.full(len(points), len(self.ids), dtype=np.int64)
        if len(self.ids):
            which, shape = self.tree.query(points, predicate="intersects")
            np.minimum.at(found, which, shape)
        found[found == len(self.ids)] = -1
        return found

    def around(self, line: Any) -> int:
        """The id of the only shape that holds a good part of the line, or 0."""
        if not len(self.ids) or not line.length:
            return NOWHERE
        near = self.tree.query(line, predicate="intersects")
        held = shapely.length(shapely.intersection(line, self.shapes[near])) / line.length
        good = near[held > _GOOD_PART]
        return int(self.ids[good[0]]) if len(good) == 1 else NOWHERE


@dataclass(frozen=True, slots=True, eq=False)
class Index:
    """All borders of a district and the footprints of its compounds."""

    map_version: int
    district_code: str
    streets: _Layer
    communities: _Layer
    grids: _Layer
    compounds: _Layer

    def locate(self, longitudes: npt.ArrayLike, latitudes: npt.ArrayLike) -> Located:
        """The levels of every point (CGCS2000 degrees); a point that is no number is nowhere."""
        lon, lat = np.asarray(longitudes, dtype=float), np.asarray(latitudes, dtype=float)
        sound = np.isfinite(lon) & np.isfinite(lat)
        points = shapely.points(np.where(sound, lon, 999.0), np.where(sound, lat, 999.0))
        grid = self.grids.holding(points)
        community = self.communities.holding(points)
        self._fill_slivers(points, grid, community)
        street = self.streets.holding(points)
        community_ids = _picked(self.communities.ids, community)
        street_ids = _picked(self.streets.ids, street)
        # What a narrower area says of its parents goes before what their own borders say.
        community_ids = _over(_picked(self.grids.communities, grid), community_ids)
        street_ids = _over(_picked(self.communities.streets, community), street_ids)
        street_ids = _over(_picked(self.grids.streets, grid), street_ids)
        return Located(
            street_ids,
            community_ids,
            _picked(self.grids.ids, grid),
            self._compounds(points, community_ids),
            self.district_code,
        )

    def along(self, line: Any) -> tuple[int, int, int]:
        """The street, community and grid that a line lies in (CGCS2000), 0 where it runs through
        several: an area with less than a tenth of its length does not count."""
        street = self.streets.around(line)
        community, grid = self.communities.around(line), self.grids.around(line)
        if not street and community:
            street = int(self.communities.streets[self.communities.ids == community][0])
        return street, community, grid

    def _fill_slivers(self, points: Any, grid: Ids, community: Ids) -> None:
        lost = np.flatnonzero(grid < 0)
        if not len(lost) or not len(self.grids.ids):
            return
        which, near = self.grids.tree.query(
            points[lost], predicate="dwithin", distance=SLIVER_DEGREES
        )
        far = shapely.distance(points[lost][which], self.grids.shapes[near])
        for row in np.lexsort((near, far, which)):
            point, candidate = lost[which[row]], near[row]
            own = community[point]
            if grid[point] < 0 and (
                own < 0 or self.grids.communities[candidate] == self.communities.ids[own]
            ):
                grid[point] = candidate

    def _compounds(self, points: Any, community_ids: Ids) -> Ids:
        """A compound never lies in another community than its point does."""
        found = np.full(len(points), len(self.compounds.ids), dtype=np.int64)
        if len(self.compounds.ids):
            which, shape = self.compounds.tree.query(points, predicate="intersects")
            theirs = self.compounds.communities[shape]
            fits = (theirs == NOWHERE) | (theirs == community_ids[which])
            np.minimum.at(found, which[fits], shape[fits])
        found[found == len(self.compounds.ids)] = -1
        return _picked(self.compounds.ids, found)


@lru_cache(maxsize=64)
def at(index: Index, longitude: float, latitude: float) -> Located:
    """One point on one map: the form looks, and what it stores looks at the same point again."""
    return index.locate([longitude], [latitude])


_lock = threading.Lock()
_held: dict[int, Index] = {}


def index_of(district_id: int) -> Index:
    """The index of this district as the running transaction sees its map; one small SELECT.

    The version is a fresh id at each change, so an index read inside a transaction that is rolled
    back later is never taken for another's.
    """
    versions = prepared.ask(_versions, district_id)
    version = versions[0][0] if versions else 0
    held = _held.get(district_id)
    if held is not None and held.map_version == version:
        return held
    with _lock:
        held = _held.get(district_id)
        if held is None or held.map_version != version:
            held = _held[district_id] = _read(district_id, version)
    return held


def _versions(district_id: int) -> QuerySet[District, tuple[int]]:
    return District.objects.filter(pk=district_id).order_by().values_list("map_version")


def _read(district_id: int, version: int) -> Index:
    now = clock.now()
    rows = list(
        AreaVersion.objects.filter(
            Q(valid_to=None) | Q(valid_to__gt=now),
            district_id=district_id,
            valid_from__lte=now,
            border__isnull=False,
        )
        .order_by("area__code")
        .values_list("area_id", "area__level", "area__street_id", "area__community_id", "border")
    )
    compounds = list(
        Place.objects.filter(
            district_id=district_id,
            kind=PlaceKind.COMPOUND,
            retired_at=None,
            shape__isnull=False,
        )
        .order_by("id")
        .values_list("id", "street_id", "community_id", "shape")
    )
    streets, communities, grids = (
        _layer([(row[0], row[2], row[3], row[4]) for row in rows if row[1] == level])
        for level in (Level.STREET, Level.COMMUNITY, Level.GRID)
    )
    code = District.objects.filter(pk=district_id).values_list("code", flat=True).first() or ""
    return Index(version, code, streets, communities, grids, _layer(compounds))


def _layer(rows: Sequence[tuple[int, int | None, int | None, Any]]) -> _Layer:
    shapes = shapely.from_wkb([bytes(row[3]) for row in rows])
    return _Layer(
        ids=np.array([row[0] for row in rows], dtype=np.int64),
        streets=np.array([row[1] or NOWHERE for row in rows], dtype=np.int64),
        communities=np.array([row[2] or NOWHERE for row in rows], dtype=np.int64),
        shapes=shapes,
        tree=shapely.STRtree(shapes),
    )


def _picked(values: Ids, index: Ids) -> Ids:
    if not len(values):
        return np.zeros(len(index), dtype=np.int64)
    return np.where(index >= 0, values[index], NOWHERE)


def _over(first: Ids, second: Ids) -> Ids:
    return np.where(first != NOWHERE, first, second)
