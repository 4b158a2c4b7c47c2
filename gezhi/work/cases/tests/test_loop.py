"""The straight way from report to rating, and every turn off it."""

from datetime import timedelta

import pytest

from gezhi.kernel import clock
from gezhi.kernel.errors import Conflict, Invalid, NotPermitted, Refusal, Unseen
from gezhi.work.cases import actions, queries
from gezhi.work.cases.models import Assignment, Case, Report, StageRow, Step
from gezhi.work.cases.rules import State
from gezhi.work.cases.tests.playing import Play, a_class, fresh_key
from gezhi.work.cases.verification import broken_rows


def test_a_case_goes_from_report_to_rating(play: Play) -> None:
    play.until("closed")
    assert play.case.state == State.CLOSED
    assert play.case.holder is None and play.case.due_at is None
    actions.rate(
        report=play.report_row,
        by=play.stranger,
        key=fresh_key(),
        resolved="solved",
        satisfied="satisfied",
    )
    assert play.report_row.resolved == "solved"
    assert play.case.state == State.CLOSED
    assert Step.objects.filter(case=play.case).count() == play.case.version


def test_every_stage_is_counted_with_its_unit_and_whether_it_was_on_time(play: Play) -> None:
    play.until("closed")
    stages = list(StageRow.objects.filter(case=play.case).order_by("began_at", "id"))
    assert [row.stage for row in stages] == [
        "accepting",
        "dispatching",
        "taking",
        "handling",
        "checking",
        "closing",
    ]
    assert all(row.ended_at is not None and row.on_time for row in stages)


def test_an_overdue_stage_is_counted_late(play: Play) -> None:
    play.until("reported")
    clock.advance(timedelta(days=30))
    play.accept()
    assert StageRow.objects.get(case=play.case, stage="accepting").on_time is False
    step = Step.objects.get(case=play.case, deed="accept")
    assert step.seconds_left is not None and step.seconds_left < 0


def test_the_holder_while_dispatched_and_handled_is_the_unit_of_the_open_lead(play: Play) -> None:
    play.until("handling")
    lead = Assignment.objects.get(case=play.case, part="lead", ended_at=None)
    assert play.case.holder_id == lead.unit_id == play.cast.street.sanitation.pk


def test_taking_late_does_not_lengthen_the_time_to_handle(play: Play) -> None:
    play.until("dispatched")
    due = Assignment.objects.get(case=play.case).due_at
    clock.advance(timedelta(hours=2))
    play.take()
    assert play.case.due_at == due


def test_a_returned_case_goes_back_to_the_centre_and_is_misrouted_once_sent_elsewhere(
    play: Play,
) -> None:
    play.until("dispatched")
    play.do(
        actions.return_to_centre,
        play.cast.handler.viewer,
        reason_code="not_our_duty",
        duty_id=None,
        right_unit_id=play.cast.street.water.pk,
        words="水管破裂，应由自来水公司办理",
    )
    assert play.case.state == State.ACCEPTED
    assert play.case.holder_id == play.cast.street.centre.pk
    first = Assignment.objects.get(case=play.case)
    assert first.returned_at is not None and not first.misrouted
    play.dispatch(lead_unit_id=play.cast.street.water.pk)
    first.refresh_from_db()
    assert first.misrouted


def test_a_return_without_the_right_unit_is_refused(play: Play) -> None:
    play.until("dispatched")
    with pytest.raises(Invalid):
        play.do(
            actions.return_to_centre,
            play.cast.handler.viewer,
            reason_code="not_our_duty",
            duty_id=None,
            right_unit_id=None,
            words="不归我们管",
        )
    assert play.case.state == State.DISPATCHED


def test_who_finished_cannot_check_nor_can_their_unit(play: Play) -> None:
    play.until("checking")
    Case.objects.filter(pk=play.case.pk).update(finished_by=play.cast.checker.user_id)
    with pytest.raises(NotPermitted):
        play.check()
    Case.objects.filter(pk=play.case.pk).update(
        finished_by=None, finished_unit_id=play.cast.street.centre.pk
    )
    with pytest.raises(NotPermitted):
        play.check()


def test_a_failed_check_sends_the_case_back_to_the_same_unit_and_counts_the_rework(
    play: Play,
) -> None:
    play.until("checking").check(passed=False)
    assert play.case.state == State.HANDLING
    assert play.case.holder_id == play.cast.street.sanitation.pk
    assert Assignment.objects.get(case=play.case).reworked == 1
    play.finish().check().close()
    assert play.case.state == State.CLOSED


def test_nothing_is_closed_before_a_check_passed(play: Play) -> None:
    play.until("checking")
    with pytest.raises(Conflict):
        play.close()


def test_the_grid_worker_of_the_place_may_check_another_units_work(play: Play) -> None:
    play.until("checking")
    play.do(actions.check, play.cast.zhang.viewer, passed=True)
    assert play.case.check_passed


