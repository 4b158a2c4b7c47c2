"""点名: each grid answers, once by its key; trouble is a case with the minutes of the plan."""

from datetime import timedelta

import pytest

from gezhi.kernel import clock
from gezhi.kernel.errors import Conflict, Invalid, KeyReused, NotPermitted, Unseen
from gezhi.work.cases.asides import real
from gezhi.work.cases.models import Case, Step
from gezhi.work.cases.rules import Mark
from gezhi.work.cases.tests.playing import Play, fresh_key
from gezhi.work.emergency import actions, queries
from gezhi.work.emergency.models import Answer, LogLine
from gezhi.work.emergency.tests.test_switching import _answer
from gezhi.work.emergency.watching import watch


def _grids(cast, row):
    call = queries.latest_call(row)
    return call, queries.grids_of(cast.supervisor.viewer, row, call)


def test_the_board_shows_trouble_first_then_who_is_silent(cast, switch_on):
    row = switch_on()
    _answer(cast, row)
    _answer(cast, row, "safe", text="", by=cast.zhao.viewer, grid_id=cast.street.next_grid.pk)
    call, grids = _grids(cast, row)
    assert call is not None
    assert call.number == 1
    assert [line.state for line in grids] == ["trouble", "silent", "safe"]
    actions.call_roll(emergency_id=row.pk, after=1, by=cast.wang.viewer)
    call, grids = _grids(cast, row)
    assert call is not None
    assert (call.number, {line.state for line in grids}) == (2, {"silent"})


def test_the_newest_answer_of_a_grid_counts(cast, switch_on):
    row = switch_on()
    _answer(cast, row, "safe", text="")
    clock.advance(timedelta(minutes=5))
    _answer(cast, row)
    _call, grids = _grids(cast, row)
    assert grids[0].state == "trouble"
    assert Answer.objects.count() == 2


def test_trouble_becomes_an_urgent_case_whose_time_is_the_plans(cast, switch_on):
    row = switch_on()
    case = _answer(cast, row, class_code="event-0406").case
    case.refresh_from_db()
    assert case.all_marks == {Mark.EMERGENCY}
    assert case.urgency == "urgent"
    assert case.due_at == clock.now() + timedelta(minutes=5)
    assert case.grid_id == cast.street.grid.pk
    assert list(queries.board_cases(cast.supervisor.viewer, row)) == [case]


def test_the_stages_after_keep_the_minutes_of_the_plan_also_after_the_end(cast, switch_on, play):
    row = switch_on()
    play.until("reported")
    actions.enlist(emergency_id=row.pk, number=play.case.number, by=cast.supervisor.viewer)
    actions.switch_off(
        emergency_id=row.pk, summary="雨停了", goes_on=True, by=cast.supervisor.viewer
    )
    play.accept().dispatch()
    assert play.case.due_at == clock.now() + timedelta(minutes=10)


def test_sent_twice_from_a_phone_without_a_net_it_is_one_answer(cast, switch_on):
    row = switch_on()
    key = fresh_key()
    first = _answer(cast, row, key=key)
    again = _answer(cast, row, key=key)
    assert (again.pk, again.repeated) == (first.pk, True)
    assert Case.objects.count() == 1
    with pytest.raises(KeyReused):
        _answer(cast, row, "safe", text="", key=key)


def test_an_answer_without_a_net_counts_from_when_it_was_said(cast, switch_on):
    row = switch_on()
    clock.advance(timedelta(minutes=3))
    said_at = clock.now()
    clock.advance(timedelta(minutes=20))
    actions.call_roll(emergency_id=row.pk, after=1, by=cast.wang.viewer)
    late = _answer(cast, row, "safe", text="", said_at=said_at)
    assert (late.roll_call.number, late.answered_at) == (1, said_at)
    _call, grids = _grids(cast, row)
    assert {line.state for line in grids} == {"silent"}
    line = LogLine.objects.get(emergency=row, code="safe")
    assert line.at == clock.now()
    assert "10:03 答的，没有网" in line.words


@pytest.mark.parametrize("minutes", [-30, 30])
def test_a_phone_whose_clock_is_wrong_answers_now(cast, switch_on, minutes):
    row = switch_on()
    wrong = clock.now() + timedelta(minutes=minutes)
    assert _answer(cast, row, "safe", text="", said_at=wrong).answered_at == clock.now()


def test_what_was_said_earlier_and_came_later_does_not_undo_what_was_said_since(cast, switch_on):
    row = switch_on()
    said_at = clock.now()
    clock.advance(timedelta(minutes=5))
    _answer(cast, row)
    _answer(cast, row, "safe", text="", said_at=said_at)
    _call, grids = _grids(cast, row)
    assert grids[0].state == "trouble"


