"""叫队伍 on the phone: whoever of a crew walks a grid reads the call on top of 今日 and answers it."""

import pytest

from gezhi.kernel.viewer import Role
from gezhi.records.posts import actions as posts
from gezhi.records.posts.models import Page
from gezhi.work.emergency import actions
from gezhi.work.emergency.crew import SUBJECT
from tests import emergencies
from tests.cast import SET_UP, SYSTEM


@pytest.fixture
def called(cast):
    """A flood in the community: both grid workers are its grid managers, the first is called."""
    for person, grid in ((cast.zhang, "grid"), (cast.zhao, "next_grid")):
        post = posts.create_post(
            unit=cast.street.office, area_id=getattr(cast.street, grid).pk, role=Role.GRID_WORKER,
            name="网格长", profession="grid_manager", by=SYSTEM,
        )  # fmt: skip
        posts.appoint(post=post, user=person.user, by=SYSTEM, from_at=SET_UP)
    emergencies.flood(cast, area_id=cast.street.community.pk)
    return Page.objects.get(subject_kind=SUBJECT, user_id=cast.zhang.user_id)


def test_the_call_stands_on_top_of_today_and_is_answered(phone, called):
    page = phone.get("/pocket/").content.decode()
    assert "叫您到岗：水（防汛内涝），桐花社区，网格长。" in page
    done = phone.post(f"/pocket/roll-call/calls/{called.pk}/answer/", follow=True)
    assert "记下了：您到岗" in done.content.decode()
    assert "叫您到岗" not in phone.get("/pocket/").content.decode()
    called.refresh_from_db()
    assert called.outcome == "answered"


def test_who_cannot_come_says_so_and_the_next_is_called(cast, phone, next_phone, called):
    phone.post(f"/pocket/roll-call/calls/{called.pk}/decline/")
    assert Page.objects.filter(subject_kind=SUBJECT, user_id=cast.zhao.user_id).exists()
    assert "叫您到岗" in next_phone.get("/pocket/").content.decode()
    assert "叫您到岗" not in phone.get("/pocket/").content.decode()


def test_anothers_call_is_not_answered_and_an_unknown_answer_is_no_page(next_phone, called):
    told = next_phone.post(f"/pocket/roll-call/calls/{called.pk}/answer/", follow=True)
    assert "这次呼叫找的是别人" in told.content.decode()
    called.refresh_from_db()
    assert called.outcome == "waiting"
    assert next_phone.post(f"/pocket/roll-call/calls/{called.pk}/maybe/").status_code == 404


def test_a_call_of_an_emergency_that_is_over_waits_for_nobody(cast, phone, called):
    row = actions.switch_off(
        emergency_id=_emergency(called), summary="雨停了", goes_on=True, by=cast.wang.viewer
    )
    assert not row.is_on
    assert "叫您到岗" not in phone.get("/pocket/").content.decode()


def _emergency(page):
    from gezhi.work.emergency.models import CrewCall

    return CrewCall.objects.get(pk=page.subject_id).emergency_id