def test_the_grid_worker_of_the_next_grid_sees_nothing(play: Play) -> None:
    play.until("checking")
    with pytest.raises(Unseen):
        play.do(actions.check, play.cast.zhao.viewer, passed=True)


def test_verifying_asks_the_grid_worker_and_comes_back(play: Play) -> None:
    play.report()
    play.do(actions.ask, play.cast.acceptor.viewer, words="请看看是不是还在")
    assert play.case.state == State.VERIFYING
    play.do(actions.verify, play.cast.zhang.viewer, answer="exists", words="还在")
    assert play.case.state == State.REPORTED
    assert play.case.holder_id == play.cast.street.centre.pk


def test_a_case_on_no_grid_cannot_be_asked_about(play: Play) -> None:
    play.report(where=actions.Where(words="不知道在哪"))
    with pytest.raises(Invalid):
        play.do(actions.ask, play.cast.acceptor.viewer)


def test_a_question_is_answered_at_the_desk_and_only_a_question(play: Play) -> None:
    play.report(kind="consult")
    play.do(actions.answer, play.cast.acceptor.viewer, words="工作日 9 点到 17 点都可以办")
    assert play.case.state == State.CLOSED
    play.report(kind="complaint")
    with pytest.raises(Invalid):
        play.do(actions.answer, play.cast.acceptor.viewer, words="好的")


def test_a_rejection_tells_a_reason(play: Play) -> None:
    play.report()
    with pytest.raises(Invalid):
        play.do(actions.reject, play.cast.acceptor.viewer, reason_code="", words="不行")
    play.do(
        actions.reject,
        play.cast.acceptor.viewer,
        reason_code="in_court",
        words="这件事已进入诉讼程序，由法院处理",
    )
    assert play.case.state == State.REJECTED


def test_merging_moves_the_reports_and_keeps_every_receipt_and_clock(play: Play) -> None:
    first = play.report().receipt
    clock.advance(timedelta(minutes=5))
    second = play.report(text="同一堆垃圾").receipt
    promise = Report.objects.get(number=second.number).promised_at
    play.do(actions.merge, play.cast.acceptor.viewer, into=first.case_number)
    moved = Report.objects.get(number=second.number)
    assert moved.case.number == first.case_number
    assert moved.first_case.number == second.case_number
    assert moved.promised_at == promise
    ended = Case.objects.get(number=second.case_number)
    assert ended.state == State.MERGED and ended.merged_into is not None


def test_the_photos_of_a_merged_report_are_on_the_page_of_the_case_it_went_to(play: Play) -> None:
    first = play.report().case
    photo, answer = play.photo(), play.photo()
    merged = play.report(text="同一堆垃圾", photos=(photo,)).case
    play.do(actions.ask, play.cast.acceptor.viewer, words="请看一看")
    play.do(actions.verify, play.cast.zhang.viewer, answer="exists", photos=[answer])
    receipt = play.receipt
    play.do(actions.merge, play.cast.acceptor.viewer, into=first.number)
    page = queries.case_page(play.cast.acceptor.viewer, first.number)
    assert [report.file_ids for report in page.reports] == [(), (photo,)]
    told = queries.tracked(receipt.number, receipt.code)
    assert told.file_ids == (photo,)
    # What was found on site is of the story that ended.
    page = queries.case_page(play.cast.acceptor.viewer, merged.number)
    assert [step.file_ids for step in page.steps if step.file_ids] == [(answer,)]
    assert list(broken_rows()) == []


def test_a_case_is_not_merged_into_itself_an_ended_one_or_an_unseen_one(play: Play) -> None:
    number = play.report().receipt.case_number
    by = play.cast.acceptor.viewer
    with pytest.raises(Invalid):
        play.do(actions.merge, by, into=number)
    with pytest.raises(Unseen):
        play.do(actions.merge, by, into="0" * 21)
    other = Play(play.cast).until("closed").receipt.case_number
    with pytest.raises(Conflict):
        play.do(actions.merge, by, into=other)
    assert play.case.state == State.REPORTED


def test_unsolved_reopens_within_the_days_and_raises_the_round(play: Play) -> None:
    play.until("closed")
    actions.rate(
        report=play.report_row,
        by=play.stranger,
        key=fresh_key(),
        resolved="unsolved",
        satisfied="dissatisfied",
        words="垃圾又堆回来了",
    )
    case = play.case
    assert case.state == State.ACCEPTED and case.round == 2
    assert case.holder_id == play.cast.street.centre.pk and case.due_at is not None
    assert case.ended_at is None and case.finished_by is None


def test_unsolved_after_the_days_is_a_fact_and_reopens_nothing(play: Play) -> None:
    play.until("closed")
    clock.advance(timedelta(days=60))
    actions.rate(
        report=play.report_row, by=play.stranger, key=fresh_key(), resolved="unsolved", satisfied=""
    )
    assert play.case.state == State.CLOSED
    with pytest.raises(Conflict):
        actions.reopen(report=play.report_row, by=play.stranger, key=fresh_key(), words="又堆上了")


