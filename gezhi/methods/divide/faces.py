"""The smallest pieces of ground, their common borders, and whose they are."""

from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely
from scipy.spatial import Voronoi, cKDTree

from gezhi.methods.divide.rules import Floats, Ints

# Borders between atoms run this far (metres) over the rim of their block, so that they meet it.
_OVER = 0.01
# Walls of buildings are followed by points at most this far apart (metres).
_STEP = 8.0


@dataclass(frozen=True, slots=True)
class Faces:
    """`shapes` cover the ground; `area` is the community border and `block` the block each lies
    in; `nearest` is the atom nearest to it within its block, -1 in a block without atoms.
    """

    shapes: Any
    area: Ints
    block: Ints
    nearest: Ints


@dataclass(frozen=True, slots=True)
class Edges:
    """Common borders of faces, piece by piece: both faces, the length and the middle."""

    first: Ints
    second: Ints
    length: Floats
    middle: Floats


def faces_of(points: Floats, shapes: Any, ground: Any, lines: Any) -> Faces:
    """Cut the ground along lines into blocks, and each block between the atoms in it.

    `shapes` are the atoms' own outlines: buildings are followed, so that no border between two
    atoms runs through either.
    """
    rims = shapely.boundary(ground)
    inner = lines
    if len(lines):
        whole = shapely.union_all(ground)
        inner = shapely.intersection(lines, shapely.buffer(whole, _OVER))
    work = shapely.union_all(np.concatenate([rims, inner]))
    blocks = shapely.get_parts(shapely.polygonize([work]))
    area = _inside(blocks, ground)
    blocks, area = blocks[area >= 0], area[area >= 0]
    spots, owner = _outlines(points, shapes)
    tree = shapely.STRtree(blocks)
    which, block = tree.query(shapely.points(spots), predicate="intersects")
    home = np.full(len(spots), -1, dtype=np.int64)
    home[which[::-1]] = block[::-1]
    # Outline points count only in the block the atom itself stands in.
    first = np.unique(owner, return_index=True)[1]
    spots, owner, home = _kept(spots, owner, home, home[first][owner])
    borders = [
        _between(spots[chosen], owner[chosen], blocks[number])
        for number, chosen in _grouped(home)
        if number >= 0 and len(np.unique(owner[chosen])) > 1
    ]
    noded = shapely.union_all(np.concatenate([shapely.get_parts(work), *borders]))
    pieces = shapely.get_parts(shapely.polygonize([noded]))
    heart = shapely.point_on_surface(pieces)
    lies_in = _first_hit(tree, heart, len(pieces))
    pieces, heart, lies_in = pieces[lies_in >= 0], heart[lies_in >= 0], lies_in[lies_in >= 0]
    return Faces(
        pieces,
        area[lies_in],
        lies_in,
        _nearest_within(shapely.get_coordinates(heart), lies_in, spots, owner, home),
    )


def is_coverage(shapes: Any) -> bool:
    """Whether the shapes are polygons that fit edge to edge, each to at least one other."""
    if len(shapes) < 2 or not bool((shapely.get_dimensions(shapes) == 2).all()):
        return False
    if not bool(shapely.coverage_is_valid(shapes)):
        return False
    edges = neighbours(Faces(shapes, *(np.zeros(len(shapes), dtype=np.int64),) * 3))
    touched = np.zeros(len(shapes), dtype=bool)
    touched[edges.first] = touched[edges.second] = True
    return bool(touched.all())


def faces_as_given(shapes: Any, labels: Ints) -> Faces:
    """Polygons that fit edge to edge as faces of their own."""
    own = np.arange(len(shapes), dtype=np.int64)
    return Faces(shapes, labels, labels, own)


