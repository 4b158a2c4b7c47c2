"""What stays when a town grows: one new compound, or 3 % more households everywhere.

python -m benchmarks.divide.stability --towns 30
"""

import argparse
import time

import numpy as np

from benchmarks.divide import layouts
from gezhi.methods import divide


def grown(seed: int, how: str) -> tuple[float, float, int, int, float]:
    """(share that stays outside touched grids, share that stays in all, bad grids before, bad
    grids after, seconds) for one town that grows in one of two ways.
    """
    rng = np.random.default_rng((seed, 9))
    layout = layouts.town(seed, 5, 4)
    count = len(layout.places)
    fresh = np.zeros(count, dtype=bool)
    load = layout.households.copy()
    if how == "compound":
        # One compound was not there yet: today's grids are those of the town without it.
        kind = int(rng.choice(np.unique(layout.compound)))
        fresh = layout.compound == kind
    today = np.full(count, -1)
    old = ~fresh
    before = _graph(layout, old, load[old])
    today[old] = divide.divide(before, seed=seed).grid
    if how == "growth":
        extra = rng.multinomial(round(0.03 * load.sum()), load / load.sum())
        load = load + extra
    graph = _graph(layout, np.ones(count, dtype=bool), load)
    rules = divide.Rules()
    placed = np.bincount(today[old], load[old]).astype(int)
    touched = set(np.flatnonzero(rules.excess(placed)).tolist())
    if how == "compound":
        # A grid the new compound touches may have to take some of it.
        for one, two in zip(graph.sources.tolist(), graph.indices.tolist(), strict=True):
            if fresh[one] and not fresh[two]:
                touched.add(int(today[two]))
    began = time.perf_counter()
    division = divide.divide(graph, seed=seed, today=today, keep=True)
    seconds = time.perf_counter() - began
    stays = division.follows[division.grid] == today
    outside = old & ~np.isin(today, sorted(touched))
    return (
        float(load[outside & stays].sum() / load[outside].sum()),
        float(load[old & stays].sum() / load[old].sum()),
        len(touched),
        division.measures.outside,
        seconds,
    )


def _graph(layout: layouts.Layout, chosen: np.ndarray, load: np.ndarray) -> divide.Graph:
    places = [place for place, use in zip(layout.places, chosen, strict=True) if use]
    ground = divide.survey(
        places, borders=[layout.border], compound=layout.compound[chosen], roads=layout.roads
    )
    return divide.graph_of(ground.pairs, ground.weights, load, compound=ground.compound)


def main() -> None:
    """Both ways of growing over some towns."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--towns", type=int, default=30)
    options = parser.parse_args()
    for how in ("compound", "growth"):
        rows = np.asarray([grown(seed, how) for seed in range(options.towns)])
        print(
            f"{how:9} towns {len(rows)}: stay outside touched grids mean {rows[:, 0].mean():.4f}"
            f" worst {rows[:, 0].min():.4f}; stay in all mean {rows[:, 1].mean():.4f} worst"
            f" {rows[:, 1].min():.4f}; touched grids mean {rows[:, 2].mean():.1f}; out of bounds"
            f" after {int(rows[:, 3].sum())}; seconds mean {rows[:, 4].mean():.2f}"
        )


if __name__ == "__main__":
    main()
