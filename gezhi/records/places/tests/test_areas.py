"""Naming areas, drawing borders and opening grids: codes, systems, refusals."""

from datetime import timedelta

import pytest
import shapely

from gezhi.ground.audit.models import Entry
from gezhi.kernel.coordinates import wgs84_to_gcj02
from gezhi.kernel.errors import Conflict, Invalid, NotPermitted
from gezhi.kernel.viewer import Level, Role, Seat, Viewer
from gezhi.records.places import actions, queries
from gezhi.records.places.actions import AreaName, GridDraft
from gezhi.records.places.models import Area, AreaVersion

from .conftest import LONG_AGO, NOON, OPERATOR, point, square

pytestmark = pytest.mark.django_db
KEEPER = Viewer(user_id=7, seats=(Seat(1, 1, Role.SYSTEM_ADMINISTRATOR, 1, Level.STREET),))
CLERK = Viewer(user_id=8, seats=(Seat(2, 1, Role.COMMUNITY_CLERK, 1, Level.COMMUNITY),))


def test_registering_twice_names_an_area_once(ground):
    again = actions.register_district(code="510104", name="锦江区", by=OPERATOR)
    street = actions.register_street(ground.district, code="510104017", name="别名", by=OPERATOR)
    assert again.id == ground.district.id
    assert (street.id, street.name) == (ground.street.id, "锦官驿街道")
    assert Area.objects.filter(level=Level.DISTRICT).count() == 1


def test_a_street_named_in_the_register_only_can_be_taken_into_use(ground):
    name = AreaName("510104018", "东湖街道", in_use=False)
    (street,) = actions.register_streets(ground.district, [name], by=OPERATOR)
    assert queries.streets_in_use(ground.district.id) == (queries.area(ground.street.id),)
    assert len(queries.areas(ground.district.id, Level.STREET, in_use=None)) == 2
    actions.register_street(ground.district, code="510104018", name="东湖街道", by=KEEPER)
    street.refresh_from_db()
    assert street.in_use


@pytest.mark.parametrize("code", ["5101040180", "51010401", "510105001", "51010401x", ""])
def test_a_street_code_has_nine_digits_of_its_district(ground, code):
    with pytest.raises(Invalid):
        actions.register_street(ground.district, code=code, name="东湖街道", by=OPERATOR)


def test_only_the_system_administrator_draws(ground):
    with pytest.raises(NotPermitted):
        actions.set_border(ground.west, square(0), valid_from=NOON, by=CLERK)
    with pytest.raises(NotPermitted):
        actions.open_grid(ground.west, number=1, border=square(0), valid_from=NOON, by=CLERK)
    with pytest.raises(NotPermitted):
        actions.add_places([], district_id=ground.district.id, by=CLERK)
    with pytest.raises(NotPermitted):
        actions.register_street(ground.district, code="510104018", name="东湖街道", by=CLERK)


def test_a_border_in_another_system_is_stored_in_cgcs2000(ground):
    truth = square(0.2, 0.2, 0.5, 0.5)
    amap = shapely.transform(
        truth,
        lambda points: [wgs84_to_gcj02(longitude, latitude) for longitude, latitude in points],
    )
    actions.set_border(ground.west, amap, valid_from=NOON, by=OPERATOR, crs="GCJ-02")
    version = AreaVersion.objects.get(area=ground.west, valid_to=None)
    stored = shapely.from_wkb(bytes(version.border or b""))
    assert stored.hausdorff_distance(truth) < 1e-7
    assert amap.hausdorff_distance(truth) > 1e-3


@pytest.mark.parametrize("crs", ["", "beijing54", "EPSG:3857"])
def test_a_border_without_a_known_system_is_refused(ground, crs):
    with pytest.raises(Invalid) as refused:
        actions.set_border(ground.west, square(0), valid_from=NOON, by=OPERATOR, crs=crs)
    assert refused.value.field == "crs"


