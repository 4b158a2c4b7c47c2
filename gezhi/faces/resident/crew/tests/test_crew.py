"""我的网格员: who, when, where to meet, whom to call; names masked, nothing stored."""

import pytest

from gezhi.faces.resident.conftest import words
from gezhi.ground.audit.models import Entry
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
