"""保密事项 at the desk: who is shown what, and how one is opened by need."""

import pytest

from gezhi.faces.desk.conftest import text_of
from gezhi.ground.audit.models import Entry
from gezhi.ground.files import doors
from gezhi.work.cases import actions
from gezhi.work.cases.models import Opening
from gezhi.work.cases.tests.playing import TOLD_TO_THE_UNIT

SAID = "三楼有人开赌场"


@pytest.fixture
def kept(play):
    """A confidential case in the hand of a unit."""
    return play.until("handling", confidential=True, text=SAID)


def test_a_leader_finds_that_it_exists_and_not_what_it_says(cast, kept, desk_of):
    desk = desk_of(cast.wang)
    home = text_of(desk.get(""))
    assert "另有保密事项 1 件" in home
    page = text_of(desk.get("confidential/"))
    assert f"confidential/{kept.case.number}/" in page and "桐花街道环卫所" in page
    for path in (
        "confidential/",
        "queues/open/",
        f"search/?q={SAID}",
        f"confidential/{kept.case.number}/",
    ):
        shown = text_of(desk.get(path)).replace(f"“{SAID}”", "").replace(f'value="{SAID}"', "")
        assert SAID not in shown, path
        assert "建筑垃圾" not in shown, path
    assert desk.get(f"cases/{kept.case.number}/sheet/").status_code == 404


def test_its_number_leads_to_where_the_need_is_asked(cast, kept, desk_of):
    desk = desk_of(cast.supervisor)
    asked = f"/desk/confidential/{kept.case.number}/"
    assert desk.get("search/", q=kept.case.number).url == asked
    assert desk.get(f"cases/{kept.case.number}/").url == asked
    assert desk_of(cast.checker).get(f"cases/{kept.case.number}/").status_code == 404


def test_a_need_opens_it_and_the_page_says_so(cast, kept, desk_of):
    desk = desk_of(cast.wang)
    response = desk.post(f"confidential/{kept.case.number}/", need="overdue")
    assert response.url == f"/desk/cases/{kept.case.number}/"
    page = text_of(desk.get(f"cases/{kept.case.number}/"))
    assert SAID in page
    assert "您因“超时督办，要看清卡在哪儿”打开了这件保密的事，看到 今天 18:00 为止" in page
    assert "因工作需要查看：超时督办，要看清卡在哪儿" in page
    assert cast.chen.phone not in page
    assert Entry.objects.filter(verb="read.case", user_id=cast.wang.user_id).exists()


def test_no_need_opens_nothing(cast, kept, desk_of):
    desk = desk_of(cast.wang)
    path = f"confidential/{kept.case.number}/"
    assert desk.post(path).status_code == 422
    refused = desk.post(path, need="other", need_words=" ")
    assert refused.status_code == 422 and "请说明为什么要看这件保密的事" in text_of(refused)
    assert not Opening.objects.exists()


def test_the_audit_administrator_reads_who_looked_and_why(cast, kept, desk_of):
    actions.open_case(number=kept.case.number, by=cast.wang.viewer, need="asked")
    page = text_of(desk_of(cast.audit_administrator).get("setup/audit/"))
    assert "因工作需要查看保密事项" in page and "上级或纪检、司法机关依法查问" in page
    assert SAID not in page


def test_the_unit_reads_what_was_written_for_it(cast, kept, desk_of):
    desk = desk_of(cast.handler)
    for path in (f"cases/{kept.case.number}/", f"cases/{kept.case.number}/sheet/"):
        page = text_of(desk.get(path))
        assert TOLD_TO_THE_UNIT in page and SAID not in page, path
        assert cast.chen.phone[-4:] not in page
    assert "这件事保密" in text_of(desk.get(f"cases/{kept.case.number}/"))
    sheet = b"".join(desk.take("queues/handling/export/"))
    assert SAID.encode() not in sheet


def test_the_dispatcher_is_told_what_the_unit_will_see(cast, play, desk_of):
    play.until("accepted", confidential=True)
    desk = desk_of(cast.dispatcher)
    page = text_of(desk.get(f"cases/{play.case.number}/dispatch/"))
    assert "转办内容" in page and "承办单位只看到您在这里写的" in page
    refused = desk.deed(play, "dispatch", lead_unit_id=cast.street.sanitation.pk)
    assert refused.status_code == 422 and "请写明转办内容" in text_of(refused)


def test_a_caller_who_asks_for_it_is_joined_to_nothing(cast, play, desk_of):
    play.report()
    fields = {"text": SAID, "channel": "phone", "confidential": "on", "urgency": "ordinary"}
    refused = desk_of(cast.acceptor).post(
        "intake/", deed_key="call-kept-join", join=play.case.number, **fields
    )
    assert refused.status_code == 422
    assert "要保密就不能并到别人的事里" in text_of(refused)


def test_an_acceptor_keeps_a_case_from_its_page(cast, play, desk_of):
    play.report(text=SAID)
    desk = desk_of(cast.acceptor)
    assert "定了不能改回来" in text_of(desk.get(f"cases/{play.case.number}/restrict/"))
    assert desk.deed(play, "restrict", words="来电要求保密").status_code == 303
    assert play.case.is_restricted
    page = text_of(desk.get(f"cases/{play.case.number}/"))
    assert "/restrict/" not in page and "保密" in page


def test_the_list_of_the_ended_pages_on(cast, kept, desk_of):
    kept.finish().check().close()
    desk = desk_of(cast.wang)
    assert kept.case.number not in text_of(desk.get("confidential/"))
    assert kept.case.number in text_of(desk.get("confidential/", ended="1"))
    assert desk.get("confidential/", after="x").status_code == 422


def test_a_photo_that_was_shown_before_is_closed_with_the_case(cast, play):
    photo = play.photo()
    play.report(photos=(photo,)).accept(class_code="event-0102")
    assert doors.is_open(cast.checker.viewer, photo)
    play.do(actions.restrict, cast.dispatcher.viewer)
    assert not doors.is_open(cast.checker.viewer, photo)
    assert doors.is_open(cast.dispatcher.viewer, photo)
