import numpy as np
import pytest

from gezhi.methods import divide
from gezhi.methods.divide import certificates, division
from gezhi.methods.divide.certificates import Cover, explain
from gezhi.methods.divide.sweep import MOST, settled, sweep
from gezhi.methods.divide.tests.test_division import (
    connected,
    lattice_graph,
    partitions,
    path_of,
)

RULES = divide.Rules()


def bank_of_a_river():
    """The bank of a generated layout: 27 atoms, 406 households, halves of 200 to 206 wanted."""
    loads = [34, 30, 28, 35, 31, 31, 32, 39, 28, 27, 7, 1, 6, 4, 7, 4, 1, 4, 5, 7, 4, 6, 7, 8, 4]
    loads += [8, 8]
    links = """0-1 0-5 0-6 1-2 1-6 2-3 2-6 2-7 3-4 3-7 3-8 4-8 4-9 4-10 4-12 5-6 6-7 7-8 8-9 9-12
    10-11 10-12 11-12 11-13 11-14 11-15 11-19 12-13 13-19 13-23 14-18 14-22 15-16 15-19 16-17
    16-19 16-20 16-24 17-18 17-20 17-21 18-21 18-22 19-23 19-24 20-21 20-24 20-25 21-22 21-25
    21-26 22-26 23-24 24-25 25-26"""
    pairs = np.asarray([link.split("-") for link in links.split()], dtype=np.int64)
    return divide.graph_of(pairs, [4] * len(pairs), loads)


def within_bounds(graph, part, rules):
    loads = np.bincount(part, graph.load).astype(np.int64)
    return not rules.excess(loads).any() and all(
        connected(graph, np.flatnonzero(part == g).tolist()) for g in range(len(loads))
    )


def test_a_sweep_agrees_with_trying_everything():
    rng = np.random.default_rng(8)
    rules = divide.Rules(50, 45, 60)
    answers = []
    for _ in range(12):
        graph = lattice_graph(3, rng.integers(0, 25, 9))
        possible = any(
            within_bounds(graph, np.asarray(labels), rules) for labels in partitions(9, 4)
        )
        found = sweep(graph, rules, 10_000)
        assert found.complete
        assert found.impossible == (not possible)
        assert found.part is None or within_bounds(graph, found.part, rules)
        answers.append(possible)
    assert set(answers) == {True, False}


def test_a_bank_that_trees_and_covers_miss_is_halved_by_a_sweep():
    graph = bank_of_a_river()
    assert Cover(graph, RULES).found(set(range(graph.count))) is None
    found = sweep(graph, RULES, 20_000)
    assert found.complete
    assert within_bounds(graph, found.part, RULES)


def test_what_remains_outside_is_swept_at_last(monkeypatch):
    monkeypatch.setattr(division, "_LAST", 0)
    monkeypatch.setattr(division, "_INSIST", 1)
    monkeypatch.setattr(division, "covered", lambda graph, rules: None)
    for seed in range(3):
        found = divide.divide(bank_of_a_river(), seed=seed, effort=0.05)
        assert found.measures.outside == 0
        assert found.proved


def test_a_component_no_sweep_can_divide_is_a_knot_as_a_whole(monkeypatch):
    monkeypatch.setattr(certificates, "_LIMIT", 500)
    # Nines sum to 198 or 207, and 405 wants two grids of 200 to 205.
    graph = lattice_graph(3, [45] * 9)
    wide = divide.graph_of(
        [(i, i + 1) for i in range(44)] + [(i, i + 5) for i in range(40)], [4] * 84, [9] * 45
    )
    for ground in (graph, wide):
        reason = explain(ground, np.arange(3), RULES)
        assert reason == divide.Certificate("knot", tuple(range(ground.count)), 405)
        assert divide.holds(ground, reason, RULES)
    part_of_it = divide.Certificate("knot", tuple(range(40)), 360)
    assert not divide.holds(wide, part_of_it, RULES)
    assert not divide.holds(
        bank_of_a_river(), divide.Certificate("knot", tuple(range(27)), 406), RULES
    )


def test_a_narrow_sweep_proves_nothing_missing():
    graph = lattice_graph(5, [9] * 25)
    rules = divide.Rules(112, 110, 115)
    assert sweep(graph, rules, 100_000).impossible
    assert not sweep(graph, rules, 2).impossible


def test_ground_too_large_to_sweep_is_left_open():
    found = settled(path_of([10] * (MOST + 1)), RULES)
    assert found.part is None
    assert not found.complete


@pytest.mark.parametrize("giant", [0, 3])
def test_a_giant_beside_it_is_no_reason_for_a_grid_out_of_bounds(giant):
    loads = [300, 150, 390]
    loads.insert(giant, 900)
    found = divide.divide(path_of(loads))
    knots = [reason for reason in found.certificates if reason.kind == "knot"]
    assert knots
    assert not any(giant in reason.atoms for reason in knots)
    assert all(divide.holds(path_of(loads), reason, RULES) for reason in knots)
