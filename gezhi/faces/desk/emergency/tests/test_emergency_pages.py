"""/desk/emergency/: from the switch to the report, each page by whom it is for."""

import re

import pytest

from gezhi.faces.desk.conftest import text_of
from gezhi.records.posts.models import Page
from gezhi.work.cases.tests.playing import fresh_key
from gezhi.work.emergency import actions
from gezhi.work.emergency.crew import SUBJECT
from gezhi.work.emergency.models import Emergency, EmergencyCase
from tests import emergencies

FLOOD = {"plan": "flood", "kind": "real", "reason": "暴雨红色预警"}


@pytest.fixture
def flood(cast):
    """A flood in the street with trouble in grid one."""
    return emergencies.flood(cast, trouble="3 栋地下室进水")


def test_the_switch_asks_back_naming_area_and_plan(cast, desk_of):
    desk = desk_of(cast.supervisor)
    asked = desk.post("emergency/new/", area=cast.street.street.pk, **FLOOD)
    assert "在桐花街道打开“水（防汛内涝）”应急？" in text_of(asked)
    assert not Emergency.objects.exists()
    done = desk.post("emergency/new/", area=cast.street.street.pk, sure="yes", **FLOOD)
    row = Emergency.objects.get()
    assert (done.status_code, done.url) == (303, f"/desk/emergency/{row.pk}/")


def test_what_is_missing_is_said_and_what_was_typed_stays(cast, desk_of):
    page = desk_of(cast.wang).post("emergency/new/", area=cast.street.street.pk, plan="flood")
    assert page.status_code == 422
    assert "还没填" in text_of(page)


def test_the_second_switch_reads_that_it_is_on(cast, desk_of, flood):
    desk = desk_of(cast.supervisor)
    page = desk.post("emergency/new/", area=cast.street.street.pk, sure="yes", **FLOOD)
    assert page.status_code == 422
    assert "已经打开了（王志远" in text_of(page)


def test_an_acceptor_sees_the_board_without_its_deeds_and_no_switch(cast, desk_of, flood):
    desk = desk_of(cast.acceptor)
    page = text_of(desk.get(f"emergency/{flood.pk}/"))
    assert "3 栋地下室进水" in page
    assert "关闭…" not in page
    assert desk.get("emergency/new/").status_code == 404
    assert desk.get(f"emergency/{flood.pk}/off/").status_code == 404


def test_another_street_has_no_such_page(cast, desk_of, flood):
    assert desk_of(cast.he).get(f"emergency/{flood.pk}/").status_code == 404
    assert "正在应急" not in text_of(desk_of(cast.he).get(""))


def test_the_first_page_says_that_one_is_on(cast, desk_of, flood):
    assert "水（防汛内涝）" in text_of(desk_of(cast.acceptor).get(""))


@pytest.mark.parametrize(
    ("show", "words"),
    [("grids", "未报"), ("crew", "街道值班长"), ("log", "报有事"), ("major", "没有重大事件")],
)
def test_each_part_of_the_board_opens(cast, desk_of, flood, show, words):
    page = desk_of(cast.supervisor).get(f"emergency/{flood.pk}/", show=show)
    assert words in text_of(page)


def test_the_grids_are_asked_again_and_staff_are_told(cast, desk_of, flood):
    desk = desk_of(cast.supervisor)
    knows = 'name="after" form="roll-call" value="{}"'
    assert knows.format(1) in text_of(desk.get(f"emergency/{flood.pk}/"))
    assert desk.post(f"emergency/{flood.pk}/roll-call/", after=1).status_code == 303
    assert flood.roll_calls.count() == 2
    # A board left open learns of the round with the piece that asks for itself.
    piece = {"HTTP_HX_REQUEST": "true", "HTTP_HX_TARGET": "board-live"}
    live = desk.client.get(f"/desk/emergency/{flood.pk}/", **piece)
    assert knows.format(2) in text_of(live)
    notice = {"told": ["workers"], "text": "请上挡板", "deed_key": fresh_key()}
    told = desk.post(f"emergency/{flood.pk}/notice/", **notice)
    assert told.status_code == 303
    assert "请上挡板" in text_of(desk.get(f"emergency/{flood.pk}/", show="log"))
    empty = desk.post(f"emergency/{flood.pk}/notice/", text="请上挡板")
    assert empty.status_code == 422


@pytest.mark.parametrize("after", ["1", "", "x", "99"])
def test_a_page_that_knew_of_an_older_roll_call_asks_nobody(cast, desk_of, flood, after):
    actions.call_roll(emergency_id=flood.pk, after=1, by=cast.wang.viewer)
    desk = desk_of(cast.supervisor)
    assert desk.post(f"emergency/{flood.pk}/roll-call/", after=after).status_code == 303
    assert flood.roll_calls.count() == 2
    page = text_of(desk.get(f"emergency/{flood.pk}/", show="grids"))
    assert "第 2 轮点名 10:00 已经发出，没有再发一遍" in page


