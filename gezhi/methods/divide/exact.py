"""Proved optima of small windows by CP-SAT; needs OR-tools, which the platform does not install.

No page and no job imports this module; it serves measurements and operators who want the last
percent of a small community.
"""

from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np

from gezhi.methods.divide.graph import Graph
from gezhi.methods.divide.rules import Ints, Refused, Rules


@dataclass(frozen=True, slots=True)
class Exact:
    """The best division found (None: none exists, or none was found in time), its cut, the proved
    lower bound of the cut, and whether the search came to its end.
    """

    part: Ints | None
    cut: int
    bound: float
    proved: bool


def exact(
    graph: Graph,
    rules: Rules,
    grids: int,
    *,
    seconds: float = 60.0,
    hint: Ints | None = None,
    workers: int = 1,
) -> Exact:
    """Connected grids within bounds, exactly `grids` of them, with the least cut.

    Meant for at most about 40 atoms. Raises `Refused` with code `no_solver` where OR-tools is not
    installed (`pip install ortools`).
    """
    try:
        from ortools.sat.python import cp_model
    except ImportError as missing:
        raise Refused("no_solver", install="ortools") from missing
    model = cp_model.CpModel()
    labels, same = _assignment(model, graph, rules, grids)
    _hanging_together(model, graph, labels, same)
    model.minimize(sum(weight * (1 - same[pair]) for pair, weight in _links(graph).items()))
    if hint is not None:
        for atom, row in enumerate(labels):
            for grid, chosen in enumerate(row):
                model.add_hint(chosen, int(hint[atom]) == grid)
    solver = cp_model.CpSolver()
    solver.parameters.max_time_in_seconds = seconds
    solver.parameters.num_workers = workers
    status = solver.solve(model)
    if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        return Exact(None, -1, 0.0, status == cp_model.INFEASIBLE)
    part = np.asarray(
        [next(g for g, chosen in enumerate(row) if solver.value(chosen)) for row in labels],
        dtype=np.int64,
    )
    return Exact(
        part,
        round(solver.objective_value),
        float(solver.best_objective_bound),
        status == cp_model.OPTIMAL,
    )


def _links(graph: Graph) -> dict[tuple[int, int], int]:
    """Every link once."""
    return {
        (one, two): weight
        for one, two, weight in zip(
            graph.sources.tolist(), graph.indices.tolist(), graph.weights.tolist(), strict=True
        )
        if one < two
    }


def _assignment(
    model: Any, graph: Graph, rules: Rules, grids: int
) -> tuple[list[list[Any]], dict[tuple[int, int], Any]]:
    """Which atom lies in which grid, and which links lie inside one."""
    labels = [
        [model.new_bool_var(f"atom {atom} in {grid}") for grid in range(grids)]
        for atom in range(graph.count)
    ]
    for row in labels:
        model.add_exactly_one(row)
    for grid in range(grids):
        load = sum(int(graph.load[atom]) * row[grid] for atom, row in enumerate(labels))
        model.add_linear_constraint(load, rules.minimum, rules.maximum)
    # Grids are alike: the first atom lies in the first, and none is opened out of turn.
    for atom, row in enumerate(labels):
        for grid in range(atom + 1, grids):
            model.add(row[grid] == 0)
        for before, grid in pairwise(range(grids)):
            if atom:
                model.add(row[grid] <= sum(labels[a][before] for a in range(atom)))
    same = {}
    for one, two in _links(graph):
        inside = model.new_bool_var(f"{one} with {two}")
        same[one, two] = inside
        for grid in range(grids):
            model.add(labels[one][grid] - labels[two][grid] <= 1 - inside)
            model.add(labels[two][grid] - labels[one][grid] <= 1 - inside)
            model.add(labels[one][grid] + labels[two][grid] <= 1 + inside)
    return labels, same


def _hanging_together(
    model: Any, graph: Graph, labels: list[list[Any]], same: dict[tuple[int, int], Any]
) -> None:
    """A tree in every grid: each atom but one per grid has a parent in its grid, nearer the root."""
    count, grids = len(labels), len(labels[0])
    root = [[model.new_bool_var(f"root {a} of {g}") for g in range(grids)] for a in range(count)]
    depth = [model.new_int_var(0, count - 1, f"depth {atom}") for atom in range(count)]
    for grid in range(grids):
        model.add_exactly_one(root[atom][grid] for atom in range(count))
        for atom in range(count):
            model.add_implication(root[atom][grid], labels[atom][grid])
            # The root is the first atom of its grid, so that there is one way to write it.
            for earlier in range(atom):
                model.add_at_most_one(root[atom][grid], labels[earlier][grid])
    parents: list[list[Any]] = [list(row) for row in root]
    for (one, two), inside in same.items():
        for child, above in ((one, two), (two, one)):
            arc = model.new_bool_var(f"{child} under {above}")
            parents[child].append(arc)
            model.add_implication(arc, inside)
            model.add(depth[child] == depth[above] + 1).only_enforce_if(arc)
    for options in parents:
        model.add_exactly_one(options)
