"""Refinement of a division by annealing: cheap moves of border atoms, cooled down."""

from dataclasses import dataclass

import numpy as np

from gezhi.methods.divide.graph import Graph
from gezhi.methods.divide.rules import Ints, Rules


@dataclass(frozen=True, slots=True)
class Aim:
    """What a division is judged by, beside its bounds, in units of cut weight.

    `uneven` is the cost of a grid whose workload is off the mean by as much as the bounds allow,
    `piece` of one more grid in a compound, `move` of one household that leaves its grid of today,
    `cut` the factor of the cut itself (0: only evenness counts).
    """

    uneven: float = 4.0
    piece: float = 30.0
    move: float = 0.0
    cut: int = 1


@dataclass(frozen=True, slots=True)
class Schedule:
    """How long and how hot: `tries` moves per atom, heat from `hot` to `cold` (cut weight).

    `broken` is the cost of a grid out of bounds, `outside` of each household by which it is.
    """

    tries: int
    hot: float
    cold: float = 0.3
    broken: float = 60.0
    outside: float = 2.0


def renumbered(part: Ints) -> Ints:
    """The same division with grids numbered 0, 1, … by their first atom."""
    _, first, inverse = np.unique(part, return_index=True, return_inverse=True)
    rank = np.empty(len(first), dtype=np.int64)
    rank[np.argsort(first)] = np.arange(len(first))
    return rank[inverse]


def refine(
    graph: Graph,
    part: Ints,
    rules: Rules,
    aim: Aim,
    schedule: Schedule,
    rng: np.random.Generator,
    home: Ints | None = None,
) -> Ints:
    """A division with the same grids, as connected as they were, at lower cost.

    Grid numbers are kept. `home` is the grid of today of each atom, in the same numbers (-1:
    none). Deterministic for a given state of `rng`.
    """
    grids = int(part.max()) + 1 if len(part) else 0
    total = schedule.tries * graph.count
    if grids < 2 or not total:
        return part
    state = _State(graph, part, grids, rules, aim, schedule, home)
    cooling = (schedule.cold / schedule.hot) ** (1.0 / total)
    heat, done = schedule.hot, 0
    sources = graph.sources
    while done < total:
        part = np.array(state.part, dtype=np.int64)
        border = np.flatnonzero(part[sources] != part[graph.indices])
        if not len(border):
            return part
        # Borders move while a batch runs; twice their length is soon enough to look again.
        count = min(max(512, 2 * len(border)), total - done)
        picked = border[rng.integers(0, len(border), count)]
        # Patience drawn from the exponential is the Metropolis rule without its exponential.
        bearable = rng.standard_exponential(count) * (heat * cooling ** np.arange(count))
        state.move(sources[picked].tolist(), graph.indices[picked].tolist(), bearable.tolist())
        heat *= cooling**count
        done += count
    return np.array(state.part, dtype=np.int64)