def test_a_notice_sent_twice_is_told_once_and_a_changed_one_is_asked_about(cast, desk_of, flood):
    desk = desk_of(cast.supervisor)
    page = text_of(desk.get(f"emergency/{flood.pk}/notice/"))
    (key,) = re.findall(r'name="deed_key" value="([^"]+)"', page)
    notice = {"told": ["workers"], "text": "请上挡板", "deed_key": key}
    for _ in range(2):
        assert desk.post(f"emergency/{flood.pk}/notice/", **notice).status_code == 303
    assert flood.log.filter(code="notice").count() == 1
    changed = desk.post(f"emergency/{flood.pk}/notice/", **notice | {"text": "请下挡板"})
    assert changed.status_code == 422
    assert "这个通知刚才已经发出" in text_of(changed)
    assert key not in text_of(changed)


def test_a_major_case_is_named_before_the_end_and_the_report_tells_it(cast, desk_of, flood):
    desk = desk_of(cast.supervisor)
    number = EmergencyCase.objects.get().case.number
    url = f"emergency/{flood.pk}/cases/{number}/major/"
    assert desk.post(url).status_code == 303
    refused = desk.post(f"emergency/{flood.pk}/off/", summary="雨停了", goes_on="on")
    assert refused.status_code == 422
    assert "还没有点名" in text_of(refused)
    assert desk.post(url, named=cast.wang.user_id).status_code == 303
    unsure = desk.post(f"emergency/{flood.pk}/off/", summary="雨停了")
    assert unsure.status_code == 422
    done = desk.post(f"emergency/{flood.pk}/off/", summary="雨停了", goes_on="on")
    assert done.url == f"/desk/emergency/{flood.pk}/report/"
    page = text_of(desk.get(f"emergency/{flood.pk}/report/"))
    assert "已关闭，这是报告" in page
    for words in ("应急报告", "雨停了", "3 栋地下室进水", "王志远", "列为重大事件", "关闭"):
        assert words in page
    assert desk.get(f"emergency/{flood.pk}/off/").status_code == 303


def test_a_major_case_can_be_taken_off_the_list(cast, desk_of, flood):
    desk = desk_of(cast.supervisor)
    number = EmergencyCase.objects.get().case.number
    desk.post(f"emergency/{flood.pk}/cases/{number}/major/")
    desk.post(f"emergency/{flood.pk}/cases/{number}/major/", drop="yes")
    assert not EmergencyCase.objects.get().is_major


def test_whoever_is_called_answers_from_the_board(cast, desk_of, flood):
    desk = desk_of(cast.supervisor)
    page = desk.get(f"emergency/{flood.pk}/")
    assert "预案叫您到岗" in text_of(page)
    call = page.context["own_call"]
    assert desk_of(cast.acceptor).post(f"emergency/calls/{call}/answer/").status_code == 303
    assert "等应答" in text_of(desk.get(f"emergency/{flood.pk}/", show="crew"))
    assert desk.post(f"emergency/calls/{call}/answer/").status_code == 303
    assert "已应答" in text_of(desk.get(f"emergency/{flood.pk}/", show="crew"))
    assert "预案叫您到岗" not in text_of(desk.get(f"emergency/{flood.pk}/"))


def test_an_urgent_case_of_before_is_taken_in_by_hand(cast, desk_of, flood, play):
    play.report(urgency="urgent")
    desk = desk_of(cast.supervisor)
    assert "纳入这次应急" in text_of(desk.get(f"emergency/{flood.pk}/"))
    desk.post(f"emergency/{flood.pk}/cases/{play.case.number}/in/")
    assert flood.cases.count() == 2


def test_the_board_asks_for_its_own_piece_while_it_is_on_and_for_the_page_once_it_is_off(
    cast, desk_of, flood
):
    desk = desk_of(cast.acceptor)
    piece = {"HX-Request": "true", "HX-Target": "board-live"}
    part = desk.client.get(f"/desk/emergency/{flood.pk}/?show=grids", headers=piece)
    words = text_of(part)
    assert "<html" not in words
    assert 'hx-trigger="every 20s' in words and "马上刷新" in words
    actions.switch_off(emergency_id=flood.pk, summary="雨停了", goes_on=True, by=cast.wang.viewer)
    over = desk.client.get(f"/desk/emergency/{flood.pk}/?show=grids", headers=piece)
    assert over.headers["HX-Redirect"] == f"/desk/emergency/{flood.pk}/?show=grids"
    assert "hx-trigger" not in text_of(desk.get(f"emergency/{flood.pk}/"))


def test_whoever_is_called_reads_it_on_top_of_the_first_page(cast, desk_of, flood):
    called = Page.objects.filter(is_over=False, subject_kind=SUBJECT).first()
    assert called is not None
    user = next(one for _name, one in cast.staff() if one.user_id == called.user_id)
    page = text_of(desk_of(user).get(""))
    assert page.index("叫您到岗") < page.index("queues-title")


def test_who_walks_a_silent_grid_stands_by_its_name(cast, desk_of, flood):
    page = text_of(desk_of(cast.supervisor).get(f"emergency/{flood.pk}/", show="grids"))
    line = page.partition(cast.street.next_grid.short_name or cast.street.next_grid.name)[2][:900]
    assert cast.zhao.name in line
    assert f"/desk/setup/crew/?area={cast.street.next_grid.pk}" in line


def test_whoever_takes_a_major_case_is_found_below_the_unit(cast, desk_of, flood):
    number = EmergencyCase.objects.get().case.number
    page = text_of(desk_of(cast.supervisor).get(f"emergency/{flood.pk}/cases/{number}/major/"))
    assert f'<optgroup label="{cast.street.sanitation.name}">' in page
