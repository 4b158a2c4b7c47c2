"""A drill disturbs nobody's figures."""

from gezhi.insight.figures.counters import COUNTERS
from gezhi.insight.figures.periods import Span, holding
from gezhi.insight.figures.reach import By, reach_of
from gezhi.insight.figures.reckoning import reckon
from gezhi.kernel import clock
from gezhi.work.cases.tests.playing import Play
from gezhi.work.emergency import actions
from tests import emergencies


def _counted(cast):
    period = holding(Span.DAY, clock.today())
    return reckon(COUNTERS, period, reach_of(cast.wang.viewer), By.WHOLE)


def test_a_case_of_a_drill_is_in_no_count(cast):
    Play(cast).report()
    before = _counted(cast)
    assert any(before[""].values())
    row = emergencies.flood(cast, drill=True, trouble="演练：进水")
    assert _counted(cast) == before
    actions.switch_off(emergency_id=row.pk, summary="演练完", goes_on=True, by=cast.wang.viewer)
    assert _counted(cast) == before
