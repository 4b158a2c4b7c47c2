import numpy as np
import shapely
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gezhi.methods import divide

BORDERS = (
    [shapely.box(0, 0, 400, 300)],
    [shapely.Polygon([(0, 0), (400, 0), (400, 90), (90, 90), (90, 300), (0, 300)])],
    [shapely.box(0, 0, 210, 300), shapely.box(210, 0, 400, 300)],
)
spots = st.tuples(st.integers(0, 400), st.integers(0, 300))
ways = st.lists(st.lists(spots, min_size=2, max_size=4, unique=True), max_size=3)


@st.composite
def grounds(draw):
    borders = draw(st.sampled_from(BORDERS))
    whole = shapely.union_all(borders)
    places = [
        shapely.Point(x, y)
        for x, y in draw(st.lists(spots, min_size=1, max_size=40))
        if shapely.covers(whole, shapely.Point(x, y))
    ]
    loads = [draw(st.sampled_from((0, 1, 7, 24, 24, 60, 150, 390, 2000))) for _ in places]
    return borders, places, loads, draw(ways), draw(ways)


@settings(
    max_examples=100,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
)
@given(grounds())
def test_any_ground_is_tiled_by_connected_grids_that_hold_each_atom_once(ground):
    borders, places, loads, roads, walls = ground
    if not places:
        return
    surveyed = divide.survey(
        places,
        borders=borders,
        roads={"street": [shapely.LineString(line) for line in roads]},
        barriers=[shapely.LineString(line) for line in walls],
        geographic=False,
    )
    graph = divide.graph_of(surveyed.pairs, surveyed.weights, loads)
    if not sum(loads):
        return
    division = divide.divide(graph, effort=0.05)
    grid = division.grid
    assert len(grid) == len(places)
    assert set(grid.tolist()) == set(range(division.measures.grids))
    for number in range(division.measures.grids):
        inside = np.flatnonzero(grid == number)
        assert graph.subgraph(inside).components().max() == 0
        assert len(set(surveyed.community[inside].tolist())) == 1
    if division.proved:
        assert division.measures.outside == 0 or division.certificates
    for reason in division.certificates:
        assert divide.holds(graph, reason, divide.Rules())
    polygons = list(divide.tile(surveyed, grid))
    for community, border in enumerate(borders):
        here = set(grid[surveyed.community == community].tolist())
        if not here:
            continue
        mine = [polygons[number] for number in here]
        union = shapely.union_all(mine)
        assert shapely.symmetric_difference(union, border).area < 1e-6 * border.area
        assert abs(sum(p.area for p in mine) - border.area) < 1e-6 * border.area
    for place, number in zip(places, grid.tolist(), strict=True):
        assert shapely.distance(polygons[number], place) < 0.5
