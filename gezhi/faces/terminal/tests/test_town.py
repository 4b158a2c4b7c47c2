"""The demo town: the same from one seed, and such as a street can be."""

from collections import Counter

import numpy as np
import pytest
import shapely

from gezhi.faces.terminal.demo.grids import grids_of
from gezhi.faces.terminal.demo.town import HOUSEHOLDS, PLAN, town_of

# Degrees in which two shapes may touch or miss each other by rounding: about a decimetre.
HAIR = 1e-6


@pytest.fixture(scope="module")
def town():
    return town_of(7)


@pytest.fixture(scope="module")
def grids(town):
    return grids_of(town)


def test_one_seed_draws_one_town_and_another_seed_another(town):
    assert town_of(7) == town
    assert town_of(8) != town


@pytest.mark.parametrize("seed", [1, 510104])
def test_every_town_has_its_households_communities_and_kinds_of_houses(seed):
    town = town_of(seed)
    assert abs(town.households - HOUSEHOLDS) < HOUSEHOLDS * 0.02
    assert set(town.communities) == set(PLAN)
    by_community = Counter(compound.community for compound in town.compounds)
    assert min(by_community[code] for code in PLAN) >= 8
    styles = {compound.style for compound in town.compounds}
    assert styles == {"courtyard", "walk_up", "lift", "tower"}
    assert {site.kind for site in town.sites} >= {"school", "market", "river", "park", "works"}


def test_the_town_lies_where_the_street_is(town):
    west, south, east, north = town.outline.bounds
    assert west < 104.085 < east
    assert south < 30.645 < north
    assert east - west < 0.03
    assert north - south < 0.02


def test_communities_tile_the_street(town):
    shapes = list(town.communities.values())
    assert shapely.coverage_is_valid(shapes)
    union = shapely.union_all(shapes)
    assert union.symmetric_difference(town.outline).area < town.outline.area * 1e-9


def test_houses_stand_in_their_compound_and_not_in_each_other(town):
    houses = [house.shape for compound in town.compounds for house in compound.buildings]
    for compound in town.compounds:
        fence = compound.shape.buffer(HAIR)
        assert all(fence.covers(house.shape) for house in compound.buildings)
        assert town.communities[compound.community].covers(compound.shape)
    first, second = shapely.STRtree(houses).query(houses, predicate="intersects")
    assert (first == second).all()


def test_no_house_stands_in_the_river_or_on_an_arterial(town):
    houses = shapely.STRtree(
        [house.shape for compound in town.compounds for house in compound.buildings]
    )
    water = [site.shape for site in town.sites if site.kind in {"river", "greenway"}]
    roads = [road.line for road in town.roads]
    assert not len(houses.query(water, predicate="intersects")[0])
    assert not len(houses.query(roads, predicate="intersects")[0])


def test_names_and_doors_tell_places_apart(town):
    for names in (
        [road.name for road in town.roads],
        [compound.name for compound in town.compounds],
        [compound.address for compound in town.compounds],
    ):
        assert len(set(names)) == len(names)
    for compound in town.compounds:
        for building in compound.buildings:
            doors = building.doors()
            assert len(doors) * building.stairwells == building.households
            assert len(set(doors)) == len(doors)
            assert doors[0].startswith(str(building.first_floor))


def test_grids_tile_their_communities_and_split_no_house(town, grids):
    assert 27 <= len(grids) <= 33
    for code, community in town.communities.items():
        shapes = [grid.shape for grid in grids if grid.community == code]
        assert shapely.coverage_is_valid(shapes)
        union = shapely.union_all(shapes)
        assert union.symmetric_difference(community).area < community.area * 1e-6
        tree = shapely.STRtree([shape.buffer(HAIR) for shape in shapes])
        houses = [
            building.shape
            for compound in town.compounds
            if compound.community == code
            for building in compound.buildings
        ]
        inside = tree.query(houses, predicate="within")[0]
        assert set(inside.tolist()) == set(range(len(houses)))


def test_grids_have_about_three_hundred_households_and_all_of_them(town, grids):
    loads = np.array([grid.households for grid in grids])
    assert loads.sum() == town.households
    assert 200 <= loads.min() <= loads.max() <= 400
    for code in PLAN:
        numbers = [grid.number for grid in grids if grid.community == code]
        assert numbers == list(range(1, len(numbers) + 1))


def test_the_same_town_is_cut_the_same_way(town, grids):
    assert grids_of(town) == grids
