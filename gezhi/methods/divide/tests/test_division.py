import itertools

import numpy as np
import pytest

from gezhi.methods import divide
from gezhi.methods.divide.certificates import Cover, covered
from gezhi.methods.divide.trees import cut_tree, spanning_tree


def path_of(loads, **more):
    pairs = [(i, i + 1) for i in range(len(loads) - 1)]
    return divide.graph_of(pairs, [4] * len(pairs), loads, **more)


def lattice_graph(side, loads, compound=None):
    pairs = [(i * side + j, i * side + j + 1) for i in range(side) for j in range(side - 1)]
    pairs += [(i * side + j, i * side + j + side) for i in range(side - 1) for j in range(side)]
    return divide.graph_of(pairs, [4] * len(pairs), loads, compound=compound)


def connected(graph, atoms):
    return len(atoms) == 0 or graph.subgraph(np.asarray(sorted(atoms))).components().max() == 0


def test_a_lattice_is_divided_within_bounds_and_every_grid_hangs_together():
    graph = lattice_graph(12, np.full(144, 25))
    division = divide.divide(graph)
    assert division.measures.outside == division.measures.apart == 0
    assert division.measures.grids == 12
    assert division.proved
    assert not division.certificates


def test_the_same_seed_gives_the_same_division_and_another_may_not():
    graph = lattice_graph(10, np.random.default_rng(3).integers(5, 45, 100))
    first, again = divide.divide(graph, seed=5), divide.divide(graph, seed=5)
    assert np.array_equal(first.grid, again.grid)


