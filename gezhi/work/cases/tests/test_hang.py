"""申请挂账, 挂账（审批）, 挂账复核, 恢复办理: who, when, and what becomes of the clocks."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction

from gezhi.ground.codes import queries as codes
from gezhi.kernel import clock
from gezhi.kernel.errors import Conflict, Invalid, NotPermitted
from gezhi.work.cases import actions
from gezhi.work.cases.models import Assignment, Hang
from gezhi.work.cases.queries import listing, possible_deeds
from gezhi.work.cases.queries.punctual import handled_on_time
from gezhi.work.cases.rules import Deed, Mark
from gezhi.work.cases.tests.invariants import faults
from gezhi.work.cases.tests.playing import Play
from tests.cast import Cast

# A Friday and the Tuesday after, both worked.
REVIEW, LATER = date(2026, 12, 4), date(2026, 12, 8)
REVIEW_AT = datetime(2026, 12, 4, 9, 0, tzinfo=UTC)


def ask(play: Play, **changes: object) -> None:
    fields = {"reason_code": "season", "review_on": REVIEW, "words": "下雨天不能铺沥青"}
    play.do(actions.ask_to_hang, play.cast.handler.viewer, **{**fields, **changes})


def grant(play: Play, person: str = "supervisor", **changes: object) -> None:
    by = getattr(play.cast, person).viewer
    play.do(actions.hang, by, **{"granted": True, **changes})


def marks_of(play: Play) -> set[Mark]:
    return {Mark.HUNG, Mark.HANG_ASKED} & play.case.all_marks


@pytest.fixture
def handled(play: Play) -> Play:
    """A case 环卫所 handles since Monday 10:00, due after four hours, water assisting."""
    play.report().accept()
    play.dispatch(assist_unit_ids=[play.cast.street.water.pk])
    return play.take()


def due_of_all(play: Play) -> set[datetime | None]:
    case = play.case
    stage = case.stages.get(ended_at=None)
    sent = case.assignments.filter(ended_at=None)
    return {case.due_at, stage.due_at, *(one.due_at for one in sent)}


def test_the_clock_runs_on_until_somebody_else_grants_it(handled: Play) -> None:
    before = handled.case.due_at
    ask(handled)
    assert handled.case.due_at == before
    assert marks_of(handled) == {Mark.HANG_ASKED}
    grant(handled)
    assert marks_of(handled) == {Mark.HUNG}
    assert due_of_all(handled) == {REVIEW_AT}
    assert faults() == []


def test_resumed_it_falls_due_later_by_the_time_it_hung(handled: Play) -> None:
    before = handled.case.due_at
    ask(handled)
    grant(handled)
    clock.advance(timedelta(days=2))
    handled.do(actions.resume, handled.cast.handler.viewer)
    assert before is not None
    assert due_of_all(handled) == {before + timedelta(days=2)}
    assert marks_of(handled) == set()
    hang = Hang.objects.get()
    assert (hang.granted, hang.ended_at) == (True, clock.now())
    assert faults() == []


def test_a_refused_request_changes_nothing_but_is_kept(handled: Play) -> None:
    before = handled.case.due_at
    ask(handled)
    with pytest.raises(Invalid, match="为什么不同意"):
        grant(handled, granted=False)
    grant(handled, granted=False, words="现在就能铺")
    assert (handled.case.due_at, marks_of(handled)) == (before, set())
    ask(handled)
    assert Hang.objects.count() == 2
    assert faults() == []


def test_whoever_asked_for_it_does_not_grant_it(handled: Play) -> None:
    ask(handled)
    both = handled.cast.supervisor.viewer
    Hang.objects.update(asked_by=both.user_id)
    with pytest.raises(NotPermitted, match="谁申请的谁不能批"):
        grant(handled)
    assert Deed.HANG not in possible_deeds(both, handled.case)


def test_the_database_refuses_it_too(handled: Play) -> None:
    ask(handled)
    asked_by = Hang.objects.get().asked_by
    with pytest.raises(IntegrityError), transaction.atomic():
        Hang.objects.update(decided_by=asked_by, decided_at=clock.now(), granted=True)


@pytest.mark.parametrize("person", ["dispatcher", "acceptor", "wang", "handler"])
def test_only_the_supervisor_of_the_centre_grants_it(handled: Play, person: str) -> None:
    ask(handled)
    with pytest.raises(NotPermitted, match="值班长"):
        grant(handled, person)


@pytest.mark.parametrize(
    ("day", "said"),
    [
        (date(2026, 11, 20), "已经过去"),
        (date(2026, 12, 5), "12 月 7 日"),
        (date(2027, 3, 1), "最多挂 90 天"),
        (date.max, "已经过去"),
    ],
)
def test_a_review_on_a_day_that_cannot_be_is_told_what_to_do(
    handled: Play, day: date, said: str
) -> None:
    with pytest.raises(Invalid, match=said) as refused:
        ask(handled, review_on=day)
    assert refused.value.field == "review_on"


def test_after_work_today_is_too_late_for_a_review_today(handled: Play) -> None:
    clock.advance(timedelta(hours=8))
    with pytest.raises(Invalid, match="今天已经下班"):
        ask(handled, review_on=date(2026, 11, 23))


@pytest.mark.parametrize("code", ["", "procurement", "nothing"])
def test_a_reason_of_the_list_is_asked_for(handled: Play, code: str) -> None:
    with pytest.raises(Invalid, match="请选择理由"):
        ask(handled, reason_code=code)


def test_nobody_asks_twice(handled: Play) -> None:
    ask(handled)
    with pytest.raises(Conflict, match="已经申请过挂账"):
        ask(handled)
    assert Deed.ASK_TO_HANG not in possible_deeds(handled.cast.handler.viewer, handled.case)


def test_a_request_whose_day_has_come_cannot_be_granted_any_more(handled: Play) -> None:
    ask(handled, review_on=date(2026, 11, 23))
    clock.advance(timedelta(days=1))
    with pytest.raises(Conflict, match="另报复核日"):
        grant(handled)


def test_while_it_hangs_only_some_deeds_are_done(handled: Play) -> None:
    ask(handled)
    grant(handled)
    handler = handled.cast.handler.viewer
    with pytest.raises(Conflict, match="挂账中，先恢复办理再办结"):
        handled.finish()
    with pytest.raises(Conflict, match="先恢复办理再申请延期"):
        handled.do(actions.ask_to_extend, handler, amount=1, reason_code="season", words="再等等")
    shown = set(possible_deeds(handler, handled.case))
    assert shown == {Deed.RESUME, Deed.RELOCATE, Deed.CONTACT, Deed.SUMMARIZE} & shown
    assert Deed.RESUME in shown
    report = handled.report_row
    actions.urge(report=report, by=handled.stranger, key="urge-while-hung")
    assert faults() == []


def test_a_review_keeps_it_hanging_until_another_day(handled: Play) -> None:
    ask(handled)
    grant(handled)
    clock.advance(timedelta(days=11))
    by = handled.cast.supervisor.viewer
    with pytest.raises(Invalid, match="没有改"):
        handled.do(actions.review, by, review_on=REVIEW, words="还在下雨")
    handled.do(actions.review, by, review_on=LATER, words="还在下雨")
    assert due_of_all(handled) == {REVIEW_AT + timedelta(days=4)}
    with pytest.raises(NotPermitted, match="值班长"):
        handled.do(actions.review, handled.cast.handler.viewer, review_on=REVIEW, words="我来复核")
    assert faults() == []


def test_what_does_not_hang_is_neither_reviewed_nor_resumed(handled: Play) -> None:
    with pytest.raises(Conflict, match="没有挂账"):
        handled.do(actions.review, handled.cast.supervisor.viewer, review_on=REVIEW, words="看看")
    with pytest.raises(Conflict, match="没有挂账"):
        handled.do(actions.resume, handled.cast.handler.viewer)


@pytest.mark.parametrize("deed", ["finish", "return"])
def test_a_case_that_goes_on_needs_no_answer_any_more(handled: Play, deed: str) -> None:
    ask(handled)
    if deed == "finish":
        handled.finish()
    else:
        handled.do(
            actions.return_to_centre,
            handled.cast.handler.viewer,
            reason_code="place_unclear",
            duty_id=None,
            right_unit_id=None,
            words="没写哪一栋",
        )
    hang = Hang.objects.get()
    assert (hang.granted, hang.decided_by, hang.ended_at) == (None, None, clock.now())
    assert marks_of(handled) == set()
    assert faults() == []


def test_a_hung_case_goes_along_with_its_unit(handled: Play, cast: Cast) -> None:
    ask(handled)
    grant(handled)
    handled.do(
        actions.hand_over,
        cast.system_administrator.viewer.system("handover", cast.street.district.pk),
        from_unit=cast.street.sanitation,
        to_unit=cast.street.property_firm,
    )
    assert due_of_all(handled) == {REVIEW_AT}
    assert marks_of(handled) == {Mark.HUNG}
    clock.advance(timedelta(days=2))
    handled.do(actions.resume, cast.supervisor.viewer)
    lead = Assignment.objects.get(case=handled.case, part="lead", ended_at=None)
    assert lead.unit == cast.street.property_firm
    # Four hours, day and night, of which none was used up.
    assert lead.due_at == handled.case.due_at == datetime(2026, 11, 25, 6, 0, tzinfo=UTC)
    assert faults() == []


def test_the_same_key_again_is_answered_as_the_first_time(handled: Play) -> None:
    ask(handled, key="asked-once")
    ask(handled, key="asked-once")
    grant(handled, key="granted-once")
    grant(handled, key="granted-once")
    assert handled.case.steps.filter(deed="hang").count() == 1


def test_ended_by_force_while_it_hangs_it_was_on_time_by_its_own_clock(handled: Play) -> None:
    ask(handled)
    grant(handled)
    clock.advance(timedelta(days=2))
    handled.do(
        actions.force_close,
        handled.cast.supervisor.viewer,
        reason_code=codes.terms("force_reasons")[0].code,
        words="反映人搬走了",
    )
    stage = handled.case.stages.get(stage="handling")
    # Four hours from 10:00 on Monday, of which it stood two days from the first minute on.
    assert stage.due_at == clock.now() + timedelta(hours=4)
    assert stage.on_time is True
    assert {one.due_at for one in handled.case.assignments.all()} == {stage.due_at}
    assert marks_of(handled) == set()
    assert faults() == []


def test_a_hung_one_is_in_no_figure_of_punctuality_until_its_review_has_passed(
    handled: Play,
) -> None:
    by = handled.cast.supervisor.viewer
    ask(handled)
    grant(handled)
    (row,) = handled_on_time(by)
    assert (row.running, row.overdue) == (0, 0)
    clock.advance(timedelta(days=12))
    (row,) = handled_on_time(by)
    assert (row.running, row.overdue) == (0, 1)


def test_its_light_is_paused_until_its_review_has_passed(handled: Play) -> None:
    ask(handled)
    grant(handled)
    by = handled.cast.supervisor.viewer
    (row,) = listing(by, "hung").rows
    assert row.light == "paused"
    with clock.moved_to(REVIEW_AT + timedelta(seconds=1)):
        (row,) = listing(by, "hung").rows
        assert row.light == "red"


def test_an_assignment_from_before_it_kept_its_clock_follows_its_stage(handled: Play) -> None:
    clock.advance(timedelta(hours=1))
    handled.do(actions.assist, handled.cast.tang.viewer, words="水压正常")
    handled.finish().check(passed=False)
    handled.case.assignments.update(limit_words="", clock_began_at=None)
    began = clock.now()
    ask(handled)
    grant(handled)
    clock.advance(timedelta(days=1))
    handled.do(actions.resume, handled.cast.handler.viewer)
    lead = handled.case.assignments.get(part="lead")
    assert lead.due_at == handled.case.due_at == began + timedelta(days=1, hours=4)
    assert lead.began_at == began