BAD = {
    "a line": shapely.LineString([point(0, 0), point(1, 1)]),
    "an empty shape": shapely.Polygon(),
    "metres": shapely.box(400000, 3390000, 401000, 3391000),
    "not bytes of a shape": b"\x01\x02",
    "no GeoJSON": {"type": "Circle"},
    "nothing": None,
}


@pytest.mark.parametrize("border", BAD.values(), ids=BAD.keys())
def test_what_is_no_border_is_refused_and_changes_nothing(ground, border):
    before = AreaVersion.objects.count()
    with pytest.raises(Invalid):
        actions.set_borders(
            [(ground.east, square(1)), (ground.west, border)], valid_from=NOON, by=OPERATOR
        )
    assert AreaVersion.objects.count() == before


def test_geojson_wkb_and_a_crossing_border_are_read(ground):
    bow = shapely.Polygon([point(0, 0), point(1, 1), point(1, 0), point(0, 1)])
    for step, border in enumerate(
        [shapely.geometry.mapping(square(0)), shapely.to_wkb(square(0)), bow]
    ):
        moment = NOON - timedelta(days=10 - step)
        version = actions.set_border(ground.west, border, valid_from=moment, by=OPERATOR)
        assert shapely.from_wkb(version.border).is_valid


def test_a_border_before_the_one_in_force_began_is_refused(ground):
    with pytest.raises(Invalid):
        actions.set_border(ground.west, square(0), valid_from=LONG_AGO, by=OPERATOR)


def test_a_grid_carries_its_code_its_name_and_its_parents(ground):
    grid = actions.open_grid(
        ground.west, number=3, border=square(0), valid_from=LONG_AGO, by=OPERATOR, households=312
    )
    assert (grid.code, grid.name, grid.short_name) == (
        "510104017001003",
        "水井坊社区第3网格",
        "第3网格",
    )
    assert (grid.street_id, grid.community_id) == (ground.street.id, ground.west.id)
    assert grid.versions.get().households == 312
    assert Entry.objects.filter(verb="places.open_grids").count() == 1


def test_a_grid_number_once_used_is_never_used_again(ground):
    draft = GridDraft(1, square(0, wide=0.5))
    actions.open_grids(ground.west, [draft], valid_from=LONG_AGO, by=OPERATOR)
    with pytest.raises(Conflict):
        actions.open_grid(
            ground.west, number=1, border=square(0.5, wide=0.5), valid_from=LONG_AGO, by=OPERATOR
        )
    assert Area.objects.filter(level=Level.GRID).count() == 1


def test_a_grid_outside_its_community_or_over_another_is_refused(ground):
    actions.open_grid(
        ground.west, number=1, border=square(0, wide=0.5), valid_from=LONG_AGO, by=OPERATOR
    )
    for border in (square(0.5, wide=0.6), square(0.4, wide=0.3)):
        with pytest.raises(Invalid):
            actions.open_grid(
                ground.west, number=2, border=border, valid_from=LONG_AGO, by=OPERATOR
            )
    actions.open_grid(
        ground.west, number=2, border=square(0.4999, wide=0.5), valid_from=LONG_AGO, by=OPERATOR
    )


def test_borders_for_the_phone_are_small_and_tell_names_only(ground):
    random_edge = shapely.Polygon(
        [(104.0 + 0.01 * x / 3000, 30.01 + 0.0001 * (x % 7)) for x in range(3001)]
        + [point(1, 0), point(0, 0)]
    )
    actions.set_border(ground.west, random_edge, valid_from=NOON, by=OPERATOR)
    found = queries.borders_geojson(Viewer.anonymous(), ground.street.id, Level.COMMUNITY)
    import json

    text = json.dumps(found)
    assert len(text.encode()) <= 30_000
    assert [feature["properties"] for feature in found["features"]] == [
        {"name": "水井坊社区", "level": "community"},
        {"name": "崇德里社区", "level": "community"},
    ]
    one = queries.borders_geojson(Viewer.anonymous(), ground.east.id, Level.COMMUNITY)
    assert len(one["features"]) == 1
    assert queries.borders_geojson(Viewer.anonymous(), ground.east.id, Level.GRID)["features"] == []