def test_a_compound_is_kept_whole_where_it_fits():
    compound = np.where(np.arange(144) % 12 < 6, 0, 1) + 2 * (np.arange(144) // 72)
    graph = lattice_graph(12, np.full(144, 8), compound)
    division = divide.divide(graph)
    assert division.measures.pieces == division.measures.pieces_bound == 4


def test_a_building_above_the_maximum_stands_alone_and_is_named():
    loads = np.full(100, 25)
    loads[44] = 2000
    division = divide.divide(lattice_graph(10, loads))
    assert [reason.kind for reason in division.certificates] == ["overfull"]
    assert division.certificates[0].atoms == (44,)
    assert division.measures.outside == 1
    assert (division.grid == division.grid[44]).sum() == 1


def test_an_island_below_the_minimum_is_named_with_its_total():
    graph = divide.graph_of([(0, 1), (2, 3)], [4, 4], [150, 150, 30, 40])
    division = divide.divide(graph)
    assert division.certificates == (divide.Certificate("island", (2, 3), 70),)
    assert all(divide.holds(graph, reason, divide.Rules()) for reason in division.certificates)
    assert division.measures.outside == 1


def test_an_atom_too_light_alone_and_too_heavy_with_any_neighbour_is_proved_a_knot():
    graph = path_of([300, 150, 390])
    division = divide.divide(graph)
    assert division.proved
    assert division.certificates[0].kind == "knot"
    assert divide.holds(graph, division.certificates[0], divide.Rules())


def test_a_certificate_that_does_not_hold_is_not_accepted():
    graph = path_of([150, 150, 250])
    assert not divide.holds(graph, divide.Certificate("knot", (0, 1), 300), divide.Rules())
    assert not divide.holds(graph, divide.Certificate("overfull", (2,), 250), divide.Rules())
    assert not divide.holds(graph, divide.Certificate("island", (0, 1), 300), divide.Rules())


def test_cutting_a_tree_is_exact():
    # On a path the tree is the graph, so every way to cut it can be tried.
    rng = np.random.default_rng(0)
    rules = divide.Rules(30, 20, 40)
    answers = set()
    for _ in range(300):
        loads = rng.integers(0, 35, int(rng.integers(2, 9)))
        graph = path_of(loads)
        order, parent = spanning_tree(graph, rng, 1.0)
        labels = cut_tree(order, parent, graph.load, rules, rng)
        possible = any(
            all(20 <= sum(part) <= 40 for part in np.split(loads, np.flatnonzero(cut) + 1))
            for cut in itertools.product((0, 1), repeat=len(loads) - 1)
        )
        assert (labels is not None) == possible
        answers.add(possible)
        if labels is not None:
            assert not rules.excess(np.bincount(labels, loads).astype(int)).any()
            assert all(connected(graph, np.flatnonzero(labels == g)) for g in set(labels))
    assert answers == {True, False}


def test_towers_that_metis_cannot_place_are_placed():
    rng = np.random.default_rng(11)
    for seed in range(4):
        loads = rng.integers(12, 36, 100)
        towers = rng.random(100) < 0.25
        loads[towers] = rng.integers(120, 381, int(towers.sum()))
        graph = lattice_graph(10, loads)
        division = divide.divide(graph, seed=seed, effort=0.1)
        assert division.proved
        assert division.measures.outside <= len(division.certificates)
        assert division.measures.apart == 0


def test_the_even_proposal_is_more_even_and_the_compact_one_cuts_less():
    graph = lattice_graph(12, np.random.default_rng(2).integers(8, 40, 144))
    proposals = divide.propose(graph, effort=0.5)
    compact, even = proposals["compact"].measures, proposals["even"].measures
    assert even.spread_work < compact.spread_work
    assert compact.cut <= even.cut
    assert set(proposals) == {"compact", "even"}


def test_workload_is_evened_rather_than_households_where_they_differ():
    loads = np.full(100, 24)
    work = np.where(np.arange(100) % 10 < 5, 24.0, 60.0)
    graph = lattice_graph(10, loads)
    heavier = divide.graph_of(
        np.stack([graph.sources, graph.indices], axis=1), graph.weights, loads, workload=work
    )
    plain = divide.measure(heavier, divide.divide(graph, aim=divide.EVEN).grid, divide.Rules())
    assert divide.divide(heavier, aim=divide.EVEN).measures.spread_work < plain.spread_work


def test_a_handful_of_districts_reaches_the_proved_optimum():
    graph = lattice_graph(3, np.random.default_rng(8).integers(5, 60, 9))
    goal = graph.load.sum() / 2
    best = min(
        abs(graph.load[list(side)].sum() - goal)
        for size in range(1, 9)
        for side in itertools.combinations(range(9), size)
        if connected(graph, set(side)) and connected(graph, set(range(9)) - set(side))
    )
    rules = divide.Rules(round(goal), int(goal * 0.8), int(goal * 1.2))
    grid = divide.divide(graph, rules, aim=divide.EVENEST).grid
    assert abs(np.bincount(grid, graph.load)[0] - goal) == pytest.approx(best)


def test_nothing_to_count_and_bounds_upside_down_are_refused():
    with pytest.raises(divide.Refused, match="no_load"):
        divide.divide(path_of([0, 0, 0]))
    with pytest.raises(divide.Refused, match="bounds"):
        divide.Rules(300, 400, 200)
    with pytest.raises(divide.Refused, match="load"):
        path_of([10, -1])


def test_a_component_that_can_only_just_be_halved_is_halved():
    # 404 in two: only 200 to 204 will do, and few of the ways hang together.
    loads = [32, 31, 30, 30, 25, 23, 26, 23, 33, 27, 38, 26, 33, 23]
    pairs = [(i, i + 1) for i in range(13)] + [(0, 13), (2, 11), (4, 9)]
    graph = divide.graph_of(pairs, [4] * len(pairs), loads)
    whole = covered(graph, divide.Rules())
    division = divide.divide(graph)
    assert division.proved
    assert (division.measures.outside == 0) == (whole is not None)
    assert bool(division.certificates) == (whole is None)


def test_the_search_for_a_cover_agrees_with_trying_everything():
    rng = np.random.default_rng(4)
    answers = set()
    rules = divide.Rules(50, 45, 60)
    for _ in range(8):
        graph = lattice_graph(3, rng.integers(5, 25, 9))
        possible = any(
            all(
                45 <= graph.load[np.asarray(labels) == g].sum() <= 60
                and connected(graph, set(np.flatnonzero(np.asarray(labels) == g).tolist()))
                for g in set(labels)
            )
            for labels in partitions(9, 4)
        )
        found = covered(graph, rules)
        assert (found is not None) == possible
        assert Cover(graph, rules).impossible(set(range(9))) == (not possible)
        answers.add(possible)
    assert answers == {True, False}


def partitions(atoms, most):
    """All ways to label atoms so that new labels come in order."""

    def grow(labels, used):
        if len(labels) == atoms:
            yield labels
            return
        for label in range(min(used + 1, most)):
            yield from grow([*labels, label], max(used, label + 1))

    yield from grow([], 0)
