"""督办: a named supervisor, a deadline, a written answer, and a discharge by the named person alone."""

from datetime import timedelta

import pytest

from gezhi.ground.notices.models import Notice
from gezhi.kernel import clock
from gezhi.kernel.errors import Conflict, Invalid, NotPermitted
from gezhi.records.posts.models import Appointment
from gezhi.work.cases import actions, queries, warning
from gezhi.work.cases.announcing import announce_step
from gezhi.work.cases.models import Step, Supervision
from gezhi.work.cases.queries import desk
from gezhi.work.cases.rules import Deed, Mark
from gezhi.work.cases.tests import invariants
from gezhi.work.cases.tests.playing import TOLD_TO_THE_UNIT, Play


@pytest.fixture
def supervised(play: Play) -> Play:
    """Handled by the sanitation office, supervised by the supervisor of the centre."""
    return play.until("handling").supervise()


def _answer(play: Play, words: str = "车坏了，明天清完") -> None:
    play.do(actions.report_to_supervisor, play.cast.handler.viewer, words=words)


def _discharge(play: Play, who: str = "supervisor", words: str = "说清了") -> None:
    by = getattr(play.cast, who).viewer_now
    play.do(actions.discharge, by, words=words)


def test_the_unit_answers_and_the_named_person_discharges(play: Play) -> None:
    play.until("handling")
    due = play.case.due_at
    play.supervise()
    assert play.case.all_marks == {Mark.SUPERVISED}
    assert (play.case.due_at, play.case.state) == (due, "handling")
    _answer(play)
    _discharge(play)
    row = Supervision.objects.get()
    assert row.answered_at == row.ended_at == clock.now()
    assert play.case.all_marks == frozenset()
    assert invariants.faults() == []


@pytest.mark.parametrize("state", ["reported", "accepted", "dispatched", "checking"])
def test_any_open_case_can_be_supervised(play: Play, state: str) -> None:
    assert Mark.SUPERVISED in play.until(state).supervise().case.all_marks


def test_a_leader_names_the_supervisor(play: Play) -> None:
    play.until("handling")
    named = play.cast.supervisor.user_id
    play.do(
        actions.supervise,
        play.cast.wang.viewer,
        supervisor_id=named,
        due_at=clock.now() + timedelta(days=1),
        words="请抓紧",
    )
    with pytest.raises(NotPermitted, match="只由点到的督办人"):
        _discharge(play, "wang")
    _discharge(play)


def test_nobody_else_supervises(play: Play) -> None:
    play.until("handling")
    for name in ("dispatcher", "handler", "li", "checker"):
        with pytest.raises(NotPermitted, match="值班长或领导"):
            play.do(
                actions.supervise,
                getattr(play.cast, name).viewer,
                supervisor_id=play.cast.supervisor.user_id,
                due_at=clock.now() + timedelta(days=1),
                words="请抓紧",
            )


def test_whoever_is_named_has_the_right(play: Play) -> None:
    play.until("handling")
    for user_id in (play.cast.handler.user_id, play.cast.dispatcher.user_id, 1):
        with pytest.raises(Invalid, match="在岗的值班长或领导") as refused:
            play.supervise(supervisor_id=user_id)
        assert refused.value.field == "supervisor_id"


def test_a_deadline_lies_ahead_and_within_a_year(play: Play) -> None:
    play.until("handling")
    for away, said in ((timedelta(0), "晚于现在"), (timedelta(days=400), "最多一年")):
        with pytest.raises(Invalid, match=said) as refused:
            play.supervise(due_at=clock.now() + away)
        assert refused.value.field == "due_at"
    with pytest.raises(Invalid, match="督办什么"):
        play.supervise(words="")


def test_one_is_discharged_before_another_begins(supervised: Play) -> None:
    with pytest.raises(Conflict, match="销号以后才能再督办"):
        supervised.supervise()
    _answer(supervised)
    _discharge(supervised)
    supervised.supervise()
    assert Supervision.objects.count() == 2


def test_what_nobody_answered_is_discharged_with_words(supervised: Play) -> None:
    with pytest.raises(Invalid, match="还没有答复"):
        _discharge(supervised, words="")
    _discharge(supervised, words="现场看过，已经清完")


def test_the_centre_answers_what_it_holds_but_nobody_answers_themselves(play: Play) -> None:
    play.until("accepted").supervise()
    with pytest.raises(NotPermitted, match="自己答复自己"):
        play.do(actions.report_to_supervisor, play.cast.supervisor.viewer, words="好")
    play.do(actions.report_to_supervisor, play.cast.dispatcher.viewer, words="今天派")


