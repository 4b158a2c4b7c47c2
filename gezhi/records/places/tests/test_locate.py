"""A point finds its areas: one grid each, one rule on borders, the map as it is now."""

from datetime import timedelta

import numpy as np
import pytest
import shapely
from django.db import transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from gezhi.kernel.viewer import Level
from gezhi.records.places import actions, queries
from gezhi.records.places.actions import GridDraft, PlaceDraft
from gezhi.records.places.index import NOWHERE, Index, _layer
from gezhi.records.places.models import PlaceKind

from .conftest import LONG_AGO, NOON, OPERATOR, SIDE, SOUTH, WEST, point, square

pytestmark = pytest.mark.django_db


@pytest.fixture
def grids(ground):
    return actions.open_grids(
        ground.west,
        [
            GridDraft(1, square(0, wide=0.5)),
            GridDraft(2, square(0.5, wide=0.5, high=0.5)),
        ],
        valid_from=LONG_AGO,
        by=OPERATOR,
    )


def test_a_point_finds_street_community_and_grid(ground, grids):
    found = queries.locate(ground.district.id, *point(0.2, 0.2))
    assert (found.street_id, found.community_id, found.grid_id) == (
        ground.street.id,
        ground.west.id,
        grids[0].id,
    )


def test_a_point_on_no_grid_goes_to_its_community(ground, grids):
    found = queries.locate(ground.district.id, *point(0.8, 0.8))
    assert (found.community_id, found.grid_id) == (ground.west.id, None)


def test_a_point_in_the_street_but_in_no_community_goes_to_the_street(ground):
    actions.set_border(ground.street, square(0, wide=3), valid_from=NOON, by=OPERATOR)
    found = queries.locate(ground.district.id, *point(2.5, 0.5))
    assert (found.street_id, found.community_id) == (ground.street.id, None)


@pytest.mark.parametrize(
    ("longitude", "latitude"),
    [(0.0, 0.0), (999.0, 999.0), (float("nan"), 30.0), (float("inf"), 30.0)],
)
def test_a_point_outside_is_nowhere_and_never_an_error(ground, grids, longitude, latitude):
    found = queries.locate(ground.district.id, longitude, latitude)
    assert (found.street_id, found.community_id, found.grid_id) == (None, None, None)
    assert found.compound_id is None


def test_a_district_without_a_map_or_an_unknown_one_locates_nowhere(db):
    assert queries.locate(99, 104.0, 30.0).street_id is None


def test_on_a_shared_border_the_lowest_code_has_the_point(ground, grids):
    assert queries.locate(ground.district.id, *point(0.5, 0.2)).grid_id == grids[0].id
    assert queries.locate(ground.district.id, *point(1.0, 0.9)).community_id == ground.west.id


def test_a_point_in_a_sliver_goes_to_the_nearest_grid_of_its_own_community(ground):
    gap = 4e-6 / SIDE
    near, far = actions.open_grids(
        ground.west,
        [GridDraft(2, square(0, wide=0.5)), GridDraft(1, square(0.5 + 2 * gap, wide=0.4))],
        valid_from=LONG_AGO,
        by=OPERATOR,
    )
    assert queries.locate(ground.district.id, *point(0.5 + 0.5 * gap, 0.5)).grid_id == near.id
    assert queries.locate(ground.district.id, *point(0.5 + 1.5 * gap, 0.5)).grid_id == far.id
    assert queries.locate(ground.district.id, *point(0.5 + gap * 300, 0.5)).grid_id == far.id
    assert queries.locate(ground.district.id, *point(0.95, 0.5)).grid_id is None


def test_a_sliver_at_the_edge_of_another_community_stays_there(ground):
    actions.open_grids(ground.west, [GridDraft(1, square(0))], valid_from=LONG_AGO, by=OPERATOR)
    found = queries.locate(ground.district.id, *point(1 + 1e-6 / SIDE, 0.5))
    assert (found.community_id, found.grid_id) == (ground.east.id, None)


def test_a_moved_border_is_seen_at_once_and_undone_by_a_rollback(ground, grids):
    spot = point(0.8, 0.8)

    def locate():
        return queries.locate(ground.district.id, *spot).grid_id

    assert locate() is None
    with transaction.atomic():
        third = actions.open_grid(
            ground.west, number=3, border=square(0.5, 0.5, 0.5, 0.5),
            valid_from=LONG_AGO, by=OPERATOR,
        )  # fmt: skip
        assert locate() == third.id
        transaction.set_rollback(True)
    assert locate() is None
    other = actions.open_grid(
        ground.west, number=4, border=square(0.5, 0.5, 0.5, 0.5),
        valid_from=LONG_AGO, by=OPERATOR,
    )  # fmt: skip
    assert locate() == other.id


def test_locating_again_costs_one_small_select(ground, grids, django_assert_num_queries):
    queries.locate(ground.district.id, *point(0.2, 0.2))
    with django_assert_num_queries(1):
        queries.locate(ground.district.id, *point(0.3, 0.2))