class _State:
    """A division as plain lists, which Python reads several times faster than arrays."""

    def __init__(
        self,
        graph: Graph,
        part: Ints,
        grids: int,
        rules: Rules,
        aim: Aim,
        schedule: Schedule,
        home: Ints | None,
    ) -> None:
        self.part: list[int] = part.tolist()
        self.load: list[int] = np.bincount(part, graph.load, grids).astype(np.int64).tolist()
        self.size: list[int] = np.bincount(part, minlength=grids).tolist()
        work = graph.even_work()
        self.work: list[float] = work.tolist()
        self.effort: list[float] = np.bincount(part, work, grids).tolist()
        self.amount: list[int] = graph.load.tolist()
        self.links = graph.links(aim.cut)
        self.compound: list[int] = graph.compound.tolist()
        self.grids = grids
        self.pieces: dict[int, int] = {}
        for kind, grid in zip(self.compound, self.part, strict=True):
            key = kind * grids + grid
            self.pieces[key] = self.pieces.get(key, 0) + 1
        self.home: list[int] | None = None if home is None else home.tolist()
        self.aim, self.schedule, self.rules = aim, schedule, rules
        reach = max(rules.maximum - rules.target, rules.target - rules.minimum, 1)
        self.uneven = 2.0 * aim.uneven / reach**2

    def move(  # noqa: C901 - one loop without calls: it runs millions of times
        self, atoms: list[int], beside: list[int], bearable: list[float]
    ) -> None:
        """Try to move each atom to the grid of the neighbour named with it, one after another.

        A move is made when it costs no more than is bearable and leaves the old grid connected;
        no grid is ever emptied.
        """
        part, load, size, work, effort = self.part, self.load, self.size, self.work, self.effort
        links, compound, pieces, home = self.links, self.compound, self.pieces, self.home
        minimum, maximum, grids = self.rules.minimum, self.rules.maximum, self.grids
        broken, outside = self.schedule.broken, self.schedule.outside
        piece, moving, uneven = self.aim.piece, self.aim.move, self.uneven
        amounts = self.amount
        for atom, neighbour, limit in zip(atoms, beside, bearable, strict=True):
            old = part[atom]
            new = part[neighbour]
            if new == old or size[old] == 1:
                continue
            change = 0.0
            for there, weight in links[atom]:
                grid = part[there]
                if grid == old:
                    change += weight
                elif grid == new:
                    change -= weight
            amount = amounts[atom]
            if amount:
                before, after = load[old], load[old] - amount
                if before > maximum:
                    change -= broken + outside * (before - maximum)
                elif before < minimum:
                    change -= broken + outside * (minimum - before)
                if after > maximum:
                    change += broken + outside * (after - maximum)
                elif after < minimum:
                    change += broken + outside * (minimum - after)
                before, after = load[new], load[new] + amount
                if before > maximum:
                    change -= broken + outside * (before - maximum)
                elif before < minimum:
                    change -= broken + outside * (minimum - before)
                if after > maximum:
                    change += broken + outside * (after - maximum)
                elif after < minimum:
                    change += broken + outside * (minimum - after)
            # (a-w-t)² + (b+w-t)² - (a-t)² - (b-t)² = 2w(b-a+w), whatever the target t.
            share = work[atom]
            change += uneven * share * (effort[new] - effort[old] + share)
            kind = compound[atom]
            if kind >= 0:
                if not pieces.get(kind * grids + new):
                    change += piece
                if pieces[kind * grids + old] == 1:
                    change -= piece
            if home is not None and home[atom] >= 0:
                if old == home[atom]:
                    change += moving * (amount + 1)
                elif new == home[atom]:
                    change -= moving * (amount + 1)
            if change > limit:
                continue
            same = [there for there, _ in links[atom] if part[there] == old]
            if len(same) > 1:
                # Would the old grid fall apart? Walk from one of its neighbours to the others.
                missing = set(same)
                walk = [missing.pop()]
                seen = {atom, walk[0]}
                for here in walk:
                    for there, _ in links[here]:
                        if part[there] == old and there not in seen:
                            seen.add(there)
                            walk.append(there)
                            missing.discard(there)
                    if not missing:
                        break
                if missing:
                    continue
            part[atom] = new
            load[old] -= amount
            load[new] += amount
            effort[old] -= share
            effort[new] += share
            size[old] -= 1
            size[new] += 1
            if kind >= 0:
                pieces[kind * grids + old] -= 1
                pieces[kind * grids + new] = pieces.get(kind * grids + new, 0) + 1


def cost(graph: Graph, part: Ints, rules: Rules, aim: Aim, home: Ints | None = None) -> float:
    """What refinement weighs, counted afresh; a grid out of bounds weighs most of all."""
    across = part[graph.sources] != part[graph.indices]
    load = np.bincount(part, graph.load)
    work = np.bincount(part, graph.even_work())
    present = np.bincount(part) > 0
    reach = max(rules.maximum - rules.target, rules.target - rules.minimum, 1)
    uneven = float((((work[present] - rules.target) / reach) ** 2).sum())
    excess = rules.excess(load[present].astype(np.int64))
    inside = graph.compound >= 0
    pieces = len(np.unique(graph.compound[inside] * (len(load) + 1) + part[inside]))
    moved = 0.0
    if home is not None and aim.move:
        left = (home >= 0) & (part != home)
        moved = float((graph.load[left] + 1).sum())
    return (
        aim.cut * float(graph.weights[across].sum()) / 2
        + aim.piece * pieces
        + aim.uneven * uneven
        + aim.move * moved
        + 1e4 * float((excess > 0).sum())
        + 10.0 * float(excess.sum())
    )
