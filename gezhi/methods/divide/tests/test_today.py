import numpy as np

from gezhi.methods import divide
from gezhi.methods.divide.tests.test_division import lattice_graph
from gezhi.methods.divide.today import follows, moved


def test_a_division_within_bounds_is_kept_as_it_is():
    graph = lattice_graph(12, np.full(144, 25))
    today = divide.divide(graph, effort=0.2).grid
    kept = divide.divide(graph, today=today, keep=True)
    assert kept.moved == 0
    assert np.array_equal(kept.grid, today)
    assert np.array_equal(kept.follows, np.arange(12))


def test_one_grid_that_grew_too_large_changes_and_the_far_ones_do_not():
    graph = lattice_graph(12, np.full(144, 25))
    today = divide.divide(graph, effort=0.2).grid
    loads = graph.load.copy()
    loads[today == today[0]] += 12
    grown = lattice_graph(12, loads)
    assert np.bincount(today, loads).max() > 400
    kept = divide.divide(grown, today=today, keep=True)
    assert kept.measures.outside == kept.measures.apart == 0
    elsewhere = today != today[0]
    stays = kept.follows[kept.grid] == today
    assert stays[elsewhere].all()
    assert 0 < kept.moved <= loads[today == today[0]].sum()


def test_a_new_compound_large_enough_makes_grids_of_its_own():
    graph = lattice_graph(12, np.full(144, 25))
    today = np.repeat([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, -1], 12)
    kept = divide.divide(graph, today=today, keep=True)
    assert kept.moved == 0
    assert (kept.follows == -1).sum() == 1


def test_a_few_new_buildings_join_their_neighbours():
    graph = lattice_graph(12, np.full(144, 25))
    today = np.repeat(np.arange(12), 12)
    today[[0, 1]] = -1
    kept = divide.divide(graph, today=today, keep=True)
    assert kept.measures.grids == 12
    assert kept.moved == 0


def test_each_grid_of_today_lives_on_at_most_once():
    today = np.asarray([0, 0, 0, 1, 1, 1])
    part = np.asarray([0, 1, 1, 2, 2, 2])
    load = np.asarray([10, 20, 20, 5, 5, 5])
    assert follows(part, today, load).tolist() == [-1, 0, 1]
    assert moved(part, today, load) == 10
