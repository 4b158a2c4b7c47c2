"""What a unit hands on to its successor was sent once, finished once and reworked once."""

import pytest

from gezhi.insight.figures.periods import Span, holding
from gezhi.insight.figures.reach import By, reach_of
from gezhi.insight.figures.reckoning import reckon
from gezhi.insight.figures.tests.recount import differences
from gezhi.kernel import clock
from gezhi.kernel.viewer import Viewer
from gezhi.work.cases import actions
from gezhi.work.cases.appealing import Counted
from gezhi.work.cases.models import Assignment
from gezhi.work.cases.tests.invariants import faults
from gezhi.work.cases.tests.playing import Play

pytestmark = pytest.mark.django_db


def _hand_on(play):
    street = play.cast.street
    actions.hand_over(
        from_unit=street.sanitation, to_unit=street.office, number=play.case.number,
        by=Viewer.system("handover"), key=f"hand-on-{play.case.number}",
    )  # fmt: skip


def _counted(cast, by):
    month = holding(Span.MONTH, clock.today())
    names = ("sent", "finished", "reworked", "accurate", "returned")
    return reckon(names, month, reach_of(cast.supervisor.viewer), by)


def test_it_is_counted_once_for_whoever_has_it_now(cast):
    since = clock.now()
    play = Play(cast).until("checking").check(passed=False)
    sent = Assignment.objects.get(case=play.case).sent_at
    _hand_on(play)
    once = {"sent": 1, "finished": 1, "reworked": 1, "accurate": 1, "returned": 0}
    assert _counted(cast, By.WHOLE).popitem()[1] == once
    told = _counted(cast, By.UNIT)
    assert told.pop(str(cast.street.office.pk)) == once
    assert not any(any(found.values()) for found in told.values())
    assert set(Assignment.objects.filter(case=play.case).values_list("sent_at")) == {(sent,)}
    assert differences(reach_of(cast.supervisor.viewer), since) == []
    assert faults() == []


def test_what_was_left_out_stays_left_out(cast):
    since = clock.now()
    play = Play(cast).until("handling")
    counted = Counted("assignment", Assignment.objects.get(case=play.case).pk)
    play.do(
        actions.exclude, cast.supervisor.viewer, counted=counted, reason_code="system_fault",
        words="派错了",
    )  # fmt: skip
    _hand_on(play)
    assert not any(found.get("sent") for found in _counted(cast, By.WHOLE).values())
    assert differences(reach_of(cast.supervisor.viewer), since) == []
    assert faults() == []
