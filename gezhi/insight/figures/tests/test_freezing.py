"""A month is frozen once; what changes later is a correction beside it."""

from datetime import timedelta

import pytest

from gezhi.ground.audit.models import Entry
from gezhi.insight.figures import actions, queries
from gezhi.insight.figures.models import Correction, Frozen
from gezhi.insight.figures.nightly import freeze_months
from gezhi.insight.figures.periods import Span, holding
from gezhi.kernel import clock
from gezhi.kernel.errors import NotPermitted
from gezhi.work.cases.tests.playing import Play

pytestmark = pytest.mark.django_db


def _accepted(cast, month):
    board = queries.board(cast.supervisor.viewer, month)
    return next(one.now for one in board.figures if one.now.indicator.code == "accepted")


def test_a_frozen_month_keeps_what_it_said_and_says_what_it_is_by_now(cast):
    month = holding(Span.MONTH, clock.today())
    play = Play(cast).until("accepted")
    Play(cast).until("accepted")
    clock.advance(timedelta(days=40))
    freeze_months()
    assert _accepted(cast, month).numerator == 2
    assert _accepted(cast, month).corrected is None
    rows = Frozen.objects.count()

    clock.advance(timedelta(days=1))
    freeze_months()
    assert (Frozen.objects.count(), Correction.objects.count()) == (rows, 0)

    play.leave_out()
    assert _accepted(cast, month).numerator == 2
    freeze_months()
    found = _accepted(cast, month)
    assert found.numerator == 2
    assert found.corrected.numerator == 1
    assert found.seen_at == clock.now()
    noted = Correction.objects.count()
    freeze_months()
    assert Correction.objects.count() == noted
    assert Entry.objects.filter(verb="figures.correct").count() == 1


def test_the_month_that_runs_or_has_only_just_ended_is_not_frozen(cast):
    freeze_months()
    this = holding(Span.MONTH, clock.today()).first
    assert not Frozen.objects.filter(month=this).exists()
    last = holding(Span.MONTH, clock.today()).before()
    clock.advance(holding(Span.MONTH, clock.today()).ended_at - clock.now() + timedelta(days=4))
    freeze_months()
    assert not Frozen.objects.filter(month=this).exists()
    clock.advance(timedelta(days=2))
    freeze_months()
    assert Frozen.objects.filter(month=this).exists()
    assert Frozen.objects.filter(month=last.first).exists()


def test_nobody_freezes_by_hand(cast):
    place = {"district_id": cast.street.district.pk, "street_id": cast.street.street.pk}
    month = holding(Span.MONTH, clock.today()).before().first
    for settle in (actions.freeze, actions.correct):
        with pytest.raises(NotPermitted):
            settle(**place, month=month, by=cast.supervisor.viewer)
