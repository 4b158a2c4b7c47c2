"""Compounds, buildings and dwellings: added in bulk, found by words, listed for a form."""

import pytest

from gezhi.ground.audit.models import Entry
from gezhi.kernel.errors import Conflict, Invalid, Unseen
from gezhi.kernel.viewer import Level
from gezhi.records.places import actions, queries
from gezhi.records.places.actions import GridDraft, PlaceDraft
from gezhi.records.places.models import Place, PlaceKind

from .conftest import LONG_AGO, OPERATOR, square

pytestmark = pytest.mark.django_db


@pytest.fixture
def town(ground):
    """均隆花园 over both grids of the west community, 均隆里 in the east."""
    actions.open_grids(
        ground.west,
        [GridDraft(1, square(0, wide=0.5)), GridDraft(2, square(0.5, wide=0.5))],
        valid_from=LONG_AGO,
        by=OPERATOR,
    )
    garden = PlaceDraft(
        PlaceKind.COMPOUND, "均隆花园", address="均隆街 12 号", shape=square(0.3, 0.1, 0.4, 0.4)
    )
    lane = PlaceDraft(PlaceKind.COMPOUND, "均隆里", shape=square(1.3, 0.1, 0.4, 0.4))
    drafts = [garden, lane]
    for number in range(1, 12):
        building = PlaceDraft(
            PlaceKind.BUILDING,
            f"{number}栋",
            parent_id=garden.id,
            shape=square(0.3 + 0.03 * number, 0.2, 0.01, 0.01),
        )
        stairwell = PlaceDraft(PlaceKind.STAIRWELL, "1单元", parent_id=building.id)
        dwelling = PlaceDraft(
            PlaceKind.DWELLING, "101", parent_id=stairwell.id, address="均隆街 12 号均隆花园"
        )
        drafts += [building, stairwell, dwelling]
    actions.add_places(drafts, district_id=ground.district.id, by=OPERATOR)
    return garden, lane


def test_a_batch_is_one_audit_row_and_every_place_knows_its_areas(ground, town):
    garden, _lane = town
    entry = Entry.objects.get(verb="places.add_places")
    assert entry.detail == {"compound": 2, "building": 11, "stairwell": 11, "dwelling": 11}
    dwelling = Place.objects.filter(kind=PlaceKind.DWELLING).order_by("id")[0]
    assert (dwelling.community_id, dwelling.compound_id) == (ground.west.id, garden.id)
    building = Place.objects.get(children__children=dwelling)
    assert dwelling.grid_id == building.grid_id is not None
    assert dwelling.longitude == building.longitude


def test_a_compound_in_two_grids_lies_in_none_but_is_listed_in_both(ground, town):
    garden, _lane = town
    assert Place.objects.get(pk=garden.id).grid_id is None
    grids = queries.areas(ground.district.id, Level.GRID)
    for grid in grids:
        assert [row.name for row in queries.compounds_of(grid_id=grid.id)] == ["均隆花园"]


def test_buildings_are_listed_in_the_order_people_count(town):
    names = [row.name for row in queries.buildings_of(town[0].id)]
    assert names == [f"{number}栋" for number in range(1, 12)]


def test_compounds_of_a_community_by_name(ground, town):
    assert [row.name for row in queries.compounds_of(community_id=ground.east.id)] == ["均隆里"]


def test_a_search_ranks_the_exact_name_first_and_never_finds_a_dwelling(ground, town):
    found = queries.search_places(ground.district.id, "均隆")
    assert [hit.words for hit in found[:2]] == ["均隆里", "均隆花园"]
    found = queries.search_places(ground.district.id, "均隆花园 3栋")
    assert found[0].words == "均隆花园 3栋"
    assert found[0].community_name == "水井坊社区"
    assert queries.search_places(ground.district.id, "101") == ()
    assert queries.search_places(ground.district.id, "  ") == ()
    assert queries.search_places(ground.district.id, "%") == ()
    assert len(queries.search_places(ground.district.id, "栋")) == 11


def test_a_search_asks_few_questions_however_much_is_found(
    ground, town, django_assert_max_num_queries
):
    with django_assert_max_num_queries(3):
        queries.search_places(ground.district.id, "栋")


def test_a_dwelling_is_no_public_place(town):
    dwelling = Place.objects.filter(kind=PlaceKind.DWELLING)[0]
    assert queries.place(dwelling.id) is None
    assert queries.place_names_of([dwelling.id, town[0].id]) == {town[0].id: "均隆花园"}
    with pytest.raises(Unseen):
        queries.location_of_place(1)


def test_a_place_without_a_name_or_with_an_unknown_parent_is_refused(ground):
    for draft in (
        PlaceDraft(PlaceKind.COMPOUND, "  ", shape=square(0)),
        PlaceDraft(PlaceKind.BUILDING, "1栋", parent_id=12345, shape=square(0)),
    ):
        with pytest.raises(Invalid):
            actions.add_places([draft], district_id=ground.district.id, by=OPERATOR)
    assert not Place.objects.exists()


@pytest.mark.parametrize("kind", ["compound", "site", "road", "building"])
@pytest.mark.parametrize("name", ["？？", "0", "１２"])
def test_a_place_that_stands_alone_is_not_called_by_a_number(ground, kind, name):
    with pytest.raises(Invalid, match="不能只有数字或符号"):
        draft = PlaceDraft(PlaceKind(kind), name)
        actions.add_places([draft], district_id=ground.district.id, by=OPERATOR)


def test_places_added_before_the_borders_find_their_areas_afterwards(ground):
    compound = PlaceDraft(PlaceKind.COMPOUND, "临河小区", shape=square(0.1, 0.1, 0.3, 0.3))
    building = PlaceDraft(
        PlaceKind.BUILDING, "1栋", parent_id=compound.id, shape=square(0.2, 0.2, 0.1, 0.1)
    )
    dwelling = PlaceDraft(PlaceKind.DWELLING, "101", parent_id=building.id)
    actions.add_places([compound, building, dwelling], district_id=ground.district.id, by=OPERATOR)
    grid = actions.open_grid(
        ground.west, number=1, border=square(0), valid_from=LONG_AGO, by=OPERATOR
    )
    assert actions.relocate_places(ground.district.id, by=OPERATOR) == 3
    assert set(Place.objects.values_list("grid_id", flat=True)) == {grid.id}
    assert actions.relocate_places(ground.district.id, by=OPERATOR) == 0


def test_an_installation_without_a_district_says_what_to_do(db):
    with pytest.raises(Conflict) as refused:
        queries.default_district()
    assert refused.value.code == "not_set_up"


def test_the_default_district_is_the_one_with_streets_in_use(ground):
    actions.register_district(code="110101", name="东城区", by=OPERATOR)
    assert queries.default_district() == ground.district
