"""Our cut beside the proved optimum on windows of at most 40 atoms (needs OR-tools).

python -m benchmarks.divide.windows --windows 100 --seconds 60
"""

import argparse
import json
import pathlib
import time
from dataclasses import asdict, dataclass

import numpy as np

from benchmarks.divide import layouts
from gezhi.methods import divide
from gezhi.methods.divide.exact import exact

PLAIN = divide.Aim(uneven=0.0, piece=0.0)


@dataclass
class Row:
    """One window: ours, METIS and the solver."""

    number: int
    atoms: int
    grids: int
    ours: int
    ours_grids: int
    metis: int
    best: int
    bound: float
    proved: bool
    seconds: float
    solver_seconds: float


def window(number: int) -> divide.Graph:
    """A connected piece of 24 to 40 atoms of a generated town that can be divided."""
    rng = np.random.default_rng((number, 12))
    while True:
        layout = layouts.town(int(rng.integers(1 << 30)), 3, 3)
        ground = divide.survey(
            layout.places, borders=[layout.border], compound=layout.compound, roads=layout.roads
        )
        graph = divide.graph_of(
            ground.pairs, ground.weights, layout.households, compound=ground.compound
        )
        size = int(rng.integers(24, 41))
        atoms = [int(rng.integers(graph.count))]
        for atom in atoms:
            row = graph.indices[graph.indptr[atom] : graph.indptr[atom + 1]].tolist()
            atoms += [a for a in row if a not in atoms][: max(0, size - len(atoms))]
        piece = graph.subgraph(np.asarray(sorted(atoms)))
        total = int(piece.load.sum())
        if 450 <= total <= 1500:
            return piece


def measured(number: int, seconds: float) -> Row:
    """Divide one window by the method, by METIS and by the solver."""
    rules, graph = divide.Rules(), window(number)
    began = time.perf_counter()
    division = divide.divide(graph, rules, aim=PLAIN, seed=number)
    spent = time.perf_counter() - began
    grids = rules.best_count(int(graph.load.sum()))
    from gezhi.methods.divide.start import metis

    rough = [divide.measure(graph, metis(graph, grids, seed), rules) for seed in range(5)]
    lawful = [m.cut for m in rough if not m.outside and not m.apart]
    began = time.perf_counter()
    fits = division.measures.grids == grids and not division.measures.outside
    found = exact(
        graph, rules, grids, seconds=seconds, hint=division.grid if fits else None, workers=1
    )
    return Row(
        number,
        graph.count,
        grids,
        division.measures.cut if not division.measures.outside else -1,
        division.measures.grids,
        min(lawful, default=-1),
        found.cut,
        found.bound,
        found.proved,
        spent,
        time.perf_counter() - began,
    )


def report(rows: list[Row]) -> None:
    """The ratios over windows whose optimum is proved."""
    proved = [r for r in rows if r.proved and r.best >= 0]
    ratios = np.asarray([r.ours / r.best if r.best else 1.0 for r in proved if r.ours >= 0])
    print(
        f"windows {len(rows)}, optimum proved {len(proved)}, proved infeasible"
        f" {sum(r.proved and r.best < 0 for r in rows)}; ours/optimum mean {ratios.mean():.4f}"
        f" worst {ratios.max():.4f}, equal to the optimum {int((ratios <= 1).sum())}; sum of cuts"
        f" {sum(r.ours for r in proved) / sum(r.best for r in proved):.4f}; other number of grids"
        f" {sum(r.ours_grids != r.grids for r in proved)}; METIS best of 5 lawful on"
        f" {sum(r.metis >= 0 for r in proved)}, there"
        f" {np.mean([r.metis / r.best for r in proved if r.metis >= 0 and r.best]):.3f}; ours"
        f" {np.mean([r.seconds for r in rows]):.2f} s, solver"
        f" {np.mean([r.solver_seconds for r in rows]):.1f} s a window"
    )


def main() -> None:
    """Measure, resuming where the file ends."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--windows", type=int, default=100)
    parser.add_argument("--seconds", type=float, default=60.0)
    parser.add_argument(
        "--out", type=pathlib.Path, default=pathlib.Path("var/divide-windows.jsonl")
    )
    options = parser.parse_args()
    options.out.parent.mkdir(parents=True, exist_ok=True)
    rows = []
    if options.out.exists():
        rows = [Row(**json.loads(line)) for line in options.out.read_text().splitlines()]
    with options.out.open("a") as out:
        for number in range(len(rows), options.windows):
            rows.append(measured(number, options.seconds))
            out.write(json.dumps(asdict(rows[-1])) + "\n")
            out.flush()
    report(rows)


if __name__ == "__main__":
    main()
