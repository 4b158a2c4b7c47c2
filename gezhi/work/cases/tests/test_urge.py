"""催办: by the centre in words, and by the clock before and at expiry, once each, never at night."""

from datetime import timedelta

import pytest

from gezhi.ground.notices.models import Notice
from gezhi.kernel import clock
from gezhi.kernel.errors import Conflict, Invalid, NotPermitted
from gezhi.kernel.viewer import Viewer
from gezhi.work.cases import actions, queries
from gezhi.work.cases.announcing import announce_step
from gezhi.work.cases.models import Case, StageRow, Step
from gezhi.work.cases.tests import invariants
from gezhi.work.cases.tests.playing import Play
from gezhi.work.cases.urging import urge_in_time


def _urge(play: Play, who: str = "dispatcher", words: str = "请抓紧") -> None:
    play.do(actions.urge_holder, getattr(play.cast, who).viewer, words=words)


def _urged(play: Play) -> list[str]:
    steps = Step.objects.filter(case=play.case, deed="urge").order_by("serial")
    return list(steps.values_list("reason_code", flat=True))


def _row(play: Play) -> queries.CaseRow:
    return queries.case_page(play.cast.handler.viewer, play.case.number).row


@pytest.mark.parametrize("who", ["dispatcher", "supervisor", "wang"])
def test_the_centre_urges_whoever_has_it_in_hand(play: Play, who: str) -> None:
    play.until("handling")
    _urge(play, who)
    page = queries.case_page(play.cast.handler.viewer, play.case.number)
    assert page.steps[-1].words == "请抓紧" and page.row.urged
    announce_step(Step.objects.get(deed="urge").pk)
    told = list(Notice.objects.values_list("user_id", "kind"))
    assert told == [(play.cast.handler.user_id, "case_urge_by_centre")]
    assert invariants.faults() == []


def test_nobody_else_urges_and_nobody_without_words(play: Play) -> None:
    play.until("handling")
    for who in ("handler", "acceptor", "checker"):
        with pytest.raises(NotPermitted, match="派遣员、值班长、领导"):
            _urge(play, who)
    with pytest.raises(Invalid, match="催什么"):
        _urge(play, words=" ")


def test_the_centre_does_not_urge_itself(play: Play) -> None:
    play.until("accepted")
    with pytest.raises(Conflict, match="本中心手上"):
        _urge(play)


def test_what_is_late_is_supervised_instead(play: Play) -> None:
    play.until("handling")
    clock.advance(timedelta(days=30))
    with pytest.raises(Conflict, match="请值班长或领导督办"):
        _urge(play)


def test_twice_within_the_packs_hours_is_too_soon(play: Play) -> None:
    play.until("handling")
    _urge(play)
    with pytest.raises(Conflict, match="刚才已经催过"):
        _urge(play, "supervisor")
    clock.advance(timedelta(hours=5))
    # Nobody's due time has come yet, however short the limit of the class is.
    Case.objects.filter(pk=play.case.pk).update(due_at=clock.now() + timedelta(hours=1))
    _urge(play)
    assert _urged(play) == ["by_centre", "by_centre"]


def test_a_reporter_reads_of_their_own_urge_alone(play: Play) -> None:
    play.until("handling")
    _urge(play)
    receipt = play.receipt
    told = [step.deed for step in queries.tracked(receipt.number, receipt.code).steps]
    assert "urge" not in told
    actions.urge(report=play.report_row, by=play.stranger, key="urge-of-the-reporter")
    told = [step.deed for step in queries.tracked(receipt.number, receipt.code).steps]
    assert told.count("urge") == 1


def test_the_clock_urges_before_and_at_expiry_once_each(play: Play) -> None:
    play.until("handling")
    assert urge_in_time() == 0
    stage = StageRow.objects.get(case=play.case, ended_at=None)
    clock.advance((stage.due_at - stage.began_at) * 0.7 + stage.began_at - clock.now())
    assert urge_in_time() == 0
    clock.advance((stage.due_at - stage.began_at) * 0.1)
    assert urge_in_time() == 1
    assert urge_in_time() == 0
    clock.advance(timedelta(days=1))
    assert urge_in_time() == 1
    assert urge_in_time() == 0
    assert _urged(play) == ["before", "expiry"]
    assert not _row(play).urged
    assert invariants.faults() == []


def test_at_the_very_due_moment_it_has_not_expired(play: Play) -> None:
    play.report().accept(urgency="urgent").dispatch().take()
    stage = StageRow.objects.get(case=play.case, ended_at=None)
    with clock.moved_to(stage.due_at):
        assert urge_in_time() == 1
    with clock.moved_to(stage.due_at + timedelta(microseconds=1)):
        assert urge_in_time() == 1
    assert _urged(play) == ["before", "expiry"]


def test_it_waits_for_the_units_morning(play: Play) -> None:
    play.until("handling")
    stage = StageRow.objects.get(case=play.case, ended_at=None)
    evening = clock.local(stage.due_at).replace(hour=22, minute=0)
    clock.advance(evening - clock.now())
    assert urge_in_time() == 0
    clock.advance(timedelta(hours=12))
    assert urge_in_time() == 1
    assert _urged(play) == ["expiry"]


def test_an_urgent_one_does_not_wait(play: Play) -> None:
    play.report().accept(urgency="urgent").dispatch().take()
    assert Case.objects.get(pk=play.case.pk).urgency == "urgent"
    stage = StageRow.objects.get(case=play.case, ended_at=None)
    night = clock.local(max(stage.due_at, clock.now())).replace(hour=23, minute=30)
    clock.advance(night - clock.now())
    assert urge_in_time() == 1


def test_each_stage_is_urged_for_itself(play: Play) -> None:
    play.until("dispatched")
    clock.advance(timedelta(days=1))
    assert urge_in_time() == 1
    play.take()
    assert urge_in_time() == 1
    assert _urged(play) == ["expiry", "expiry"]


def test_what_was_done_meanwhile_is_not_urged(play: Play) -> None:
    play.until("handling")
    stage = StageRow.objects.get(case=play.case, ended_at=None)
    play.finish()
    with pytest.raises(Conflict):
        actions.urge_by_clock(
            number=play.case.number,
            by=Viewer.system("urging"),
            key="late-urge",
            stage_id=stage.pk,
            at="before",
        )
