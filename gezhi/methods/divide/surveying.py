"""From positions, borders, roads and barriers to cells of ground, links and blocks.

Every atom gets the ground nearest to it inside its block (the ground between roads and barriers
of one community); atoms are linked where their grounds share a border that no barrier runs
along. All lines are noded together once, so the cells fit each other without gap or overlap.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from gezhi.methods.divide.faces import (
    Faces,
    faces_as_given,
    faces_of,
    is_coverage,
    neighbours,
    owners,
    rooted,
)
from gezhi.methods.divide.plane import Plane, plane_of
from gezhi.methods.divide.rules import Floats, Ints, Refused

# What a road of a class leaves of a link across it; within a block it is 4, in a compound 20.
COMPOUND_WEIGHT = 20
BLOCK_WEIGHT = 4
ROAD_WEIGHTS = {"path": 4, "lane": 3, "street": 2, "arterial": 1}
# Grounds that share less than this (metres) touch at a corner only.
_CONTACT = 0.5
# A wall crossing the straight way between two atoms parts them even where it ends.
_ON_LINE = 1e-3


@dataclass(frozen=True, slots=True)
class Survey:
    """Ground ready to be divided.

    `points` and all geometry are in the local metric plane `plane`; `pairs` and `weights` are the
    links; `community` is the community of each atom (index into `communities`, the borders; 0 for
    all when none was given); `notes` tells what was repaired on the way.
    """

    plane: Plane
    points: Floats
    pairs: Ints
    weights: Ints
    community: Ints
    compound: Ints
    faces: Faces
    face_atom: Ints
    face_community: Ints
    notes: tuple[tuple[str, dict[str, Any]], ...] = field(default=())


def survey(
    places: Sequence[BaseGeometry],
    *,
    borders: Sequence[BaseGeometry] = (),
    community: Ints | None = None,
    compound: Ints | None = None,
    roads: Mapping[str, Sequence[BaseGeometry]] | None = None,
    barriers: Sequence[BaseGeometry] = (),
    geographic: bool | None = None,
) -> Survey:
    """Survey the ground of atoms standing at `places` (points or polygons, any one CRS).

    Polygons that fit each other edge to edge are the ground themselves. `borders` are the communities; without them the ground is what lies within 30 m of the hull
    of all places, parted by `community` where that is given. `roads` maps a class (`arterial`,
    `street`, `lane`, `path`) to lines, `barriers` are rivers, railways and walls as lines or
    polygons. `geographic` says whether coordinates are degrees; by default that is seen from
    their size. Raises `Refused`: `empty`, `roads` for an unknown class, `outside` for places more
    than 50 m outside every border, `overlap` for communities that overlap.
    """
    if not len(places):
        raise Refused("empty")
    unknown = sorted(set(roads or {}) - set(ROAD_WEIGHTS))
    if unknown:
        raise Refused("roads", classes=unknown)
    notes: list[tuple[str, dict[str, Any]]] = []
    plane = plane_of(places, geographic)
    shapes = plane.into(np.asarray(places, dtype=object))
    fences = plane.into(np.asarray(borders, dtype=object))
    points = shapely.get_coordinates(shapely.point_on_surface(shapes))
    points = _apart(points, notes)
    count = len(points)
    labels = np.zeros(count, dtype=np.int64) if community is None else np.asarray(community)
    ways = {
        name: plane.into(np.asarray(lines, dtype=object)) for name, lines in (roads or {}).items()
    }
    walls = plane.into(np.asarray(barriers, dtype=object))
    if len(fences):
        fences = _fitted(fences, notes)
        points, labels = _settled(points, fences, notes)
        ground = fences
    else:
        hull = shapely.convex_hull(shapely.union_all(shapely.convex_hull(shapes)))
        ground = np.asarray([shapely.buffer(hull, 30.0, quad_segs=4)], dtype=object)
    cuts = _lines(walls)
    streets = np.concatenate([_lines(lines) for lines in ways.values()] or [cuts[:0]])
    if is_coverage(shapes):
        faces = faces_as_given(shapes, labels)
    else:
        faces = faces_of(points, shapes, ground, np.concatenate([cuts, streets]))
    edges = neighbours(faces)
    barred = _along(edges.middle, cuts)
    within = faces.area[edges.first] == faces.area[edges.second]
    seeds = owners(faces, points)
    face_atom = rooted(faces, edges, seeds, points, barred, within)
    face_community = faces.area.copy()
    if not len(fences):
        face_community = np.where(face_atom >= 0, labels[face_atom], -1)
    compounds = np.full(count, -1, dtype=np.int64) if compound is None else np.asarray(compound)
    pairs, weights = _links(points, labels, compounds, face_atom, edges, barred, cuts, ways)
    return Survey(
        plane,
        points,
        pairs,
        weights,
        labels,
        compounds,
        faces,
        face_atom,
        face_community,
        tuple(notes),
    )


def _apart(points: Floats, notes: list[tuple[str, dict[str, Any]]]) -> Floats:
    """Atoms at one position set on a ring of 0.3 m around it."""
    keys = np.round(points, 2)
    _, inverse, counts = np.unique(keys, axis=0, return_inverse=True, return_counts=True)
    inverse = inverse.ravel()
    shared = counts[inverse] > 1
    if not shared.any():
        return points
    points = points.copy()
    atoms = np.flatnonzero(shared)
    order = atoms[np.argsort(inverse[atoms], kind="stable")]
    groups = inverse[order]
    start = np.searchsorted(groups, groups)
    rank = np.arange(len(order)) - start
    turn = 2 * np.pi * rank / counts[groups]
    points[order] += 0.3 * np.stack([np.cos(turn), np.sin(turn)], axis=1)
    notes.append(("same_position", {"atoms": len(atoms), "positions": int((counts > 1).sum())}))
    return points


def _fitted(fences: Any, notes: list[tuple[str, dict[str, Any]]]) -> Any:
    """Borders mended; slivers of overlap go to the community named first."""
    mended = ~shapely.is_valid(fences)
    if mended.any():
        fences = shapely.make_valid(fences)
        notes.append(("border_mended", {"communities": np.flatnonzero(mended).tolist()}))
    first, second = shapely.STRtree(fences).query(fences, predicate="intersects")
    fences = fences.copy()
    for low, high in sorted(
        (a, b) for a, b in zip(first.tolist(), second.tolist(), strict=True) if a < b
    ):
        shared = shapely.area(shapely.intersection(fences[low], fences[high]))
        least = min(shapely.area(fences[low]), shapely.area(fences[high]))
        if shared > 0.01 * least:
            raise Refused("overlap", communities=[low, high], share=round(shared / least, 4))
        if shared > 1e-6:
            fences[high] = shapely.difference(fences[high], fences[low])
            notes.append(("overlap_cut", {"communities": [low, high]}))
    return fences


def _settled(
    points: Floats, fences: Any, notes: list[tuple[str, dict[str, Any]]]
) -> tuple[Floats, Ints]:
    """The community of each point; points just outside are moved onto the ground."""
    tree = shapely.STRtree(fences)
    spots = shapely.points(points)
    labels = np.full(len(points), -1, dtype=np.int64)
    which, fence = tree.query(spots, predicate="intersects")
    # A point on a border belongs to the community named first.
    labels[which[::-1]] = fence[::-1]
    for lost in np.flatnonzero(labels < 0):
        near = int(tree.nearest(spots[lost]))
        if shapely.distance(spots[lost], fences[near]) > 50.0:
            far = [
                int(a)
                for a in np.flatnonzero(labels < 0)
                if shapely.distance(spots[a], fences).min() > 50.0
            ]
            raise Refused("outside", atoms=far)
    strays = np.flatnonzero(labels < 0)
    labels[strays] = [int(tree.nearest(spots[atom])) for atom in strays]
    # Whoever stands on a border of two would also be at home on the ground of the other one.
    between = np.flatnonzero(np.bincount(which, minlength=len(points)) > 1)
    points = _moved_inside(points, np.concatenate([strays, between]), labels, fences)
    if len(strays):
        notes.append(("moved_inside", {"atoms": strays.tolist()}))
    return points, labels


def _moved_inside(points: Floats, atoms: Ints, labels: Ints, fences: Any) -> Floats:
    """These atoms some centimetres inside the border of their community, no two at one spot."""
    points = points.copy()
    taken: dict[tuple[int, float, float], int] = {}
    for atom in atoms.tolist():
        fence = fences[labels[atom]]
        edge = shapely.shortest_line(fence, shapely.points(points[atom]))
        foot = shapely.get_coordinates(edge)[0]
        way = shapely.get_coordinates(shapely.point_on_surface(fence))[0] - foot
        key = (int(labels[atom]), *np.round(foot, 2).tolist())
        before = taken[key] = taken.get(key, -1) + 1
        # Each a little less farther in than the one before: half a metre holds any number.
        far = 0.05 + 0.35 * before / (before + 4)
        points[atom] = foot + way * (far / max(float(np.hypot(*way)), far))
    return points


def _lines(shapes: Any) -> Any:
    """All line work of the shapes, polygons by their rings, as single lines."""
    if not len(shapes):
        return np.asarray([], dtype=object)
    flat = shapely.get_parts(shapes)
    areal = shapely.get_dimensions(flat) == 2
    flat = flat.copy()
    flat[areal] = shapely.boundary(flat[areal])
    flat = shapely.get_parts(flat)
    return flat[shapely.get_dimensions(flat) == 1]


def _along(middle: Floats, lines: Any) -> Any:
    """Which of the points lie on one of the lines."""
    hit = np.zeros(len(middle), dtype=bool)
    if len(lines) and len(middle):
        which, _ = shapely.STRtree(lines).query(
            shapely.points(middle), predicate="dwithin", distance=_ON_LINE
        )
        hit[which] = True
    return hit


def _links(
    points: Floats,
    labels: Ints,
    compound: Ints,
    face_atom: Ints,
    edges: Any,
    barred: Any,
    cuts: Any,
    ways: Mapping[str, Any],
) -> tuple[Ints, Ints]:
    one, two = face_atom[edges.first], face_atom[edges.second]
    use = (one != two) & (one >= 0) & (two >= 0) & ~barred
    use &= labels[one] == labels[two]
    one, two = one[use], two[use]
    low, high = np.minimum(one, two), np.maximum(one, two)
    key = low * len(points) + high
    price = np.full(len(key), BLOCK_WEIGHT, dtype=np.int64)
    for name, lines in ways.items():
        on = _along(edges.middle[use], _lines(lines))
        price[on] = np.minimum(price[on], ROAD_WEIGHTS[name])
    keys, inverse = np.unique(key, return_inverse=True)
    length = np.bincount(inverse, edges.length[use])
    # What most of the shared border runs along decides.
    weight = np.rint(np.bincount(inverse, edges.length[use] * price) / np.maximum(length, 1e-9))
    pairs = np.stack([keys // len(points), keys % len(points)], axis=1).astype(np.int64)
    keep = length >= _CONTACT
    keep &= ~_crossed(points, pairs, cuts)
    pairs = pairs[keep]
    weights = np.maximum(1, weight[keep]).astype(np.int64)
    kin = compound[pairs[:, 0]]
    kin = (kin >= 0) & (kin == compound[pairs[:, 1]])
    weights[kin] = COMPOUND_WEIGHT
    return pairs, weights


def _crossed(points: Floats, pairs: Ints, cuts: Any) -> Any:
    hit = np.zeros(len(pairs), dtype=bool)
    if len(cuts) and len(pairs):
        which, _ = shapely.STRtree(cuts).query(
            shapely.linestrings(points[pairs]), predicate="intersects"
        )
        hit[which] = True
    return hit
