"""The inner loop of refinement: many small moves, most of them refused.

Written once over indexable arrays. Small tasks run it as it stands (over lists, no compiler
started); large ones through numba where that is installed. Random numbers come in ready-made and
no transcendental function is called, so both ways give the same answer for the same seed.
"""

from typing import Any


def anneal(  # noqa: C901, PLR0912, PLR0913, PLR0915 - one loop, kept whole for the compiler
    part: Any,
    load: Any,
    size: Any,
    indptr: Any,
    indices: Any,
    weights: Any,
    households: Any,
    work: Any,
    effort: Any,
    compound: Any,
    pieces: Any,
    stride: int,
    home: Any,
    stamp: Any,
    queue: Any,
    picks: Any,
    beside: Any,
    patience: Any,
    heat: float,
    cooling: float,
    minimum: int,
    maximum: int,
    outside_cost: float,
    broken_cost: float,
    uneven_cost: float,
    piece_cost: float,
    move_cost: float,
    tick: int,
) -> int:
    """Try to move atom `picks[i]` to the grid of its neighbour `beside[i]`, one after the other.

    A move is taken when its cost is at most `heat * patience[i]` (patience is drawn from the unit
    exponential, which is the Metropolis rule) and leaves its old grid connected; heat falls by
    the factor `cooling` at each try. No grid is ever emptied. Changes part, load, size and pieces
    in place; returns the next tick for `stamp`.
    """
    for i in range(len(picks)):
        heat *= cooling
        atom = picks[i]
        old = part[atom]
        new = part[beside[i]]
        if new == old or size[old] == 1:
            continue
        start = indptr[atom]
        end = indptr[atom + 1]
        amount = households[atom]
        stay = 0
        gain = 0
        links = 0
        last = 0
        for j in range(start, end):
            there = part[indices[j]]
            if there == old:
                stay += weights[j]
                links += 1
                last = indices[j]
            elif there == new:
                gain += weights[j]
        cost = float(stay - gain)
        before_old = load[old]
        before_new = load[new]
        after_old = before_old - amount
        after_new = before_new + amount
        outside = 0
        broken = 0
        if after_old < minimum:
            outside += minimum - after_old
            broken += 1
        elif after_old > maximum:
            outside += after_old - maximum
            broken += 1
        if after_new < minimum:
            outside += minimum - after_new
            broken += 1
        elif after_new > maximum:
            outside += after_new - maximum
            broken += 1
        if before_old < minimum:
            outside -= minimum - before_old
            broken -= 1
        elif before_old > maximum:
            outside -= before_old - maximum
            broken -= 1
        if before_new < minimum:
            outside -= minimum - before_new
            broken -= 1
        elif before_new > maximum:
            outside -= before_new - maximum
            broken -= 1
        cost += outside_cost * outside + broken_cost * broken
        # (a-w-t)² + (b+w-t)² - (a-t)² - (b-t)² = 2w(b-a+w), whatever the target t.
        share = work[atom]
        cost += uneven_cost * (2.0 * share * (effort[new] - effort[old] + share))
        kind = compound[atom]
        if kind >= 0:
            if pieces[kind * stride + new] == 0:
                cost += piece_cost
            if pieces[kind * stride + old] == 1:
                cost -= piece_cost
        if home[atom] >= 0:
            if old == home[atom]:
                cost += move_cost * (amount + 1)
            elif new == home[atom]:
                cost -= move_cost * (amount + 1)
        if cost > heat * patience[i]:
            continue
        if links > 1:
            # Would the old grid fall apart? Walk from one of its neighbours to all others.
            tick += 1
            stamp[atom] = tick
            stamp[last] = tick
            queue[0] = last
            head = 0
            tail = 1
            missing = links - 1
            while head < tail and missing > 0:
                here = queue[head]
                head += 1
                for j in range(indptr[here], indptr[here + 1]):
                    there = indices[j]
                    if part[there] == old and stamp[there] != tick:
                        stamp[there] = tick
                        queue[tail] = there
                        tail += 1
                        # Only the neighbours of the leaving atom are waited for.
                        for m in range(start, end):
                            if indices[m] == there:
                                missing -= 1
                                break
            if missing > 0:
                continue
        part[atom] = new
        load[old] = after_old
        load[new] = after_new
        effort[old] -= share
        effort[new] += share
        size[old] -= 1
        size[new] += 1
        if kind >= 0:
            pieces[kind * stride + old] -= 1
            pieces[kind * stride + new] += 1
    return tick