def test_many_points_are_located_as_one_by_one(ground, grids):
    random = np.random.default_rng(7)
    longitudes = WEST + random.uniform(-0.2, 2.2, 300) * SIDE
    latitudes = SOUTH + random.uniform(-0.2, 1.2, 300) * SIDE
    many = queries.locate_many(ground.district.id, longitudes, latitudes)
    for row in range(300):
        one = queries.locate(ground.district.id, longitudes[row], latitudes[row])
        assert (one.grid_id or 0, one.community_id or 0, one.street_id or 0) == (
            many.grid_ids[row],
            many.community_ids[row],
            many.street_ids[row],
        )


def test_a_point_in_a_compound_knows_it_but_never_one_of_another_community(ground, grids):
    compound = PlaceDraft(PlaceKind.COMPOUND, "临河小区", shape=square(0.7, 0.1, 0.4, 0.2))
    actions.add_places([compound], district_id=ground.district.id, by=OPERATOR)
    assert queries.locate(ground.district.id, *point(0.9, 0.2)).compound_id == compound.id
    assert queries.locate(ground.district.id, *point(1.05, 0.2)).compound_id is None
    assert queries.locate(ground.district.id, *point(0.1, 0.2)).compound_id is None


def _tiling(seed: int, seeds: int) -> list[shapely.Polygon]:
    """A random tiling of the unit square that shares every border point."""
    random = np.random.default_rng(seed)
    sites = shapely.multipoints(random.random((seeds, 2)))
    cells = shapely.voronoi_polygons(sites, extend_to=shapely.box(0, 0, 1, 1))
    lines = shapely.unary_union(
        [shapely.intersection(cell.boundary, shapely.box(0, 0, 1, 1)) for cell in cells.geoms]
        + [shapely.box(0, 0, 1, 1).boundary]
    )
    faces, *_ = shapely.polygonize_full([lines])
    return list(faces.geoms)


def _index_of(shapes: list[shapely.Polygon]) -> Index:
    rows = [(number + 1, None, None, shapely.to_wkb(shape)) for number, shape in enumerate(shapes)]
    return Index(1, "510104", _layer([]), _layer([]), _layer(rows), _layer([]))


@settings(max_examples=60, deadline=None)
@given(
    seed=st.integers(0, 10**6),
    seeds=st.integers(2, 40),
    points=st.lists(st.tuples(st.floats(0, 1), st.floats(0, 1)), min_size=1, max_size=40),
)
def test_in_any_tiling_every_point_has_exactly_one_grid(seed, seeds, points):
    shapes = _tiling(seed, seeds)
    index = _index_of(shapes)
    found = index.locate([x for x, _ in points], [y for _, y in points]).grid_ids
    for (x, y), grid in zip(points, found, strict=True):
        touching = [
            number + 1 for number, shape in enumerate(shapes)
            if shape.intersects(shapely.Point(x, y))
        ]  # fmt: skip
        assert grid != NOWHERE
        if touching:
            assert grid == min(touching)


@settings(max_examples=40, deadline=None)
@given(seed=st.integers(0, 10**6), seeds=st.integers(2, 25), turn=st.randoms())
def test_corners_have_one_owner_in_whatever_order_the_shapes_are_asked(seed, seeds, turn):
    shapes = _tiling(seed, seeds)
    corners = sorted({corner for shape in shapes for corner in shape.exterior.coords})
    together = _index_of(shapes).locate([x for x, _ in corners], [y for _, y in corners])
    order = list(range(len(corners)))
    turn.shuffle(order)
    alone = _index_of(shapes)
    for row in order:
        x, y = corners[row]
        assert alone.locate([x], [y]).grid_ids[0] == together.grid_ids[row]
        owners = [n + 1 for n, shape in enumerate(shapes) if shape.intersects(shapely.Point(x, y))]
        assert together.grid_ids[row] == min(owners)


def test_a_border_holds_from_its_moment_on_and_the_one_before_until_then(ground, grids):
    actions.set_border(grids[0], square(0, wide=0.3), valid_from=NOON, by=OPERATOR)
    first, second = grids[0].versions.order_by("valid_from")
    assert (first.valid_from, first.valid_to, second.valid_from, second.valid_to) == (
        LONG_AGO,
        NOON,
        NOON,
        None,
    )
    assert queries.locate(ground.district.id, *point(0.4, 0.2)).grid_id is None
    with pytest.raises(Exception, match="边界"):
        actions.set_border(grids[0], square(0), valid_from=NOON + timedelta(seconds=1), by=OPERATOR)


def test_levels_of_a_place_and_of_an_area_read_as_locations(ground, grids):
    compound = PlaceDraft(PlaceKind.COMPOUND, "临河小区", shape=square(0.6, 0.1, 0.2, 0.2))
    building = PlaceDraft(
        PlaceKind.BUILDING, "3栋", parent_id=compound.id, shape=square(0.65, 0.15, 0.05, 0.05)
    )
    actions.add_places([compound, building], district_id=ground.district.id, by=OPERATOR)
    found = queries.location_of_place(building.id)
    assert (found.grid_id, found.compound_id) == (grids[1].id, compound.id)
    assert queries.location_of_place(compound.id).compound_id == compound.id
    of_grid = queries.location_of_area(grids[1].id)
    assert (of_grid.street_id, of_grid.community_id, of_grid.grid_id) == (
        ground.street.id,
        ground.west.id,
        grids[1].id,
    )
    assert queries.words_of(found) == "锦官驿街道 水井坊社区 第2网格"
    row = queries.area(ground.street.id)
    assert row is not None
    assert row.level == Level.STREET
