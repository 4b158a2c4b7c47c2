"""我的网格员: who, when, where to meet, whom to call; names masked, nothing stored."""

import pytest
import shapely

from gezhi.faces.resident.conftest import words
from gezhi.ground.audit.models import Entry
from gezhi.records.places.actions import PlaceDraft, add_places
from gezhi.records.places.models import PlaceKind
from gezhi.records.units import actions as units
from tests.cast import SYSTEM


@pytest.fixture
def asked(resident):
    def ask(**fields):
        answer = resident.client.post("/grid-worker", fields)
        assert answer.status_code == 200
        return answer.content.decode()

    return ask


def test_the_crew_of_a_building_is_named(resident, asked):
    office = resident.cast.street.office
    units.update_unit(unit=office, public_phone="028-85551234", address="桐花街 12 号", by=SYSTEM)
    page = words(asked(place_words="桐花苑1栋"))
    assert "第一网格网格员" in page
    assert "每天 9:00–11:00 在桐花苑北门" in page
    assert "028-85551234" in page and "桐花街 12 号" in page


def test_names_are_masked(resident, asked):
    page = asked(compound=resident.cast.street.compound.pk)
    assert "张*" in page
    for _name, person in resident.cast.staff():
        assert person.name not in page


def test_a_point_answers_too(resident, asked):
    longitude, latitude = resident.cast.street.next_point
    assert "第二网格" in words(asked(longitude=longitude, latitude=latitude))


def test_a_place_nobody_knows_says_what_to_try(asked):
    assert "没有对上地方" in asked(place_words="火星基地")


def test_the_page_alone_names_nobody(resident):
    assert "张*" not in resident.read("/grid-worker")


def test_asking_leaves_no_trace(asked, resident):
    before = Entry.objects.count()
    asked(place_words="桐花苑1栋")
    assert Entry.objects.count() == before


def test_htmx_gets_the_piece(resident):
    answer = resident.client.post(
        "/grid-worker", {"place_words": "桐花苑1栋"}, headers={"HX-Request": "true"}
    )
    assert "<html" not in answer.content.decode()
    assert "第一网格网格员" in answer.content.decode()


def test_an_office_without_phone_or_address_says_so(asked):
    page = words(asked(place_words="桐花苑1栋"))
    assert "地址和电话还没有公布" in page
    assert "tel:" not in page


def test_a_road_through_several_grids_is_said_to_be_so_and_nothing_is_registered(resident, asked):
    street = resident.cast.street
    line = shapely.LineString([street.point, street.next_point])
    draft = PlaceDraft(PlaceKind.ROAD, "长安大道", shape=line)
    add_places([draft], district_id=street.district.pk, by=SYSTEM)
    page = words(asked(place_words="长安大道3号"))
    assert "这条街跨几格，写上楼栋就知道是哪一格" in page
    assert "“长安大道3号”： 桐花社区" in page
    assert "登记" not in page.split("<main")[-1]


@pytest.mark.parametrize("place", ["桐花苑1栋", "桐花社区", "火星基地"])
def test_nothing_is_said_to_be_registered_where_one_only_asks(asked, place):
    page = words(asked(place_words=place))
    assert f"按“{place}”登记" not in page and "照您写的登记" not in page
