import numpy as np
import pytest
import shapely

from gezhi.methods import divide

SQUARE = shapely.box(-15, -15, 285, 285)


def lattice(side=10, step=30):
    return [shapely.Point(step * x, step * y) for x in range(side) for y in range(side)]


def linked(ground, one, two):
    return any(set(pair) == {one, two} for pair in ground.pairs.tolist())


def test_neighbours_on_a_lattice_are_linked_and_corners_are_not():
    ground = divide.survey(lattice(3), borders=[shapely.box(-15, -15, 75, 75)])
    assert linked(ground, 0, 1)
    assert linked(ground, 0, 3)
    assert not linked(ground, 0, 4)


def test_a_wall_parts_neighbours_even_where_it_ends_between_them():
    wall = shapely.LineString([(15, -20), (15, 40)])
    ground = divide.survey(lattice(3), borders=[shapely.box(-15, -15, 75, 75)], barriers=[wall])
    assert not linked(ground, 0, 3)
    assert not linked(ground, 1, 4)
    assert linked(ground, 2, 5)


def test_links_cost_less_across_wider_roads_and_most_inside_a_compound():
    roads = {
        "arterial": [shapely.LineString([(15, -20), (15, 80)])],
        "lane": [shapely.LineString([(45, -20), (45, 80)])],
    }
    compound = np.asarray([7, 7, -1, -1, -1, -1, -1, -1, -1])
    ground = divide.survey(
        lattice(3), borders=[shapely.box(-15, -15, 75, 75)], roads=roads, compound=compound
    )
    weight = {tuple(p): int(w) for p, w in zip(ground.pairs.tolist(), ground.weights, strict=True)}
    assert weight[0, 1] == 20
    assert weight[1, 2] == 4
    assert weight[0, 3] == 1
    assert weight[3, 6] == 3


def test_borders_of_grids_run_along_the_road_between_them():
    road = shapely.LineString([(140, -20), (140, 290)])
    ground = divide.survey(lattice(), borders=[SQUARE], roads={"arterial": [road]})
    west = np.asarray([int(point.x > 140) for point in lattice()])
    left, right = divide.tile(ground, west)
    assert left.intersection(right).length == pytest.approx(300)
    assert left.bounds[2] == pytest.approx(140)
    assert right.bounds[0] == pytest.approx(140)


def test_buildings_are_not_cut_by_the_border_of_their_ground():
    homes = [shapely.box(0, 0, 80, 10), shapely.box(0, 20, 10, 60), shapely.box(40, 25, 90, 60)]
    ground = divide.survey(homes, borders=[shapely.box(-20, -20, 110, 80)])
    for number, polygon in enumerate(divide.tile(ground, np.arange(3))):
        assert shapely.covers(polygon, homes[number].buffer(-0.3))


def test_polygons_that_fit_each_other_are_the_ground_themselves():
    fields = [shapely.box(x, y, x + 1, y + 1) for x in range(3) for y in range(3)]
    moved = [shapely.transform(f, lambda xy: xy * 0.001 + [104.0, 30.0]) for f in fields]
    ground = divide.survey(moved)
    grid = np.asarray([0, 0, 0, 1, 1, 1, 1, 1, 1])
    polygons = divide.tile(ground, grid)
    assert polygons[0].area == pytest.approx(3e-6, rel=1e-6)
    assert polygons[0].symmetric_difference(shapely.union_all(moved[:3])).area < 1e-15


def test_stairwells_at_one_position_get_ground_of_their_own_and_it_is_told():
    places = [shapely.Point(0, 0)] * 3 + [shapely.Point(50, 0)]
    ground = divide.survey(places, borders=[shapely.box(-30, -30, 80, 30)])
    polygons = divide.tile(ground, np.arange(4))
    assert all(polygon.area > 100 for polygon in polygons)
    assert ground.notes[0][0] == "same_position"


def test_links_never_cross_a_community_border():
    borders = [shapely.box(-15, -15, 135, 285), shapely.box(135, -15, 285, 285)]
    ground = divide.survey(lattice(), borders=borders)
    assert (ground.community[ground.pairs[:, 0]] == ground.community[ground.pairs[:, 1]]).all()
    assert set(ground.community.tolist()) == {0, 1}


def test_a_building_just_outside_is_moved_in_and_one_far_outside_is_refused():
    places = [*lattice(), shapely.Point(290, 100)]
    ground = divide.survey(places, borders=[SQUARE])
    assert ("moved_inside", {"atoms": [100]}) in ground.notes
    with pytest.raises(divide.Refused) as refused:
        divide.survey([*lattice(), shapely.Point(900, 100)], borders=[SQUARE])
    assert refused.value.code == "outside"
    assert refused.value.facts["atoms"] == [100]


def test_overlapping_communities_are_refused_and_slivers_are_cut():
    with pytest.raises(divide.Refused, match="overlap"):
        divide.survey(lattice(), borders=[SQUARE, shapely.box(100, -15, 400, 285)])
    sliver = shapely.box(284.9, -15, 500, 285)
    ground = divide.survey([*lattice(), shapely.Point(400, 100)], borders=[SQUARE, sliver])
    assert ground.notes[0][0] == "overlap_cut"


def test_ground_without_buildings_across_the_river_still_belongs_to_a_grid():
    river = shapely.LineString([(200, -20), (200, 290)])
    places = [p for p in lattice() if p.x < 190]
    ground = divide.survey(places, borders=[SQUARE], barriers=[river])
    polygons = divide.tile(ground, np.zeros(len(places), dtype=np.int64))
    assert polygons[0].area == pytest.approx(SQUARE.area)


def test_places_without_any_border_are_tiled_within_their_hull():
    ground = divide.survey(lattice())
    polygons = divide.tile(ground, np.arange(100) // 50)
    whole = shapely.union_all(polygons)
    assert whole.area == pytest.approx(sum(p.area for p in polygons))
    assert shapely.covers(whole, shapely.multipoints(lattice()))


def test_degrees_among_metres_are_refused():
    with pytest.raises(divide.Refused, match="mixed_crs"):
        divide.survey([shapely.Point(104.0, 30.6), shapely.Point(412_000, 3_388_000)])


def _tiled(borders, places, walls=()):
    surveyed = divide.survey(
        places,
        borders=borders,
        barriers=[shapely.LineString(line) for line in walls],
        geographic=False,
    )
    grid = np.arange(len(places))
    return surveyed, list(divide.tile(surveyed, grid))


def test_atoms_at_one_corner_of_the_border_each_have_ground():
    places = [shapely.Point(0, 0)] * 4
    _, polygons = _tiled([shapely.box(0, 0, 400, 300)], places)
    assert all(polygon is not None and polygon.area > 0 for polygon in polygons)
    assert sum(polygon.area for polygon in polygons) == pytest.approx(400 * 300)
    assert all(shapely.distance(polygon, places[0]) < 0.5 for polygon in polygons)


def test_whoever_stands_on_a_border_takes_no_ground_of_the_other_community():
    borders = [shapely.box(0, 0, 210, 300), shapely.box(210, 0, 400, 300)]
    places = [shapely.Point(0, 0), shapely.Point(0, 0), shapely.Point(210, 0)]
    surveyed, polygons = _tiled(borders, places, [[(0, 1), (211, 0)]])
    assert surveyed.community.tolist() == [0, 0, 0]
    assert sum(polygon.area for polygon in polygons) == pytest.approx(210 * 300)
