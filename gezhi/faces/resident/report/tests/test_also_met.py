"""我也遇到: open cases of the same compound before sending, and nothing of a neighbor."""

from uuid import uuid4

import pytest

from gezhi.faces.resident.conftest import values, words
from gezhi.work.cases import actions
from gezhi.work.cases.models import Case, Report, ReportWords


@pytest.fixture
def neighbor(play, public_class, cast):
    """A neighbor's report of the same compound, accepted and summed up by a clerk."""
    play.report(
        text="单元门口堆了建筑垃圾，我是三楼的王大爷",
        where=actions.Where(place_id=cast.street.building.pk, words="桐花苑1栋三楼"),
    )
    return play.accept(class_code=public_class, public_summary="1 栋门口有建筑垃圾，正在清运")


def test_a_neighbors_matter_is_shown_before_sending(resident, neighbor):
    card = words(resident.where(place_words="桐花苑1栋", last="id_place_words"))
    assert "1 栋门口有建筑垃圾，正在清运" in card
    assert "我也遇到" in card


def test_nothing_of_the_neighbor_is_in_it(resident, neighbor):
    card = resident.where(compound=resident.cast.street.compound.pk, last="id_compound")
    for canary in ("王大爷", "三楼", resident.cast.chen.name, resident.cast.chen.phone):
        assert canary not in card


def test_whoever_has_not_seen_it_is_asked_once(resident, neighbor):
    fields = {"place_words": "桐花苑1栋", "text": "有人乱堆垃圾"}
    asked = resident.report(**fields)
    page = asked.content.decode()
    assert asked.status_code == 200
    assert "还没有提交" in page and "有人乱堆垃圾" in page
    assert Report.objects.count() == 1
    resident.receipt(**fields, deed_key=values(page)["deed_key"], seen=values(page)["seen"])
    assert Case.objects.count() == 2


def test_me_too_joins_with_a_receipt_of_its_own(resident, neighbor):
    address = resident.receipt(text="", place_words="桐花苑1栋", join=neighbor.receipt.case_number)
    assert Case.objects.count() == 1
    joined = Report.objects.get(joined=True)
    assert joined.number in address
    assert ReportWords.objects.get(report=joined).text == "我也遇到"
    page = words(resident.read(address))
    assert "您说也遇到了" in page
    assert "王大爷" not in page


def test_the_same_me_too_twice_is_one(resident, neighbor):
    key = str(uuid4())
    fields = {"deed_key": key, "place_words": "桐花苑1栋", "join": neighbor.receipt.case_number}
    assert resident.receipt(**fields) == resident.receipt(**fields)
    assert Report.objects.filter(joined=True).count() == 1


def test_a_number_typed_by_hand_opens_no_case(resident, neighbor, play):
    """The case is open, but not of the place the resident named."""
    answer = resident.report(place_words="柏树里", join=neighbor.receipt.case_number)
    assert answer.status_code == 422
    assert not Report.objects.filter(joined=True).exists()


def test_a_confidential_matter_is_never_shown(resident, play, public_class, cast):
    play.report(confidential=True, where=actions.Where(place_id=cast.street.building.pk))
    play.accept(class_code=public_class)
    # As if somebody had summed it up before it was kept confidential.
    Case.objects.update(public_summary="保密的事")
    assert "保密的事" not in resident.where(place_words="桐花苑1栋", last="id_place_words")
    resident.receipt(place_words="桐花苑1栋")


def test_a_me_too_sent_again_after_the_matter_ended_has_the_same_receipt(resident, neighbor):
    fields = {
        "deed_key": str(uuid4()),
        "place_words": "桐花苑1栋",
        "join": neighbor.receipt.case_number,
    }
    first = resident.receipt(**fields)
    neighbor.dispatch().take().finish().check().close()
    assert resident.receipt(**fields) == first
    assert Report.objects.filter(joined=True).count() == 1


def test_ones_own_matter_sent_again_is_not_offered_as_a_neighbors(
    resident, play, public_class, cast
):
    fields = {"deed_key": str(uuid4()), "place_words": "桐花苑1栋", "text": "有人乱堆垃圾"}
    first = resident.receipt(**fields)
    play.receipt = actions.report(
        intake=play.intake(where=actions.Where(place_id=cast.street.building.pk)),
        by=play.stranger,
        key=str(uuid4()),
    )
    play.accept(class_code=public_class)
    assert resident.receipt(**fields) == first


def test_whoever_asks_to_be_kept_is_asked_about_no_neighbor_and_joins_none(resident, neighbor):
    fields = {"text": "有人偷倒垃圾，我看见了", "place_words": "桐花苑1栋", "confidential": "on"}
    resident.receipt(**fields)
    row = Report.objects.latest("pk")
    assert row.confidential and row.case.is_restricted and row.case_id != neighbor.case.pk
    joining = resident.report(**fields, join=neighbor.receipt.case_number)
    assert joining.status_code == 422
    assert "要保密就不能并到别人的事里" in joining.content.decode()
