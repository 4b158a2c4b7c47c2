"""电话登记: one screen, the caller recognized, a receipt to read out; nothing personal in addresses."""

import pytest

from gezhi.faces.desk.conftest import text_of
from gezhi.ground.audit.models import Entry
from gezhi.kernel.viewer import Viewer
from gezhi.records.places import actions as places
from gezhi.records.places.models import PlaceKind
from gezhi.work.cases.models import Report


def _fields(cast, **changes):
    return {
        "deed_key": "call-key-1",
        "channel": "phone",
        "phone": cast.chen.phone,
        "name": cast.chen.name,
        "text": "楼上漏水，天花板湿了一片",
        "place_words": "桐花苑 1栋 302",
        "place_id": str(cast.street.building.pk),
        "kind": "help",
        "urgency": "urgent",
        "confidential": "on",
    } | changes


def test_the_form_opens_as_a_page_and_over_the_work(cast, desk_of):
    desk = desk_of(cast.acceptor)
    assert "<html" in text_of(desk.get("intake/"))
    part = text_of(desk.get("intake/", into="intake-body"))
    assert "<html" not in part
    assert 'name="phone"' in part


def test_a_call_becomes_a_case_with_everything_said(cast, desk_of):
    response = desk_of(cast.acceptor).post("intake/", **_fields(cast))
    assert response.status_code == 303
    row = Report.objects.select_related("case").get()
    assert response.headers["Location"] == f"/desk/intake/{row.number}/"
    assert (row.channel, row.kind, row.confidential) == ("phone", "help", True)
    assert row.entered_by == cast.acceptor.user_id
    assert row.case.urgency == "urgent"
    assert row.case.place_id == cast.street.building.pk
    assert row.case.community_id == cast.street.community.pk


def test_number_and_code_are_there_to_be_read_out(cast, desk_of):
    desk = desk_of(cast.acceptor)
    response = desk.post("intake/", **_fields(cast))
    page = text_of(desk.client.get(response.headers["Location"]))
    number = Report.objects.get().number
    assert f"{number[:6]} {number[6:10]} {number[10:]}" in page
    assert "查询码" in page
    assert "桐花街道网格中心已经收到" in page
    assert "打开这件事" in page


def test_the_code_is_in_no_address_and_in_no_session(cast, desk_of):
    from gezhi.kernel import secrets

    desk = desk_of(cast.acceptor)
    response = desk.post("intake/", **_fields(cast))
    code = secrets.receipt_code(Report.objects.get().pk)
    assert code not in response.headers["Location"]
    assert code not in str(dict(desk.client.session))


def test_a_receipt_taken_by_another_is_not_found(cast, desk_of):
    response = desk_of(cast.acceptor).post("intake/", **_fields(cast))
    address = response.headers["Location"].removeprefix("/desk/")
    assert desk_of(cast.li).get(address).status_code == 404


def test_the_same_press_twice_is_one_report(cast, desk_of):
    desk = desk_of(cast.acceptor)
    first = desk.post("intake/", **_fields(cast))
    again = desk.post("intake/", **_fields(cast))
    assert first.headers["Location"] == again.headers["Location"]
    assert Report.objects.count() == 1


def test_wrong_input_comes_back_at_its_row_with_everything_typed(cast, desk_of):
    response = desk_of(cast.acceptor).post("intake/", **_fields(cast, phone="1380000", text=""))
    page = text_of(response)
    assert response.status_code == 422
    assert "桐花苑 1栋 302" in page
    assert "请写一写是什么事，一句话也可以" in page and "“什么事”" not in page
    assert cast.chen.name in page
    assert not Report.objects.exists()
    short = desk_of(cast.acceptor).post("intake/", **_fields(cast, phone="1380000"))
    assert 'id="call_phone_error"' in text_of(short)
    assert "楼上漏水" in text_of(short)


def test_only_the_words_of_the_matter_are_required(cast, desk_of):
    response = desk_of(cast.acceptor).post(
        "intake/", deed_key="bare", channel="phone", text="路灯不亮"
    )
    assert response.status_code == 303
    assert Report.objects.get().anonymous


def test_a_caller_is_recognized_by_the_exact_number_and_the_look_is_recorded(cast, play, desk_of):
    play.report(text="上次反映的垃圾")
    desk = desk_of(cast.acceptor)
    page = text_of(desk.post("intake/caller/", phone="138 1234 5678"))
    assert "上次反映的垃圾" in page
    assert "已记录这次查看" in page
    entry = Entry.objects.get(verb="read.caller")
    assert entry.user_id == cast.acceptor.user_id
    assert cast.chen.phone not in str(entry.detail) + entry.purpose
    assert "第一次打来" in text_of(desk.post("intake/caller/", phone="13812345679"))


def test_half_a_number_looks_nobody_up(cast, play, desk_of):
    play.until("reported")
    page = text_of(desk_of(cast.acceptor).post("intake/caller/", phone="1381234"))
    assert "写全号码" in page
    assert not Entry.objects.filter(verb="read.caller").exists()


