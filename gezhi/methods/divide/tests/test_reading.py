import numpy as np
import pytest

from gezhi.methods import divide


def feature(geometry, **words):
    return {"type": "Feature", "properties": words, "geometry": geometry}


def point(x, y, **words):
    return feature({"type": "Point", "coordinates": [x, y]}, **{"households": 30, **words})


def collection(*features, **more):
    return {"type": "FeatureCollection", "features": list(features), **more}


def refused(document, **more):
    with pytest.raises(divide.Refused) as caught:
        divide.read_units(document, **more)
    return caught.value


def test_points_and_polygons_are_read_with_what_is_known_of_them():
    ring = [[104, 30], [104.001, 30], [104.001, 30.001], [104, 30]]
    units = divide.read_units(
        collection(
            point(104.0, 30.0, people=80, compound="甲", community="一"),
            feature({"type": "Polygon", "coordinates": [ring]}, households=12, community="二"),
        )
    )
    assert units.load.tolist() == [30, 12]
    assert units.people is not None
    assert units.people.tolist() == [80, 0]
    assert units.compound.tolist() == [0, -1]
    assert units.community_names == ("一", "二")
    assert units.geographic is True
    assert units.today is None


def test_a_self_crossing_polygon_is_mended_and_told():
    bow = [[0, 0], [10, 10], [10, 0], [0, 10], [0, 0]]
    units = divide.read_units(
        collection(feature({"type": "Polygon", "coordinates": [bow]}, households=5))
    )
    assert units.places[0].is_valid
    assert units.places[0].area == pytest.approx(50)
    assert units.notes == (("polygon_mended", {"atoms": [0]}),)


def test_what_cannot_be_divided_is_refused_with_its_position():
    assert refused(collection()).code == "empty"
    assert refused([]).code == "not_geojson"
    assert refused({"type": "FeatureCollection", "features": [3]}).code == "not_geojson"
    assert refused(collection(point(1, 2), feature(None))).facts["atoms"] == [1]
    line = {"type": "LineString", "coordinates": [[0, 0], [1, 1]]}
    assert refused(collection(feature(line, households=3))).code == "geometry"
    assert refused(collection(point(1, 2), point(1, 3, households=-4))).facts["atoms"] == [1]
    assert refused(collection(point(1, 2, households=2.5))).code == "weight"
    assert refused(collection(point(1, 2, households=True))).code == "weight"
    assert refused(collection(point(1, 2)), weight="people").code == "weight"
    assert refused(collection(point(1, float("nan")))).code in ("coordinates", "geometry")


def test_degrees_and_metres_in_one_file_or_two_are_refused():
    mixed = collection(point(104.06, 30.66), point(412_345, 3_391_000))
    assert refused(mixed).code == "mixed_crs"
    degrees = divide.read_units(collection(point(104.06, 30.66)))
    _, metres, _ = divide.read_roads(
        collection(
            feature(
                {"type": "LineString", "coordinates": [[412_000, 3_391_000], [412_500, 3_391_000]]}
            )
        )
    )
    with pytest.raises(divide.Refused, match="mixed_crs"):
        divide.one_system(degrees.geographic, metres)


def test_roads_keep_their_class_and_unknown_ones_are_told():
    line = {"type": "LineString", "coordinates": [[104.0, 30.0], [104.01, 30.0]]}
    roads, _, notes = divide.read_roads(
        collection(
            feature(line, highway="primary_link"), feature(line, **{"class": "lane"}), feature(line)
        )
    )
    assert {name: len(lines) for name, lines in roads.items()} == {
        "arterial": 1,
        "lane": 1,
        "street": 1,
    }
    assert notes == [("road_class_unknown", {"roads": 1})]


def test_a_workload_of_its_own_is_what_becomes_even():
    features = [
        point(x * 40, y * 40, workload=10 if x < 5 else 40) for x in range(10) for y in range(10)
    ]
    units = divide.read_units(collection(*features))
    outcome = divide.divide_units(units, divide.Rules(), proposal="even", effort=0.5)
    assert outcome.division.measures.spread_work < outcome.division.measures.spread
    assert outcome.division.measures.outside == 0


def test_units_without_a_community_among_units_with_one_are_refused():
    units = divide.read_units(collection(point(0, 0, community="一"), point(50, 0)))
    with pytest.raises(divide.Refused) as caught:
        divide.divide_units(units, divide.Rules(30, 10, 60))
    assert caught.value.code == "community_missing"
    assert caught.value.facts["atoms"] == [1]


def test_grids_are_numbered_by_community_from_north_to_south():
    units = divide.read_units(
        collection(
            *(
                point(x * 40, y * 40, community="乙" if x > 4 else "甲")
                for x in range(10)
                for y in range(10)
            )
        )
    )
    outcome = divide.divide_units(units, divide.Rules(), effort=0.1)
    assert outcome.community == ("乙",) * 5 + ("甲",) * 5
    heights = [p.centroid.y for p in outcome.polygons]
    assert heights[:5] == sorted(heights[:5], reverse=True)
    assert np.array_equal(np.bincount(outcome.grid, units.load), outcome.loads)
    assert outcome.measures()["feasible"] is True
