"""Points between the three systems of Chinese maps, with the published test values."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gezhi.kernel.coordinates import (
    Crs,
    Point,
    bd09_to_gcj02,
    crs_named,
    from_cgcs2000,
    gcj02_to_bd09,
    gcj02_to_wgs84,
    in_china,
    to_cgcs2000,
    wgs84_to_gcj02,
)

BEIJING = (116.404, 39.915)


def near(point, expected, error=5e-9):
    return point == pytest.approx(expected, abs=error)


def test_wgs84_becomes_gcj02_as_published():
    assert near(wgs84_to_gcj02(*BEIJING), (116.41024450, 39.91640428))


def test_gcj02_becomes_bd09_as_published():
    assert near(gcj02_to_bd09(*BEIJING), (116.41036949, 39.92133699))


def test_the_inverses_of_the_published_values_are_exact():
    assert near(gcj02_to_wgs84(*wgs84_to_gcj02(*BEIJING)), BEIJING, 1e-9)
    assert near(bd09_to_gcj02(*gcj02_to_bd09(*BEIJING)), BEIJING, 1e-9)


POINTS = st.tuples(st.floats(73.5, 135.1), st.floats(18.1, 53.6))


@given(point=POINTS)
def test_there_and_back_is_exact_all_over_the_country(point):
    assert near(gcj02_to_wgs84(*wgs84_to_gcj02(*point)), point, 1e-9)
    assert near(bd09_to_gcj02(*gcj02_to_bd09(*point)), point, 1e-9)


@given(point=POINTS, crs=st.sampled_from(list(Crs)))
def test_a_stored_point_comes_back_from_every_system(point: Point, crs: Crs):
    assert near(to_cgcs2000(*from_cgcs2000(*point, crs), crs), point, 1e-9)


@given(point=POINTS)
def test_the_offset_is_some_hundred_metres_and_never_nothing(point):
    east, north = wgs84_to_gcj02(*point)
    moved = max(abs(east - point[0]), abs(north - point[1]))
    assert 0.0001 < moved < 0.02


@pytest.mark.parametrize("point", [(2.3522, 48.8566), (139.69, 35.68), (-74.0, 40.7), (103.8, 0.5)])
def test_outside_china_nothing_is_converted(point: Point):
    assert not in_china(*point)
    for crs in Crs:
        assert to_cgcs2000(*point, crs) == point
        assert from_cgcs2000(*point, crs) == point
    assert wgs84_to_gcj02(*point) == gcj02_to_wgs84(*point) == point
    assert gcj02_to_bd09(*point) == bd09_to_gcj02(*point) == point


def test_wgs84_is_taken_as_equal_to_cgcs2000():
    assert to_cgcs2000(*BEIJING, "WGS84") == to_cgcs2000(*BEIJING, "CGCS2000") == BEIJING


@pytest.mark.parametrize(
    ("name", "crs"),
    [
        ("gcj02", Crs.GCJ02),
        ("GCJ-02", Crs.GCJ02),
        ("bd09ll", Crs.BD09),
        ("BD-09", Crs.BD09),
        ("EPSG:4490", Crs.CGCS2000),
        ("epsg:4326", Crs.WGS84),
        ("WGS 84", Crs.WGS84),
    ],
)
def test_a_system_is_known_by_its_usual_names(name, crs):
    assert crs_named(name) is crs


@pytest.mark.parametrize("name", ["", "mars", "EPSG:3857"])
def test_an_unknown_system_is_refused(name):
    with pytest.raises(ValueError, match="reference system"):
        to_cgcs2000(*BEIJING, name)


@pytest.mark.parametrize("point", [(181, 0), (0, 91), (float("nan"), 0), (0, float("inf"))])
def test_a_point_off_the_earth_is_refused(point: Point):
    with pytest.raises(ValueError, match="degrees"):
        to_cgcs2000(*point, "CGCS2000")
    with pytest.raises(ValueError, match="degrees"):
        from_cgcs2000(*point, "CGCS2000")
