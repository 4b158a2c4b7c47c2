"""是同一件吗 by words: what is likely the same is shown before sending, and never keeps a report."""

import pytest

from gezhi.faces.resident.conftest import values, words
from gezhi.faces.resident.report import likeness as face
from gezhi.work.cases import actions
from gezhi.work.cases.models import Case, Report
from gezhi.work.triage.predictions.likenesses import keep_fingerprint
from gezhi.work.triage.report_text import report_text_of
from gezhi.work.triage.tasks import advise

SAID = "单元门口堆了建筑垃圾，三天没人清走，王大爷绊了一跤"
SAME = "单元门口堆了建筑垃圾，三天没人清走"


@pytest.fixture
def neighbor(play, public_class, cast):
    """A neighbor's case on a road, of no compound, summed up by a clerk."""
    longitude, latitude = cast.street.point
    where = actions.Where(longitude=longitude, latitude=latitude, words="桐花路口")
    play.report(text=SAID, where=where).accept(
        class_code=public_class, public_summary="路口有建筑垃圾，正在清运"
    )
    advise.func(play.case.pk)
    keep_fingerprint(play.case, report_text_of(play.case))
    return play


def _point(cast):
    longitude, latitude = cast.street.point
    return {"longitude": str(longitude), "latitude": str(latitude)}


def test_the_same_words_at_the_same_place_show_the_matter(resident, neighbor, cast):
    assert neighbor.case.compound_id is None
    card = words(resident.where(text=SAME, place_words="桐花路口", **_point(cast)))
    assert "路口有建筑垃圾，正在清运" in card and "我也遇到" in card


def test_nothing_of_the_neighbor_comes_along(resident, neighbor, cast):
    card = resident.where(text=SAME, place_words="桐花路口", **_point(cast))
    for canary in ("王大爷", "绊了一跤", cast.chen.name, cast.chen.phone):
        assert canary not in card


def test_other_words_show_nothing(resident, neighbor, cast):
    card = words(resident.where(text="想问问老年证怎么办", place_words="", **_point(cast)))
    assert "我也遇到" not in card


def test_whoever_has_not_seen_it_is_asked_once_and_may_send_all_the_same(resident, neighbor, cast):
    fields = {"text": SAME, "place_words": "桐花路口", **_point(cast)}
    page = resident.report(**fields).content.decode()
    assert "还没有提交" in page
    assert Report.objects.count() == 1
    resident.receipt(**fields, deed_key=values(page)["deed_key"], seen=values(page)["seen"])
    assert Case.objects.count() == 2


def test_me_too_leads_to_joining(resident, neighbor, cast):
    number = neighbor.receipt.case_number
    resident.receipt(text=SAME, place_words="桐花路口", join=number, **_point(cast))
    assert Case.objects.count() == 1
    assert Report.objects.filter(joined=True, case__number=number).exists()


def test_a_look_that_breaks_keeps_no_report(resident, neighbor, cast, monkeypatch):
    def broken(*_arguments, **_named):
        raise RuntimeError("index")

    monkeypatch.setattr(face, "similar_to", broken)
    resident.receipt(text=SAME, place_words="桐花路口", **_point(cast))
    assert Case.objects.count() == 2


def test_another_matter_of_the_same_stairs_is_not_shown(resident, cast, play, public_class):
    where = actions.Where(place_id=cast.street.building.pk)
    play.report(text="楼道墙上全是开锁通下水的小广告", where=where)
    play.accept(class_code="event-0201", public_summary="桐花社区 小广告")
    place = {"compound": cast.street.compound.pk, "last": "id_compound"}
    assert "我也遇到" in resident.where(**place)
    assert "我也遇到" not in resident.where(**place, text="楼道的灯坏了三天，上下楼看不见")
    assert "我也遇到" in resident.where(**place, text="楼道里又贴满了小广告")
