"""Grids by a list of compounds and buildings, without a map."""

import pytest

from gezhi.kernel.errors import Conflict, Invalid, NotPermitted
from gezhi.records.places import actions, queries
from gezhi.records.places.actions import (
    Listed,
    fill_grid,
    lines_from_text,
    name_community,
    open_listed_grid,
)
from gezhi.records.places.models import Area, AreaVersion, Place


@pytest.fixture
def admin(cast):
    return cast.system_administrator.viewer


@pytest.fixture
def open_grid(cast, admin):
    def opened(text, number=7, **more):
        return open_listed_grid(
            community_id=cast.street.other_community.pk,
            number=number,
            lines=lines_from_text(text),
            by=admin,
            **more,
        )

    return opened


def test_lines_are_read_as_people_write_them():
    assert lines_from_text("均隆花园\n\n 水井坊 老院：1栋、2栋，3栋 4栋\n") == [
        Listed("均隆花园"),
        Listed("水井坊 老院", ("1栋", "2栋", "3栋", "4栋")),
    ]


@pytest.mark.parametrize("text", ["", " \n ", "甲院\n甲院：1栋"])
def test_empty_and_doubled_lists_are_refused(text):
    with pytest.raises(Invalid):
        lines_from_text(text)


@pytest.mark.parametrize("name", ["？？", "0", "１２", "12", "—"])
def test_what_is_no_name_is_told_by_its_line(name):
    with pytest.raises(Invalid, match=rf"“{name}”：.*不能只有数字或符号") as refusal:
        lines_from_text(f"均隆花园：1栋\n{name}：1栋")
    assert refusal.value.field == "places"


def test_a_building_of_a_compound_may_be_a_number_but_no_mark(open_grid):
    open_grid("新院：12、3栋、7A")
    assert set(Place.objects.filter(parent__name="新院").values_list("name", flat=True)) == {
        "12", "3栋", "7A",
    }  # fmt: skip
    with pytest.raises(Invalid, match="不能只有符号"):
        open_grid("新院：？？", number=8)
    assert not Area.objects.filter(code__endswith="008", level="grid").exists()


@pytest.mark.parametrize("name", ["？？", "0", "１２"])
def test_a_grid_and_a_community_are_not_called_by_a_number(cast, admin, open_grid, name):
    with pytest.raises(Invalid, match="不能只有数字或符号"):
        open_grid("新院", name=name)
    street = cast.street.street
    with pytest.raises(Invalid, match="不能只有数字或符号"):
        name_community(street_id=street.pk, code=f"{street.code}077", name=name, by=admin)


def test_a_compound_listed_lies_in_the_grid(cast, open_grid):
    filled = open_grid("新院", name="梧桐七号网格", households=260)
    place = Place.objects.get(name="新院")
    where = queries.location_of_place(place.pk)
    assert where.grid_id == filled.grid_id
    assert where.community_id == cast.street.other_community.pk
    grid = Area.objects.get(pk=filled.grid_id)
    assert (grid.code[-3:], grid.name) == ("007", "梧桐七号网格")
    assert grid.versions.get().border is None


def test_where_nothing_is_drawn_at_all_a_grid_is_listed_just_the_same(cast, open_grid):
    AreaVersion.objects.update(border=None)
    filled = open_grid("新院")
    assert queries.location_of_place(Place.objects.get(name="新院").pk).grid_id == filled.grid_id


def test_buildings_of_one_compound_lie_in_several_grids(open_grid):
    first = open_grid("大院：1栋、2栋", 7)
    second = open_grid("大院：3栋", 8)
    grids = dict(Place.objects.filter(kind="building").values_list("name", "grid_id"))
    assert grids["2栋"] == first.grid_id
    assert grids["3栋"] == second.grid_id
    compound = Place.objects.get(name="大院")
    assert compound.grid_id is None
    assert [row.name for row in queries.compounds_of(grid_id=second.grid_id)] == ["大院"]


def test_a_list_sent_again_changes_nothing(open_grid, admin):
    filled = open_grid("新院：1栋")
    again = fill_grid(grid_id=filled.grid_id, lines=lines_from_text("新院：1栋"), by=admin)
    assert (again.added, again.moved) == (0, 0)


def test_a_place_on_the_map_stays_where_the_map_has_it(cast, admin):
    lines = [Listed(cast.street.next_compound.name)]
    with pytest.raises(Conflict):
        fill_grid(grid_id=cast.street.grid.pk, lines=lines, by=admin)


def test_drawing_borders_elsewhere_leaves_listed_places_alone(cast, open_grid, admin):
    filled = open_grid("新院：1栋")
    actions.relocate_places(cast.street.district.pk, by=admin)
    assert set(
        Place.objects.filter(community_id=cast.street.other_community.pk).values_list(
            "grid_id", flat=True
        )
    ) == {filled.grid_id}


def test_a_number_is_used_once_and_only_by_the_administrator(cast, open_grid):
    open_grid("新院")
    with pytest.raises(Conflict):
        open_grid("另一院")
    with pytest.raises(NotPermitted):
        fill_grid(grid_id=cast.street.grid.pk, lines=[Listed("院")], by=cast.wang.viewer)
    with pytest.raises(Invalid):
        open_listed_grid(
            community_id=cast.street.street.pk, number=1, lines=[], by=cast.wang.viewer
        )