def neighbours(faces: Faces) -> Edges:
    """The common borders of all faces."""
    rings, owner = shapely.get_rings(faces.shapes, return_index=True)
    coordinates, ring = shapely.get_coordinates(rings, return_index=True)
    same = ring[:-1] == ring[1:]
    start, end = coordinates[:-1][same], coordinates[1:][same]
    face = owner[ring[:-1][same]].astype(np.int64)
    # Order the two ends so that both faces write the piece alike.
    swap = (start[:, 0] > end[:, 0]) | ((start[:, 0] == end[:, 0]) & (start[:, 1] > end[:, 1]))
    start[swap], end[swap] = end[swap], start[swap].copy()
    order = np.lexsort((face, end[:, 1], end[:, 0], start[:, 1], start[:, 0]))
    start, end, face = start[order], end[order], face[order]
    twin = np.flatnonzero(((start[1:] == start[:-1]) & (end[1:] == end[:-1])).all(axis=1))
    return Edges(
        face[twin],
        face[twin + 1],
        np.hypot(*(end[twin] - start[twin]).T),
        (start[twin] + end[twin]) / 2,
    )


def owners(faces: Faces, points: Floats) -> Ints:
    """The face each atom stands on."""
    tree = shapely.STRtree(faces.shapes)
    which, face = tree.query(shapely.points(points), predicate="intersects")
    out = np.full(len(points), -1, dtype=np.int64)
    mine = faces.nearest[face] == which
    out[which[::-1]] = face[::-1]
    out[which[mine]] = face[mine]
    return out


