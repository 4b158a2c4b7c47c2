"""Cutting the demo town into grids of about 300 households, by the same method offices use."""

from dataclasses import dataclass
from typing import Any

import numpy as np

from gezhi.faces.terminal.demo.town import Town
from gezhi.methods.divide import Rules, divide, graph_of, survey, tile


@dataclass(frozen=True, slots=True)
class TownGrid:
    """A grid of one community, numbered from 1 in reading order (north to south, west to east)."""

    community: str
    number: int
    shape: Any
    households: int


def grids_of(town: Town, *, seed: int = 0, effort: float = 0.4) -> tuple[TownGrid, ...]:
    """The grids of the town: no building and no ground is split, borders follow roads and walls.

    The same town and seed give the same grids.
    """
    atoms, loads, owner, community = _atoms(town)
    codes = list(town.communities)
    ground = survey(
        atoms,
        borders=[town.communities[code] for code in codes],
        community=np.asarray(community),
        compound=np.asarray(owner),
        roads={
            kind: [road.line for road in town.roads if road.kind == kind]
            for kind in ("arterial", "street", "lane")
        },
        barriers=[site.shape for site in town.sites if site.kind == "river"],
        geographic=True,
    )
    graph = graph_of(ground.pairs, ground.weights, loads, compound=ground.compound)
    division = divide(graph, Rules(), seed=seed, effort=effort)
    shapes = tile(ground, division.grid)
    households = np.bincount(division.grid, loads, len(shapes)).astype(int)
    found: list[TownGrid] = []
    for place, code in enumerate(codes):
        members = sorted(
            {int(grid) for grid in division.grid[ground.community == place]},
            key=lambda grid: _reading_order(shapes[grid]),
        )
        found.extend(
            TownGrid(code, number, shapes[grid], int(households[grid]))
            for number, grid in enumerate(members, start=1)
        )
    return tuple(found)


def _atoms(town: Town) -> tuple[list[Any], Any, list[int], list[int]]:
    """What no border may split: buildings with their households, and public sites with none."""
    codes = list(town.communities)
    rows = [
        (building.shape, building.households, number, codes.index(compound.community))
        for number, compound in enumerate(town.compounds)
        for building in compound.buildings
    ]
    rows += [
        (site.shape, 0, len(town.compounds) + number, codes.index(site.community))
        for number, site in enumerate(town.sites)
        if site.kind not in {"river", "greenway"}
    ]
    shapes, loads, owner, community = zip(*rows, strict=True)
    return list(shapes), np.asarray(loads), list(owner), list(community)


def _reading_order(shape: Any) -> tuple[float, float]:
    """North before south in steps of about 150 metres, then west before east."""
    middle = shape.centroid
    return (-round(middle.y / 0.0014), middle.x)
