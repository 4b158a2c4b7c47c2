"""呼叫值班: an urgent case at night calls who is on duty, then the next, until somebody answers."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from gezhi.ground.accounts.models import User
from gezhi.ground.jobs.models import Stuck, Task
from gezhi.ground.notices import sentences
from gezhi.ground.notices.models import Delivery, Notice
from gezhi.kernel import clock
from gezhi.kernel.errors import Conflict, NotPermitted
from gezhi.records.posts import actions as posts
from gezhi.records.posts.models import Page
from gezhi.records.posts.rota_words import LineDraft
from gezhi.work.cases import actions, paging
from gezhi.work.cases.models import Step
from gezhi.work.cases.tests.playing import Play, a_class
from tests.cast import Cast, Person

# Two in the morning of Tuesday in China.
NIGHT = datetime(2026, 11, 23, 18, 0, tzinfo=UTC)


@pytest.fixture
def night(play: Play) -> Play:
    """The case accepted as urgent by day; then it is two in the morning."""
    play.report(urgency="urgent")
    play.do(actions.accept, play.cast.acceptor.viewer, class_code=a_class(), urgency="urgent")
    return play


def begin_duty(cast: Cast, *people: Person, unit: Any = None, name: str = "夜间值班") -> None:
    """From 17:00 to 9:00 each night, the first of the people tonight."""
    posts.begin_rota(
        unit=unit or cast.street.sanitation,
        name=name,
        lines=[LineDraft("every", 17 * 60, 9 * 60, tuple(one.user_id for one in people))],
        from_day=clock.today(),
        by=cast.supervisor.viewer,
    )


def send_at_night(play: Play) -> None:
    """The dispatcher sends it at two in the morning; the tasks of the step run."""
    clock.advance(NIGHT - clock.now())
    play.dispatch()
    heed(play)


def heed(play: Play) -> None:
    paging.heed(Step.objects.filter(case=play.case).latest("serial").pk)


def told(play: Play) -> list[tuple[str, str, str]]:
    """Each call: at which level, whom, what came of it."""
    names = dict(User.objects.values_list("pk", "name"))
    return [
        (page.level, names.get(page.user_id or 0, "没有人"), page.outcome)
        for page in Page.objects.filter(subject_id=play.case.pk).order_by("round", "rank")
    ]


def minutes(number: int) -> None:
    """The watchdog each minute."""
    for _minute in range(number):
        clock.advance(timedelta(minutes=1))
        paging.go_on()


def test_who_is_on_duty_is_called_at_once(night: Play) -> None:
    begin_duty(night.cast, night.cast.handler)
    send_at_night(night)
    assert told(night) == [("unit", "陈刚", "waiting")]
    inbox = Notice.objects.filter(user_id=night.cast.handler.user_id, kind="case_page")
    assert inbox.count() == 1
    assert Delivery.objects.filter(kind="case_page").count() == 1


def test_the_message_says_that_it_is_urgent_and_names_nothing(night: Play) -> None:
    text = sentences.message("user", "case_page", "")
    assert "急事" in text
    assert sentences.message("user", "case_dispatch", night.case.number) != text


def test_without_an_answer_the_chief_is_called_and_then_the_leader(night: Play) -> None:
    begin_duty(night.cast, night.cast.handler)
    send_at_night(night)
    minutes(4)
    assert len(told(night)) == 1
    minutes(1)
    assert told(night)[1:] == [("chief", "冯立", "waiting")]
    minutes(5)
    assert told(night) == [
        ("unit", "陈刚", "no_answer"),
        ("chief", "冯立", "no_answer"),
        ("leader", "王志远", "waiting"),
    ]
    assert not Stuck.objects.filter(loop="page").exists()
    minutes(5)
    stuck = Stuck.objects.get(loop="page")
    assert stuck.subject == night.case.number
    assert stuck.code == "nobody_answered"
    minutes(20)
    assert len(told(night)) == 3


def test_a_deed_after_all_were_called_in_vain_ends_it(night: Play) -> None:
    begin_duty(night.cast, night.cast.handler)
    send_at_night(night)
    minutes(16)
    assert Stuck.objects.filter(loop="page").exists()
    night.take()
    heed(night)
    minutes(1)
    assert not Stuck.objects.filter(loop="page").exists()


def test_the_same_minute_twice_calls_once(night: Play) -> None:
    begin_duty(night.cast, night.cast.handler)
    send_at_night(night)
    heed(night)
    minutes(5)
    paging.go_on()
    paging.go_on()
    assert len(told(night)) == 2
    assert Notice.objects.filter(kind="case_page").count() == 2


def test_taking_it_answers_the_call(night: Play) -> None:
    begin_duty(night.cast, night.cast.handler)
    send_at_night(night)
    clock.advance(timedelta(minutes=2))
    night.take()
    heed(night)
    page = Page.objects.get(subject_id=night.case.pk)
    assert (page.outcome, page.answered_by_id) == ("answered", night.cast.handler.user_id)
    minutes(30)
    assert len(told(night)) == 1


def test_whoever_was_called_answers_and_nobody_else(night: Play) -> None:
    begin_duty(night.cast, night.cast.handler)
    send_at_night(night)
    page = Page.objects.get()
    with pytest.raises(NotPermitted, match="找的是别人"):
        actions.answer_call(page_id=page.pk, by=night.cast.tang.viewer)
    actions.answer_call(page_id=page.pk, by=night.cast.handler.viewer)
    minutes(30)
    assert told(night) == [("unit", "陈刚", "answered")]
    with pytest.raises(Conflict, match="已经有人应答"):
        actions.answer_call(page_id=page.pk, by=night.cast.handler.viewer)


def test_an_answer_that_comes_late_counts(night: Play) -> None:
    begin_duty(night.cast, night.cast.handler)
    send_at_night(night)
    first = Page.objects.get()
    minutes(7)
    actions.answer_call(page_id=first.pk, by=night.cast.handler.viewer)
    minutes(30)
    assert told(night) == [("unit", "陈刚", "answered"), ("chief", "冯立", "no_answer")]


def test_who_cannot_come_says_so_and_the_next_is_called_at_once(night: Play) -> None:
    begin_duty(night.cast, night.cast.handler)
    send_at_night(night)
    actions.decline_call(page_id=Page.objects.get().pk, by=night.cast.handler.viewer)
    assert told(night) == [("unit", "陈刚", "declined"), ("chief", "冯立", "waiting")]


def test_nobody_on_duty_is_written_down_and_the_chief_is_called(night: Play) -> None:
    send_at_night(night)
    assert told(night) == [("unit", "没有人", "nobody"), ("chief", "冯立", "waiting")]


def test_in_working_hours_nobody_is_called(night: Play) -> None:
    begin_duty(night.cast, night.cast.handler)
    night.dispatch()
    heed(night)
    assert told(night) == []


def test_an_ordinary_case_calls_nobody(play: Play) -> None:
    begin_duty(play.cast, play.cast.handler)
    play.report().accept()
    send_at_night(play)
    assert told(play) == []
    assert not Task.objects.filter(path__endswith="heed").exists()


def test_a_report_at_night_calls_the_centre_before_anybody_has_read_it(play: Play) -> None:
    begin_duty(play.cast, play.cast.acceptor, unit=play.cast.street.centre)
    clock.advance(NIGHT - clock.now())
    play.report(urgency="emergency")
    heed(play)
    assert told(play) == [("unit", "周敏", "waiting")]
    play.accept()
    heed(play)
    minutes(30)
    assert told(play) == [("unit", "周敏", "answered")]


def test_of_a_confidential_case_only_whoever_has_it_in_hand_is_called(play: Play) -> None:
    begin_duty(play.cast, play.cast.handler)
    play.until("accepted", confidential=True)
    case = play.case
    line = [one.user_id for one in paging.line_of(case) if one.user_id]
    assert play.cast.wang.user_id not in line


def test_an_urgent_step_leaves_its_task_in_the_same_transaction(night: Play) -> None:
    step = Step.objects.filter(case=night.case).latest("serial")
    assert Task.objects.filter(key=f"heed:{step.pk}").count() == 1
