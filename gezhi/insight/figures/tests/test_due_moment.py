"""What ends at its very due time is on time in the figures too, and has fallen due only after it."""

from datetime import timedelta

import pytest

from gezhi.insight.figures.periods import Span, holding
from gezhi.insight.figures.reach import By, reach_of
from gezhi.insight.figures.reckoning import reckon
from gezhi.kernel import clock
from gezhi.work.cases.models import Case, Report
from gezhi.work.cases.tests.playing import Play
from gezhi.work.cases.tests.test_extend import ask, decide

pytestmark = pytest.mark.django_db
_MOMENT = timedelta(microseconds=1)


def _counted(cast):
    """What fell due in this month, by the moment it is."""
    month = holding(Span.MONTH, clock.today())
    names = ("due", "due_closed", "due_on_time", "to_contact", "contacted")
    return reckon(names, month, reach_of(cast.supervisor.viewer), By.WHOLE).get("", {})


@pytest.mark.parametrize(("after", "on_time"), [(timedelta(0), 1), (_MOMENT, 0)])
def test_what_ended_at_the_promised_moment_is_on_time(cast, after, on_time):
    play = Play(cast).until("closed")
    ended = play.case.ended_at
    assert ended is not None
    Report.objects.filter(case=play.case).update(
        promised_at=ended - after, first_contact_at=ended, anonymous=False
    )
    with clock.moved_to(ended + timedelta(minutes=1)):
        found = _counted(cast)
    assert (found["due"], found["due_closed"], found["due_on_time"]) == (1, 1, on_time)
    assert (found["to_contact"], found["contacted"]) == (1, on_time)


def test_at_the_promised_moment_it_has_not_fallen_due(cast):
    promised = Play(cast).until("handling").report_row.promised_at
    with clock.moved_to(promised):
        assert not _counted(cast).get("due")
    with clock.moved_to(promised + _MOMENT):
        assert _counted(cast)["due"] == 1


def test_what_was_extended_has_not_fallen_due_at_its_own_very_moment(cast):
    play = Play(cast).until("handling")
    ask(play)
    decide(play)
    due = clock.now() + timedelta(hours=2)
    Case.objects.filter(pk=play.case.pk).update(due_at=due)
    Report.objects.filter(case=play.case).update(promised_at=due - timedelta(hours=1))
    with clock.moved_to(due):
        assert not _counted(cast).get("due")
    with clock.moved_to(due + _MOMENT):
        assert _counted(cast)["due"] == 1