def test_a_caller_of_another_street_shows_nothing(cast, play, desk_of):
    play.report(text="别的街道的事")
    page = text_of(desk_of(cast.he).post("intake/caller/", phone=cast.chen.phone))
    assert "别的街道的事" not in page


def test_places_are_found_by_words_and_their_cases_by_choice(cast, play, desk_of):
    from gezhi.work.cases import actions

    play.report(where=actions.Where(place_id=cast.street.building.pk), text="这栋楼上次的事")
    desk = desk_of(cast.acceptor)
    found = text_of(desk.post("intake/place/", place_words="桐花苑"))
    assert "桐花苑" in found
    assert f'value="{cast.street.compound.pk}"' in found
    cases = text_of(desk.post("intake/place/cases/", place_id=str(cast.street.compound.pk)))
    assert "这栋楼上次的事" in cases
    assert Entry.objects.filter(verb="read.place_cases", user_id=cast.acceptor.user_id).exists()


def test_an_unknown_place_is_said_and_written_as_said(cast, desk_of):
    desk = desk_of(cast.acceptor)
    said = text_of(desk.post("intake/place/", place_words="没有的地方"))
    assert "没认出这个地方" in said
    assert 'id="place-cases"' in said and "hx-swap-oob" in said
    assert "最近的事" not in text_of(desk.post("intake/place/cases/", place_id="99"))
    response = desk.post("intake/", **_fields(cast, place_id="99"))
    assert response.status_code in (303, 404, 422)


def test_the_only_place_that_is_meant_is_taken_and_said(cast, desk_of):
    desk = desk_of(cast.acceptor)
    said = text_of(desk.post("intake/place/", place_words="桐花苑 1栋"))
    assert "按“桐花苑 1栋”登记：<b>桐花社区 第一网格</b>" in said
    assert f'value="{cast.street.building.pk}" checked' in said
    assert desk.post("intake/", **_fields(cast, place_id="")).status_code == 303
    case = Report.objects.get().case
    assert (case.place_id, case.grid_id) == (cast.street.building.pk, cast.street.grid.pk)


def test_the_place_that_was_taken_can_be_undone(cast, desk_of):
    desk = desk_of(cast.acceptor)
    assert desk.post("intake/", **_fields(cast, place_id="none")).status_code == 303
    case = Report.objects.get().case
    assert (case.place_id, case.grid_id) == (None, None)


def test_several_places_are_asked_and_nothing_is_lost(cast, desk_of):
    from gezhi.records.places.models import Place

    Place.objects.filter(pk=cast.street.next_compound.pk).update(name="桐城棉纺厂宿舍")
    desk = desk_of(cast.acceptor)
    assert "请问清楚再点一处" in text_of(desk.post("intake/place/", place_words="棉纺厂家属院"))
    fields = _fields(cast, place_words="棉纺厂家属院", place_id="")
    response = desk.post("intake/", **fields)
    page = text_of(response)
    assert response.status_code == 422 and not Report.objects.exists()
    assert "请点一处" in page and "楼上漏水" in page
    assert f'value="{cast.street.next_compound.pk}"' in page
    chosen = fields | {"place_id": str(cast.street.next_compound.pk)}
    assert desk.post("intake/", **chosen).status_code == 303
    assert Report.objects.get().case.place_id == cast.street.next_compound.pk


def test_without_script_looking_up_keeps_the_form(cast, play, desk_of):
    play.report(text="上次反映的垃圾")
    page = text_of(
        desk_of(cast.acceptor).post("intake/", **_fields(cast, look="all", text="才写了一半"))
    )
    assert "上次反映的垃圾" in page
    assert "才写了一半" in page
    assert cast.chen.phone in page
    assert Report.objects.count() == 1


@pytest.mark.parametrize("name", ["dispatcher", "handler", "checker", "zhang", "wang"])
def test_who_does_not_answer_the_phone_has_no_such_page(cast, desk_of, name):
    desk = desk_of(getattr(cast, name))
    assert desk.get("intake/").status_code == 404
    assert desk.post("intake/", **_fields(cast)).status_code == 404
    assert desk.post("intake/caller/", phone=cast.chen.phone).status_code == 404
    assert desk.post("intake/place/", place_words="桐花苑").status_code == 404
    assert not Report.objects.exists()


def test_a_community_clerk_answers_the_phone_too(cast, desk_of):
    assert desk_of(cast.li).post("intake/", **_fields(cast)).status_code == 303


def test_a_place_of_another_district_is_none(cast, desk_of):
    other = places.register_district(
        code="519902", name="白鹭区", city_name="白鹭市", province_name="白鹭省",
        by=Viewer.system("test"),
    )  # fmt: skip
    draft = places.PlaceDraft(PlaceKind.COMPOUND, "白鹭苑", longitude=105.0, latitude=30.6)
    places.add_places([draft], district_id=other.pk, by=Viewer.system("test", other.pk))
    desk = desk_of(cast.acceptor)
    page = text_of(desk.post("intake/place/cases/", place_id=str(draft.id)))
    assert "白鹭" not in page
