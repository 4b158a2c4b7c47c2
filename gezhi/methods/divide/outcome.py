"""From what files hold to grids ready to be written: the whole way in one call."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from gezhi.methods.divide.division import COMPACT, EVEN, Division, divide
from gezhi.methods.divide.graph import graph_of
from gezhi.methods.divide.reading import Note, Units
from gezhi.methods.divide.rules import Ints, Refused, Rules
from gezhi.methods.divide.surveying import Survey, survey
from gezhi.methods.divide.tiling import tile

PROPOSALS = ("compact", "even", "today")


@dataclass(frozen=True, slots=True)
class Outcome:
    """Grids in the order they are numbered: community by community, each from north to south.

    `grid` is the position in `polygons` of each atom's grid; `notes` tells what was repaired or
    looks wrong in the input.
    """

    grid: Ints
    polygons: tuple[BaseGeometry, ...]
    community: tuple[str, ...]
    loads: Ints
    division: Division
    ground: Survey
    notes: tuple[Note, ...]

    def measures(self) -> dict[str, Any]:
        """Everything counted, and every reason, as plain values."""
        out = asdict(self.division.measures)
        out["feasible"] = self.division.measures.outside == 0
        out["proved"] = self.division.proved
        out["reasons"] = [asdict(reason) for reason in self.division.certificates]
        out["notes"] = [{"note": name, **facts} for name, facts in self.notes]
        if bool((self.division.follows >= 0).any()):
            out["moved"] = self.division.moved
        return out


def divide_units(
    units: Units,
    rules: Rules,
    *,
    communities: Sequence[BaseGeometry] = (),
    names: Sequence[str] = (),
    roads: Mapping[str, Sequence[BaseGeometry]] | None = None,
    barriers: Sequence[BaseGeometry] = (),
    geographic: bool | None = None,
    proposal: str = "compact",
    seed: int = 0,
    effort: float = 1.0,
    extra_notes: Sequence[Note] = (),
) -> Outcome:
    """Survey, divide and tile the units of a file.

    Borders of communities, where given, decide which unit lies where; otherwise the property
    `community` does. Raises what `survey` and `divide` raise, and `Refused`: `community_missing`
    for units without a community among units with one, `today_missing` for the proposal `today`
    without today's grids, `proposal` for an unknown one.
    """
    if proposal not in PROPOSALS:
        raise Refused("proposal")
    if proposal == "today" and units.today is None:
        raise Refused("today_missing")
    notes = [*units.notes, *extra_notes]
    labels, titles = units.community, list(units.community_names)
    if not len(communities) and titles and (labels < 0).any():
        raise Refused("community_missing", atoms=np.flatnonzero(labels < 0).tolist())
    ground = survey(
        units.places,
        borders=communities,
        community=labels if titles else None,
        compound=units.compound,
        roads=roads,
        barriers=barriers,
        geographic=geographic,
    )
    notes += ground.notes
    if len(communities):
        _compare(units, ground, names, notes)
        titles = list(names)
    graph = graph_of(
        ground.pairs,
        ground.weights,
        units.load,
        None if units.workload is None else units.workload.astype(np.float64),
        compound=ground.compound,
    )
    division = divide(
        graph,
        rules,
        aim=EVEN if proposal == "even" else COMPACT,
        seed=seed,
        effort=effort,
        today=units.today,
        keep=proposal == "today",
    )
    polygons = tile(ground, division.grid)
    rank = _ranked(division.grid, ground.community, polygons)
    order = np.argsort(rank)
    first = np.unique(division.grid, return_index=True)[1]
    where = ground.community[first][order]
    return Outcome(
        rank[division.grid],
        tuple(polygons[order]),
        tuple(titles[c] if titles else "" for c in where.tolist()),
        np.bincount(rank[division.grid], units.load).astype(np.int64),
        division,
        ground,
        tuple(notes),
    )


def _compare(units: Units, ground: Survey, names: Sequence[str], notes: list[Note]) -> None:
    """Tell units whose named community is not where they stand, and communities without units."""
    said = np.asarray(["", *units.community_names], dtype=object)[units.community + 1]
    stands = np.asarray(names, dtype=object)[ground.community]
    other = np.flatnonzero((said != "") & (said != stands))
    if len(other):
        notes.append(("community_differs", {"atoms": other.tolist()}))
    empty = sorted(set(range(len(names))) - set(ground.community.tolist()))
    if empty:
        notes.append(("community_without_units", {"communities": empty}))


def _ranked(grid: Ints, community: Ints, polygons: Any) -> Ints:
    """The rank of each grid: by community, then north to south, west to east."""
    first = np.unique(grid, return_index=True)[1]
    hearts = shapely.get_coordinates(shapely.centroid(polygons))
    order = np.lexsort((hearts[:, 0], -hearts[:, 1], community[first]))
    rank = np.empty(len(order), dtype=np.int64)
    rank[order] = np.arange(len(order))
    return rank