def rooted(
    faces: Faces, edges: Edges, seeds: Ints, points: Floats, barred: Any, within: Any
) -> Ints:
    """The atom of every face: one connected ground for each atom.

    A face that is nearest to an atom but cut off from the face it stands on, or that lies in a
    block without atoms, goes to the neighbour with the longest common border, rather within its
    block, last of all across a barrier; never to another community.
    """
    label = np.full(len(faces.shapes), -1, dtype=np.int64)
    standing = np.flatnonzero(seeds >= 0)
    label[seeds[standing]] = standing
    first = np.concatenate([edges.first, edges.second])
    second = np.concatenate([edges.second, edges.first])
    length = np.tile(edges.length, 2)
    allowed = np.tile(within, 2)
    free = np.tile(~barred, 2)
    same_block = faces.block[first] == faces.block[second]
    stages = (
        lambda give: faces.nearest[second] == label[first],
        lambda give: same_block,
        lambda give: free,
        lambda give: np.ones(len(first), dtype=bool),
    )
    for stage in stages:
        while True:
            give = (label[first] >= 0) & (label[second] < 0) & allowed
            give &= stage(give)
            if not give.any():
                break
            taker, giver = second[give], label[first[give]]
            key = taker * len(points) + giver
            keys, inverse = np.unique(key, return_inverse=True)
            shared = np.bincount(inverse, length[give])
            order = np.lexsort((keys, -shared, keys // len(points)))
            takers = keys[order] // len(points)
            best = order[np.unique(takers, return_index=True)[1]]
            label[keys[best] // len(points)] = keys[best] % len(points)
    return _adopted(faces, label, points, within, edges)


def _adopted(faces: Faces, label: Ints, points: Floats, within: Any, edges: Edges) -> Ints:
    """Faces no neighbour could take (an atomless island) go to the nearest atom of the area."""
    alone = np.flatnonzero(label < 0)
    if not len(alone):
        return label
    label = label.copy()
    taken = label >= 0
    hearts = shapely.get_coordinates(shapely.point_on_surface(faces.shapes[alone]))
    for face, heart in zip(alone.tolist(), hearts, strict=True):
        mine = np.unique(label[taken & (faces.area == faces.area[face])])
        if len(mine):
            label[face] = mine[np.argmin(((points[mine] - heart) ** 2).sum(axis=1))]
    return label


def _outlines(points: Floats, shapes: Any) -> tuple[Floats, Ints]:
    """The atom's point, first, and points along its walls, with the atom they belong to."""
    areal = np.flatnonzero(shapely.get_dimensions(shapes) == 2)
    atoms = np.arange(len(points))
    if not len(areal):
        return points, atoms
    walls = shapely.segmentize(shapely.boundary(shapely.buffer(shapes[areal], -0.05)), _STEP)
    coordinates, index = shapely.get_coordinates(walls, return_index=True)
    spots = np.concatenate([points, coordinates])
    owner = np.concatenate([atoms, areal[index]])
    _, unique = np.unique(np.round(spots, 3), axis=0, return_index=True)
    unique.sort()
    spots, owner = spots[unique], owner[unique]
    order = np.argsort(owner, kind="stable")
    return spots[order], owner[order]


def _kept(spots: Floats, owner: Ints, home: Ints, block: Ints) -> tuple[Floats, Ints, Ints]:
    keep = (home == block) & (home >= 0)
    return spots[keep], owner[keep], home[keep]


def _grouped(labels: Ints) -> list[tuple[int, Ints]]:
    order = np.argsort(labels, kind="stable")
    cuts = np.flatnonzero(np.diff(labels[order])) + 1
    return [(int(labels[group[0]]), group) for group in np.split(order, cuts) if len(group)]


def _between(spots: Floats, owner: Ints, block: Any) -> Any:
    """The borders half-way between atoms of one block, as lines running just over its rim."""
    low, high = spots.min(axis=0), spots.max(axis=0)
    west, south, east, north = shapely.bounds(block)
    reach = 4 * max(east - west, north - south, *(high - low), 1.0)
    middle = np.asarray([(west + east) / 2, (south + north) / 2])
    far = middle + reach * np.asarray([[1, 0], [0, 1], [-1, 0], [0, -1], [0.7, 0.7], [-0.7, -0.7]])
    # Six far points close every cell; their own borders lie outside the block.
    diagram = Voronoi(np.concatenate([spots - middle, far - middle]))
    ridges = np.asarray(diagram.ridge_points)
    ends = np.asarray(diagram.ridge_vertices, dtype=np.int64)
    both = np.concatenate([owner, -np.arange(1, len(far) + 1)])
    use = (both[ridges[:, 0]] != both[ridges[:, 1]]) & (ends >= 0).all(axis=1)
    use &= (ridges < len(spots)).all(axis=1)
    segments = diagram.vertices[ends[use]] + middle
    segments = segments[(segments[:, 0] != segments[:, 1]).any(axis=1)]
    lines = shapely.linestrings(segments)
    rim = shapely.buffer(block, _OVER, quad_segs=2)
    shapely.prepare(rim)
    inside = shapely.contains_properly(rim, lines)
    crossing = lines[~inside]
    clipped = shapely.get_parts(shapely.intersection(crossing, rim))
    clipped = clipped[shapely.get_dimensions(clipped) == 1]
    return np.concatenate([lines[inside], clipped])


def _inside(blocks: Any, ground: Any) -> Ints:
    """The ground each block lies in, -1 for a hole."""
    return _first_hit(shapely.STRtree(ground), shapely.point_on_surface(blocks), len(blocks))


def _first_hit(tree: Any, hearts: Any, count: int) -> Ints:
    out = np.full(count, -1, dtype=np.int64)
    which, hit = tree.query(hearts, predicate="intersects")
    out[which[::-1]] = hit[::-1]
    return out


def _nearest_within(hearts: Floats, block: Ints, spots: Floats, owner: Ints, home: Ints) -> Ints:
    """The nearest atom in the same block: blocks are set far apart in a third dimension."""
    out = np.full(len(hearts), -1, dtype=np.int64)
    lived_in = np.isin(block, home)
    if not lived_in.any():
        return out
    far = 10.0 * float(np.ptp(spots, axis=0).max() + np.ptp(hearts, axis=0).max() + 1.0)
    tree = cKDTree(np.column_stack([spots, home * far]))
    _, nearest = tree.query(np.column_stack([hearts[lived_in], block[lived_in] * far]))
    out[lived_in] = owner[nearest]
    return out