def test_a_late_key_is_answered_as_before_when_the_emergency_is_over(cast, switch_on):
    row = switch_on()
    key = fresh_key()
    first = _answer(cast, row, "safe", text="", key=key)
    actions.switch_off(
        emergency_id=row.pk, summary="雨停了", goes_on=True, by=cast.supervisor.viewer
    )
    assert _answer(cast, row, "safe", text="", key=key).pk == first.pk


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({"said": "maybe"}, Invalid),
        ({"text": ""}, Invalid),
        ({"class_code": "event-0102"}, Invalid),
        ({"grid_id": 5}, Invalid),
        ({"key": ""}, Invalid),
    ],
)
def test_bad_answers_are_refused_in_words(cast, switch_on, changes, refusal):
    row = switch_on()
    with pytest.raises(refusal):
        _answer(cast, row, **changes)
    assert not Answer.objects.exists()


def test_another_grid_is_answered_by_its_own_worker(cast, switch_on):
    row = switch_on()
    with pytest.raises(NotPermitted):
        _answer(cast, row, grid_id=cast.street.next_grid.pk)


def test_a_drill_counts_in_no_figure_and_takes_in_no_real_case(cast, switch_on, play):
    row = switch_on(drill=True)
    drilled = _answer(cast, row).case
    play.until("reported")
    drilled.refresh_from_db()
    assert drilled.all_marks == {Mark.EMERGENCY, Mark.DRILL}
    assert [case.number for case in Case.objects.filter(real())] == [play.case.number]
    assert watch() == 0
    with pytest.raises(Conflict, match="演练里不放真的事"):
        actions.enlist(emergency_id=row.pk, number=play.case.number, by=cast.supervisor.viewer)
    assert list(queries.board_cases(cast.wang.viewer, row)) == [drilled]


def test_the_clock_takes_in_cases_of_the_plans_classes_and_no_others(cast, switch_on):
    before, wet, dry = Play(cast), Play(cast), Play(cast)
    before.report(class_code="event-0406")
    clock.advance(timedelta(minutes=1))
    row = switch_on()
    wet.report(class_code="event-0406")
    dry.report(class_code="event-0102")
    assert watch() == 1
    assert watch() == 0
    assert wet.case.all_marks == {Mark.EMERGENCY}
    assert not before.case.all_marks | dry.case.all_marks
    assert LogLine.objects.filter(emergency=row, code="case_in", case=wet.case).count() == 1


def test_the_end_of_a_case_is_written_into_the_log_once(cast, switch_on, play):
    from gezhi.work.emergency.watching import note_end

    row = switch_on()
    play.until("reported")
    actions.enlist(emergency_id=row.pk, number=play.case.number, by=cast.supervisor.viewer)
    play.accept().dispatch().take().finish().check().close()
    step = Step.objects.filter(case=play.case, to_state="closed").latest("serial")
    assert note_end(step.pk)
    assert not note_end(step.pk)
    assert LogLine.objects.filter(emergency=row, code="case_ended").count() == 1


def test_a_case_of_another_street_is_not_taken_in(cast, switch_on):
    row = switch_on(area_id=cast.street.other_community.pk)
    play = Play(cast)
    play.until("reported")
    with pytest.raises(Unseen):
        actions.enlist(emergency_id=row.pk, number=play.case.number, by=cast.supervisor.viewer)


def test_whoever_was_called_and_is_silent_is_followed_by_the_next(cast, switch_on):
    row = switch_on(by=cast.wang.viewer)
    assert queries.crew_of(row)[0].state == "waiting"
    clock.advance(timedelta(minutes=30))
    watch()
    assert queries.crew_of(row)[0].state == "nobody"
    codes = set(LogLine.objects.filter(emergency=row).values_list("code", flat=True))
    assert {"call", "silent", "nobody"} <= codes


def test_whoever_was_called_answers_and_is_not_called_again(cast, switch_on):
    row = switch_on(by=cast.wang.viewer)
    page = queries.crew_waiting(cast.supervisor.viewer, row)
    assert page is not None
    actions.answer_crew(page_id=page, by=cast.supervisor.viewer)
    clock.advance(timedelta(minutes=30))
    watch()
    assert queries.crew_of(row)[0].state == "answered"
    assert queries.crew_waiting(cast.supervisor.viewer, row) is None
    with pytest.raises((Conflict, Unseen)):
        actions.answer_crew(page_id=page, by=cast.supervisor.viewer)


def test_a_notice_stands_in_the_log_and_in_the_inbox_of_each(cast, switch_on):
    row = switch_on()
    number = actions.notify(
        emergency_id=row.pk, told=["workers", "clerks"], text="请关好地下车库挡板",
        by=cast.wang.viewer, key=fresh_key(),
    )  # fmt: skip
    assert number >= 3
    line = LogLine.objects.get(emergency=row, code="notice")
    assert (line.number, line.words) == (number, "请关好地下车库挡板")
    for told, text in (([], "请关好"), (["workers"], " ")):
        with pytest.raises(Invalid):
            actions.notify(
                emergency_id=row.pk, told=told, text=text, by=cast.wang.viewer, key=fresh_key()
            )
