import numpy as np
import shapely

from gezhi.methods import divide


def test_a_square_town_is_cut_into_connected_grids_that_tile_it():
    places = [shapely.Point(30 * x, 30 * y) for x in range(10) for y in range(10)]
    border = shapely.box(-15, -15, 285, 285)
    ground = divide.survey(places, borders=[border])
    graph = divide.graph_of(ground.pairs, ground.weights, np.full(100, 24))
    division = divide.divide(graph, aim=divide.Aim(tries=100))
    assert division.measures.grids == 8
    assert division.measures.outside == division.measures.apart == 0
    polygons = divide.tile(ground, division.grid)
    assert abs(shapely.union_all(polygons).symmetric_difference(border).area) < 1e-6
    assert abs(sum(p.area for p in polygons) - border.area) < 1e-6