def test_nothing_is_done_again_without_saying_what_is_left_to_do(play: Play) -> None:
    play.until("closed")
    for words in ("", "  \n "):
        with pytest.raises(Invalid, match="哪里还没解决"):
            actions.reopen(report=play.report_row, by=play.stranger, key=fresh_key(), words=words)
        with pytest.raises(Invalid, match="哪里还没解决"):
            actions.rate(
                report=play.report_row, by=play.stranger, key=fresh_key(),
                resolved="unsolved", satisfied="", words=words,
            )  # fmt: skip
    assert play.case.state == State.CLOSED
    assert play.report_row.resolved == ""


def test_urging_counts_once_in_four_hours(play: Play) -> None:
    play.report()
    actions.urge(report=play.report_row, by=play.stranger, key=fresh_key())
    with pytest.raises(Conflict):
        actions.urge(report=play.report_row, by=play.stranger, key=fresh_key())
    clock.advance(timedelta(hours=4, seconds=1))
    actions.urge(report=play.report_row, by=play.stranger, key=fresh_key())
    assert Step.objects.filter(case=play.case, deed="urge").count() == 2


def test_an_added_word_changes_no_state(play: Play) -> None:
    play.until("handling")
    actions.add_word(
        report=play.report_row, by=play.stranger, key=fresh_key(), words="今天又多了一袋"
    )
    assert play.case.state == State.HANDLING


def test_a_case_handled_on_the_spot_waits_for_the_community_and_is_passed_in_bulk(
    play: Play,
) -> None:
    play.report(by=play.cast.zhang.viewer, channel="grid_worker", class_code=a_class())
    play.do(
        actions.handle_on_the_spot,
        play.cast.zhang.viewer,
        words="当场劝导清走",
        photos=[play.photo()],
    )
    case = play.case
    assert case.state == State.CHECKING and case.on_the_spot
    assert case.holder_id == play.cast.street.office.pk
    outcomes = actions.pass_on_the_spot(
        numbers=[case.number, "0" * 21], by=play.cast.li.viewer, key=fresh_key()
    )
    assert [outcome.done for outcome in outcomes] == [True, False]
    assert play.case.state == State.CLOSED


def test_handling_on_the_spot_needs_a_photo(play: Play) -> None:
    play.report(by=play.cast.zhang.viewer, channel="grid_worker", class_code=a_class())
    with pytest.raises(Invalid):
        play.do(actions.handle_on_the_spot, play.cast.zhang.viewer, words="办好了", photos=[])


def test_a_failed_check_of_work_on_the_spot_becomes_the_communitys_to_do(play: Play) -> None:
    play.report(by=play.cast.zhang.viewer, channel="grid_worker", class_code=a_class())
    play.do(actions.handle_on_the_spot, play.cast.zhang.viewer, words="清了", photos=[play.photo()])
    play.do(actions.check, play.cast.li.viewer, passed=False, words="照片不是这里")
    assert play.case.state == State.HANDLING
    assert play.case.holder_id == play.cast.street.office.pk


def test_a_stale_version_is_refused_and_nothing_changes(play: Play) -> None:
    play.report()
    version = play.case.version
    play.accept()
    with pytest.raises(Conflict) as refused:
        play.do(
            actions.dispatch,
            play.cast.dispatcher.viewer,
            lead_unit_id=play.cast.street.sanitation.pk,
            version=version,
        )
    assert refused.value.code == "stale"
    assert play.case.state == State.ACCEPTED


def test_the_same_deed_key_answers_again_and_changes_nothing(play: Play) -> None:
    play.until("accepted")
    key = fresh_key()
    play.dispatch(key=key)
    version = play.case.version
    play.dispatch(key=key)
    assert play.case.version == version
    assert Assignment.objects.filter(case=play.case).count() == 1


@pytest.mark.parametrize("person", ["zhang", "li", "handler", "tang", "checker", "wang", "he"])
def test_only_an_acceptor_of_the_holding_unit_accepts(play: Play, person: str) -> None:
    play.report()
    with pytest.raises(Refusal):
        play.do(
            actions.accept,
            getattr(play.cast, person).viewer,
            class_code=a_class(),
            kind="complaint",
        )
    assert play.case.state == State.REPORTED


def test_dispatch_refuses_a_closed_unit_and_a_unit_named_twice(play: Play) -> None:
    play.until("accepted")
    sanitation = play.cast.street.sanitation
    with pytest.raises(Invalid):
        play.dispatch(assist_unit_ids=[sanitation.pk])
    sanitation.closed_at = clock.now()
    sanitation.successor = play.cast.street.centre
    sanitation.save()
    with pytest.raises(Invalid):
        play.dispatch()
    assert play.case.state == State.ACCEPTED
