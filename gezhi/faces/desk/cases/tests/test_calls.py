"""呼叫值班 on the page of a case: who was called, the two answers, and that nobody answered."""

from datetime import UTC, datetime, timedelta

import pytest

from gezhi.faces.desk.conftest import text_of
from gezhi.kernel import clock
from gezhi.records.posts.models import Page
from gezhi.work.cases import actions, paging
from gezhi.work.cases.models import Step
from gezhi.work.cases.tests.playing import a_class

NIGHT = datetime(2026, 11, 23, 18, 0, tzinfo=UTC)


@pytest.fixture
def called(play):
    """An urgent case sent at two in the morning to a unit without anybody on duty: the chief is called."""
    play.report(urgency="urgent")
    play.do(actions.accept, play.cast.acceptor.viewer, class_code=a_class(), urgency="urgent")
    clock.advance(NIGHT - clock.now())
    play.dispatch()
    paging.heed(Step.objects.filter(case=play.case).latest("serial").pk)
    return play


def test_whoever_is_called_finds_the_case_on_the_first_page_and_answers(cast, called, desk_of):
    desk = desk_of(cast.supervisor)
    assert "急事呼叫您，请应答" in text_of(desk.get(""))
    page = text_of(desk.get(f"cases/{called.case.number}/"))
    assert "我来处理" in page
    answer = desk.post(f"rota/calls/{Page.objects.latest('rank').pk}/answer/")
    assert answer.status_code == 303
    page = text_of(desk.get(f"cases/{called.case.number}/"))
    assert "我来处理" not in page
    assert "已应答" in page
    assert "没有人值班" in page


def test_somebody_else_reads_who_was_called_and_answers_nothing(cast, called, desk_of):
    desk = desk_of(cast.dispatcher)
    page = text_of(desk.get(f"cases/{called.case.number}/"))
    assert "冯立" in page
    assert "我来处理" not in page
    assert desk.post(f"rota/calls/{Page.objects.latest('rank').pk}/answer/").status_code == 404


def test_who_cannot_come_hands_it_to_the_next(cast, called, desk_of):
    desk = desk_of(cast.supervisor)
    desk.post(f"rota/calls/{Page.objects.latest('rank').pk}/decline/")
    assert Page.objects.latest("rank").user_id == cast.wang.user_id


def test_a_case_all_were_called_about_in_vain_says_so(cast, called, desk_of):
    for _turn in range(3):
        clock.advance(timedelta(minutes=5))
        paging.go_on()
    page = text_of(desk_of(cast.dispatcher).get(f"cases/{called.case.number}/"))
    assert "值班的人都叫过了，没有人应答" in page