def test_while_it_is_checked_the_unit_that_did_it_answers_and_no_helper(play: Play) -> None:
    play.until("accepted").dispatch(assist_unit_ids=[play.cast.street.water.pk])
    play.take().supervise().finish()
    with pytest.raises(NotPermitted, match="由承办单位来写"):
        play.do(actions.report_to_supervisor, play.cast.tang.viewer, words="不是我们")
    _answer(play)


def test_the_first_answer_is_the_one_that_counts(supervised: Play) -> None:
    _answer(supervised)
    first = Supervision.objects.get().answered_at
    clock.advance(timedelta(hours=3))
    _answer(supervised, "还差一袋")
    assert Supervision.objects.get().answered_at == first


def test_after_the_end_it_is_discharged_still_and_found_still(supervised: Play) -> None:
    supervised.finish().check().close()
    case, viewer = supervised.case, supervised.cast.supervisor.viewer
    assert case.all_marks == {Mark.SUPERVISED}
    assert [row.number for row in queries.listing(viewer, "supervised").rows] == [case.number]
    assert queries.counts(viewer)["supervised"] == 1
    assert Deed.DISCHARGE in queries.case_page(viewer, case.number).deeds
    _discharge(supervised)
    assert queries.counts(viewer)["supervised"] == 0
    assert invariants.faults() == []


def test_the_supervisor_of_the_centre_discharges_for_whoever_left(play: Play) -> None:
    play.until("handling").supervise(supervisor_id=play.cast.wang.user_id)
    Appointment.objects.filter(user_id=play.cast.wang.user_id).update(to_at=clock.now())
    _discharge(play)
    assert Supervision.objects.get().ended_by == play.cast.supervisor.user_id


def test_unit_and_supervisor_are_told(play: Play) -> None:
    play.until("handling").supervise(supervisor_id=play.cast.wang.user_id)
    _answer(play)
    for step in Step.objects.filter(case=play.case, deed__in=["supervise", "report_to_supervisor"]):
        announce_step(step.pk)
    told = set(Notice.objects.values_list("user_id", "kind"))
    assert told == {
        (play.cast.handler.user_id, "case_supervise"),
        (play.cast.wang.user_id, "case_supervise_supervisor"),
        (play.cast.wang.user_id, "case_report_to_supervisor_supervisor"),
    }


def test_a_late_answer_is_warned_of_once(supervised: Play) -> None:
    assert warning.warn_of_late_supervisions() == 0
    clock.advance(timedelta(days=2))
    assert warning.warn_of_late_supervisions() == 1
    warning.warn_of_late_supervisions()
    told = list(Notice.objects.filter(kind="supervision_late").values_list("user_id", flat=True))
    assert sorted(told) == sorted(
        [supervised.cast.handler.user_id, supervised.cast.supervisor.user_id]
    )


def test_what_was_answered_late_or_in_time_is_warned_of_no_more(supervised: Play) -> None:
    _answer(supervised)
    clock.advance(timedelta(days=2))
    assert warning.warn_of_late_supervisions() == 0


def test_the_queue_stands_in_order_of_the_deadlines_and_first_on_the_units_page(
    play: Play,
) -> None:
    play.until("handling")
    second = Play(play.cast).until("handling")
    second.supervise(due_at=clock.now() + timedelta(days=3))
    third = Play(play.cast).until("handling")
    third.supervise(due_at=clock.now() + timedelta(days=2))
    for name in ("supervisor", "handler"):
        viewer = getattr(play.cast, name).viewer
        rows = queries.listing(viewer, "supervised").rows
        assert [row.number for row in rows] == [third.case.number, second.case.number]
        assert rows[0].due_at == clock.now() + timedelta(days=2)
    first = desk.soonest(play.cast.handler.viewer)[0].number
    assert first == second.case.number


def test_another_unit_has_no_such_case_in_its_queue(supervised: Play) -> None:
    assert queries.listing(supervised.cast.tang.viewer, "supervised").rows == []


def test_of_a_confidential_case_the_unit_reads_what_is_demanded_and_not_who_spoke(
    play: Play,
) -> None:
    play.until("handling", confidential=True, text="三楼开赌场")
    actions.open_case(number=play.case.number, by=play.cast.supervisor.viewer, need="decide")
    play.supervise(words="请说明进度")
    page = repr(queries.case_page(play.cast.handler.viewer, play.case.number))
    assert "请说明进度" in page and TOLD_TO_THE_UNIT in page and "赌场" not in page
