"""/pocket/roll-call/: 平安 by one thumb, 有事 with words and photos; nothing for whoever is not asked."""

from datetime import timedelta

import pytest

from gezhi.kernel import clock
from gezhi.work.cases.models import Attachment, Case
from gezhi.work.emergency import actions
from gezhi.work.emergency.models import Answer, Emergency
from tests import emergencies

KEY = "0b3cbb0c-6b7b-4d0c-9c53-1f0f35f4f9a1"


@pytest.fixture
def address(cast):
    row = emergencies.flood(cast, area_id=cast.street.community.pk)
    return f"/pocket/roll-call/{row.pk}/{cast.street.grid.pk}/"


def test_today_says_that_a_roll_call_waits_and_then_what_was_answered(phone, address):
    assert "等您报" in phone.get("/pocket/").content.decode()
    phone.post(address, {"said": "safe", "deed_key": KEY})
    page = phone.get("/pocket/").content.decode()
    assert "报过平安" in page
    assert "等您报" not in page


def test_without_an_emergency_today_says_nothing_of_it(phone):
    assert "应急点名" not in phone.get("/pocket/").content.decode()


def test_safe_is_one_thumb(phone, address):
    assert "平安，没有事" in phone.get(address).content.decode()
    done = phone.post(address, {"said": "safe", "deed_key": KEY}, follow=True)
    assert "报了平安" in done.content.decode()
    assert Answer.objects.get().said == "safe"
    assert not Case.objects.exists()


def test_trouble_with_a_photo_is_a_case_and_its_draft_is_let_go(phone, address, a_photo):
    sent = {"said": "trouble", "text": "地下室进水", "where": "3 栋", "deed_key": KEY}
    done = phone.post(address, {**sent, "photos": [a_photo()]}, follow=True)
    page = done.content.decode()
    case = Case.objects.get()
    assert f"/pocket/cases/{case.number}/" in page
    assert 'data-draft-done="roll-call-' in page
    assert Attachment.objects.filter(case=case).count() == 1


def test_sent_again_after_a_lost_answer_it_is_one(phone, address, a_photo):
    for _time in range(2):
        sent = {"said": "trouble", "text": "地下室进水", "deed_key": KEY, "photos": [a_photo()]}
        assert phone.post(address, sent).status_code == 303
    assert Answer.objects.count() == Case.objects.count() == Attachment.objects.count() == 1


def test_trouble_without_words_is_refused_and_says_what_to_write(phone, address):
    page = phone.post(address, {"said": "trouble", "deed_key": KEY})
    assert page.status_code == 422
    assert "请写一句什么事" in page.content.decode()


def test_another_grid_and_another_worker_find_nothing(cast, phone, next_phone, address):
    assert next_phone.get(address).status_code == 404
    other = address.replace(str(cast.street.grid.pk), str(cast.street.next_grid.pk))
    assert phone.get(other).status_code == 404


def test_the_moment_a_phone_without_a_net_was_answered_comes_along(phone, address):
    said_at = clock.now()
    clock.advance(timedelta(minutes=9))
    sent = {"said": "safe", "deed_key": KEY, "said_at": said_at.isoformat()}
    assert phone.post(address, sent).status_code == 303
    assert Answer.objects.get().answered_at == said_at


@pytest.mark.parametrize(
    "said_at",
    [
        "gestern",
        "2026-11-23T10:00:00",
        "",
        "0001-01-01T00:00:00+14:00",
        "9999-12-31T23:59:59-23:59",
    ],
)
def test_what_is_no_moment_is_said_now(phone, address, said_at):
    phone.post(address, {"said": "safe", "deed_key": KEY, "said_at": said_at})
    assert Answer.objects.get().answered_at == clock.now()


def test_trouble_that_comes_when_it_is_over_is_taken_in_and_said_so(cast, phone, address):
    row = Emergency.objects.get()
    said_at = clock.now()
    clock.advance(timedelta(minutes=9))
    actions.switch_off(emergency_id=row.pk, summary="雨停了", goes_on=True, by=cast.wang.viewer)
    sent = {
        "said": "trouble",
        "text": "3 栋电梯困人",
        "deed_key": KEY,
        "said_at": said_at.isoformat(),
    }
    came = phone.post(address, sent)
    assert came.status_code == 303
    assert "应急已经关闭" in phone.get(came.url).content.decode()
    assert Case.objects.get().urgency == "urgent"
    assert phone.post(address, sent).status_code == 303
    assert Case.objects.count() == 1
    assert phone.get(address).status_code == 404
    late = phone.post(address, {"said": "safe", "deed_key": KEY[:-1] + "2"})
    assert late.status_code == 409
    assert "已经关闭" in late.content.decode()


def test_real_and_exercise_are_told_apart_on_the_first_page(cast, phone, address):
    page = phone.get("/pocket/").content.decode()
    assert "真应急" in page and "暴雨红色预警" in page
