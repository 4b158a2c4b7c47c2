"""Which place words mean: one sure match is taken, several are asked, none is said."""

import pytest
import shapely

from gezhi.kernel import clock
from gezhi.records.places import queries as places
from gezhi.records.places.actions import PlaceDraft, add_places
from gezhi.records.places.models import Place, PlaceKind
from tests.cast import SYSTEM, Cast, Street


@pytest.fixture
def street(cast: Cast) -> Street:
    """The street of the cast with two roads that cross in its first grid, and a numbered hall."""
    west, south = cast.street.point
    roads = [
        PlaceDraft(
            PlaceKind.ROAD,
            "青石街",
            shape=shapely.LineString([(west - 0.001, south), (west + 0.001, south)]),
        ),
        PlaceDraft(
            PlaceKind.ROAD,
            "染坊巷",
            shape=shapely.LineString([(west, south - 0.001), (west, south + 0.001)]),
        ),
        PlaceDraft(
            PlaceKind.ROAD,
            "长安大道",
            shape=shapely.LineString([cast.street.point, cast.street.next_point]),
        ),
        PlaceDraft(
            PlaceKind.COMPOUND,
            "市二建宿舍",
            address="桐城市青溪区长安大道12号",
            longitude=west,
            latitude=south,
        ),
    ]
    add_places(roads, district_id=cast.street.district.pk, by=SYSTEM)
    return cast.street


def _meant(street: Street, words: str) -> places.Understood:
    return places.understand(street.district.pk, words)


@pytest.mark.parametrize(
    "words", ["桐花苑 1栋", "桐花苑1栋2单元302", "桐花苑一幢门口", "桐华苑1栋"]
)
def test_a_building_is_meant_however_it_is_written_and_never_a_dwelling(
    street: Street, words: str
) -> None:
    found = _meant(street, words)
    assert (found.how, found.name) == ("place", "桐花苑 1栋")
    assert found.place is not None and found.place.id == street.building.pk
    assert found.location.grid_id == street.grid.pk


def test_a_road_lies_in_the_one_grid_it_runs_through(street: Street) -> None:
    found = _meant(street, "青石街中段")
    assert (found.how, found.name) == ("place", "青石街")
    assert found.location.grid_id == street.grid.pk


def test_a_road_through_several_grids_lies_in_its_community_only(street: Street) -> None:
    found = _meant(street, "长安大道")
    assert found.how == "place" and found.location.grid_id is None
    assert found.location.street_id == street.street.pk


def test_a_number_on_a_road_lies_where_the_known_numbers_round_it_do(street: Street) -> None:
    found = _meant(street, "长安大道15号")
    assert (found.how, found.name) == ("place", "长安大道15号")
    assert found.location.grid_id == street.grid.pk
    assert _meant(street, "长安大道300号").location.grid_id is None


def test_two_roads_are_where_they_meet(street: Street) -> None:
    found = _meant(street, "青石街和染坊巷交叉口")
    assert found.how == "crossing" and found.point == pytest.approx(street.point, abs=1e-5)
    assert found.location.grid_id == street.grid.pk


@pytest.mark.parametrize("words", ["桐花社区居委会门口", "桐花社区，哪一栋还不清楚", "在桐花社区"])
def test_a_community_alone_is_meant(street: Street, words: str) -> None:
    found = _meant(street, words)
    assert (found.how, found.name) == ("area", "桐花社区")
    assert (found.location.community_id, found.location.grid_id) == (street.community.pk, None)


def test_a_grid_is_meant_by_its_number(street: Street) -> None:
    found = _meant(street, "桐花社区第1网格")
    assert found.how == "area" and found.location.grid_id == street.grid.pk


def test_a_place_in_another_community_than_is_said_is_asked(street: Street) -> None:
    other = street.other_community
    found = _meant(street, f"{other.name}桐花苑1栋")
    assert found.how == "asked" and found.location.community_id == other.pk
    assert [one.place.id for one in found.candidates] == [street.building.pk]


def test_a_short_name_is_asked(street: Street) -> None:
    found = _meant(street, "二建家属院")
    assert found.how == "asked"
    assert [one.words for one in found.candidates] == ["市二建宿舍"]


@pytest.mark.parametrize("words", ["火星基地", "我家楼下", "青溪区", "2单元门口"])
def test_what_nobody_knows_is_unknown(street: Street, words: str) -> None:
    found = _meant(street, words)
    assert (found.how, found.candidates) == ("unknown", ())
    assert found.location.community_id is None


def test_a_compound_called_by_a_number_long_ago_is_not_meant_by_every_number(
    street: Street,
) -> None:
    for name in ("１２", "？？", "0"):
        Place.objects.create(
            district_id=street.district.pk,
            kind=PlaceKind.COMPOUND,
            name=name,
            community_id=street.community.pk,
        )
    for words in ("我家 12 栋旁边", "12", "？？", "0"):
        found = _meant(street, words)
        assert found.place is None and not found.candidates
    assert _meant(street, "桐花苑1栋").name == "桐花苑 1栋"


def test_nothing_said_is_nothing_meant(street: Street) -> None:
    assert _meant(street, "  ").how == ""


def test_a_place_that_is_gone_is_not_meant(street: Street) -> None:
    assert _meant(street, "柏树里").how == "place"
    Place.objects.filter(pk=street.next_compound.pk).update(retired_at=clock.now())
    assert _meant(street, "柏树里").how == "unknown"
