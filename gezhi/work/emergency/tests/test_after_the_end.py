"""What comes when an emergency is over: trouble of a phone without a net is lost to nobody; an
exercise leaves nothing to be done."""

from datetime import timedelta

import pytest

from gezhi.kernel import clock
from gezhi.kernel.errors import Conflict
from gezhi.work.cases import actions as cases
from gezhi.work.cases.rules import Mark
from gezhi.work.cases.tests.playing import fresh_key
from gezhi.work.emergency import actions
from gezhi.work.emergency.models import Answer, EmergencyCase
from gezhi.work.emergency.tests.test_switching import _answer


def _off(cast, row):
    clock.advance(timedelta(minutes=30))
    actions.switch_off(
        emergency_id=row.pk, summary="雨停了", goes_on=True, by=cast.supervisor.viewer
    )


def test_trouble_that_comes_late_is_an_urgent_case_and_none_of_the_emergency(cast, switch_on):
    row = switch_on()
    said_at = clock.now() + timedelta(minutes=5)
    _off(cast, row)
    clock.advance(timedelta(days=6))
    key = fresh_key()
    found = _answer(cast, row, said_at=said_at, key=key)
    assert found.answered_at == said_at
    assert found.case.urgency == "urgent" and found.case.is_open
    assert Mark.EMERGENCY not in found.case.all_marks
    assert not EmergencyCase.objects.filter(case=found.case).exists()
    assert _answer(cast, row, said_at=said_at, key=key).pk == found.pk


def test_safe_said_before_the_end_is_kept_and_said_after_it_is_refused(cast, switch_on):
    row = switch_on()
    said_at = clock.now() + timedelta(minutes=5)
    _off(cast, row)
    assert _answer(cast, row, "safe", text="", said_at=said_at).answered_at == said_at
    with pytest.raises(Conflict, match="已经关闭"):
        _answer(cast, row, "safe", text="")


def test_an_exercise_that_is_over_hears_nothing_more(cast, switch_on):
    row = switch_on(drill=True)
    said_at = clock.now() + timedelta(minutes=5)
    _off(cast, row)
    with pytest.raises(Conflict, match="已经关闭"):
        _answer(cast, row, said_at=said_at)
    assert not Answer.objects.exists()


def test_an_exercise_that_is_over_is_not_done_again(cast, switch_on):
    row = switch_on(drill=True)
    case = _answer(cast, row).case
    _off(cast, row)
    report = case.reports.get()
    with pytest.raises(Conflict, match="演练里的事不重新办理"):
        cases.reopen(report=report, by=cast.acceptor.viewer, key=fresh_key(), words="还没好")
    cases.call_back(
        report=report, by=cast.acceptor.viewer, key=fresh_key(), outcome="reached", resolved="unsolved",
        satisfied="", words="还没好",
    )  # fmt: skip
    case.refresh_from_db()
    assert not case.is_open
