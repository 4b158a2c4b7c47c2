"""An independent reading of a division: nothing here comes from the method."""

from collections import deque
from dataclasses import dataclass

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry


@dataclass
class Finding:
    """Bad grids, grids apart, cut, pieces, and the ground a set of polygons misses or covers twice."""

    outside: list[int]
    apart: int
    cut: int
    pieces: int
    pieces_bound: int


def examine(
    pairs: np.ndarray,
    weights: np.ndarray,
    load: np.ndarray,
    compound: np.ndarray,
    grid: np.ndarray,
    minimum: int,
    maximum: int,
) -> Finding:
    """Recount a division from links and loads."""
    beside: list[list[int]] = [[] for _ in load]
    cut = 0
    for (a, b), weight in zip(pairs.tolist(), weights.tolist(), strict=True):
        beside[a].append(b)
        beside[b].append(a)
        cut += weight if grid[a] != grid[b] else 0
    assert len(grid) == len(load) and grid.min() >= 0
    apart, outside = 0, []
    for number in range(int(grid.max()) + 1):
        atoms = np.flatnonzero(grid == number)
        assert len(atoms), "an empty grid"
        if not minimum <= int(load[atoms].sum()) <= maximum:
            outside.append(number)
        apart += reached(beside, set(atoms.tolist())) < len(atoms)
    kinds = {(int(c), int(g)) for c, g in zip(compound, grid, strict=True) if c >= 0}
    totals: dict[int, int] = {}
    for kind, amount in zip(compound.tolist(), load.tolist(), strict=True):
        if kind >= 0:
            totals[kind] = totals.get(kind, 0) + amount
    bound = sum(max(1, -(-total // maximum)) for total in totals.values())
    return Finding(outside, apart, cut, len(kinds), bound)


def reached(beside: list[list[int]], atoms: set[int]) -> int:
    """How many of the atoms can be walked to from the first of them without leaving them."""
    first = min(atoms)
    seen, queue = {first}, deque([first])
    while queue:
        for there in beside[queue.popleft()]:
            if there in atoms and there not in seen:
                seen.add(there)
                queue.append(there)
    return len(seen)


def tiling_error(polygons: list[BaseGeometry], border: BaseGeometry) -> float:
    """Ground of the border that is missed, left or covered twice, as a share of it."""
    whole = shapely.union_all(polygons)
    twice = float(sum(p.area for p in polygons)) - whole.area
    return float((shapely.symmetric_difference(whole, border).area + abs(twice)) / border.area)
