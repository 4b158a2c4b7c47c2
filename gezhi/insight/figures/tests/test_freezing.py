"""A closed day, week or month is frozen once; what changes later is a correction beside it."""

from collections.abc import Iterator
from datetime import timedelta

import pytest

from gezhi.ground.audit.models import Entry
from gezhi.ground.codes import queries as codes
from gezhi.insight.figures import actions, queries
from gezhi.insight.figures.models import Correction, Frozen
from gezhi.insight.figures.nightly import freeze_periods
from gezhi.insight.figures.periods import Period, Span, holding
from gezhi.insight.figures.reach import By
from gezhi.insight.figures.settling import KEPT, closed_periods, freezes_on, grace
from gezhi.kernel import clock
from gezhi.kernel.errors import NotPermitted
from gezhi.work.cases.tests.playing import Play

pytestmark = pytest.mark.django_db


@pytest.fixture(params=Span)
def span(request, monkeypatch) -> Span:
    """Each length in turn; a night looks at the last three of it and at no other."""
    for one in Span:
        monkeypatch.setitem(KEPT, one, 3 if one is request.param else 0)
    found: Span = request.param
    return found


def _this(span: Span) -> Period:
    return holding(span, clock.today())


def _following(period: Period) -> Iterator[Period]:
    while True:
        period = period.later()
        yield period


def _pass(period: Period, *, days: float) -> None:
    """Until so many days after its end."""
    clock.advance(period.ended_at + timedelta(days=days) - clock.now())


def _accepted(cast, period):
    board = queries.board(cast.supervisor.viewer, period)
    return next(one.now for one in board.figures if one.now.indicator.code == "accepted")


def _is_frozen(period: Period) -> bool:
    return Frozen.objects.filter(span=period.span, first=period.first).exists()


def test_two_prints_of_a_closed_period_agree_and_a_later_change_is_a_correction(cast, span):
    period = _this(span)
    play = Play(cast).until("accepted")
    Play(cast).until("accepted")
    _pass(period, days=grace(span).days + 0.2)
    freeze_periods()
    assert _accepted(cast, period).numerator == 2
    assert _accepted(cast, period).corrected is None
    mine = Frozen.objects.filter(span=span, first=period.first)
    rows = mine.count()

    clock.advance(timedelta(days=1))
    freeze_periods()
    assert (mine.count(), Correction.objects.filter(figure__in=mine).count()) == (rows, 0)

    play.leave_out()
    assert _accepted(cast, period).numerator == 2
    freeze_periods()
    found = _accepted(cast, period)
    assert found.numerator == 2
    assert found.corrected.numerator == 1
    assert found.seen_at == clock.now()
    noted = Correction.objects.count()
    freeze_periods()
    assert Correction.objects.count() == noted
    told = Entry.objects.filter(verb="figures.correct", detail__period=period.code)
    assert told.count() == 1


def test_what_is_told_apart_is_frozen_too_and_its_list_says_what_it_was(cast, span):
    period = _this(span)
    play = Play(cast).until("accepted")
    _pass(period, days=grace(span).days + 0.2)
    freeze_periods()
    play.leave_out()
    told = queries.told_apart(cast.supervisor.viewer, period, By.FAMILY)
    assert sum(row.figures[0].numerator for row in told) == 1
    behind = queries.behind(
        cast.supervisor.viewer, "accepted", "numerator", period, By.WHOLE, ""
    )  # fmt: skip
    assert (behind.total, behind.frozen) == (0, 1)


def test_what_runs_or_has_only_just_ended_is_not_frozen_and_says_when_it_will_be(cast, span):
    this, last = _this(span), _this(span).earlier()
    freeze_periods()
    assert not _is_frozen(this)
    assert queries.settled(cast.supervisor.viewer, this) == queries.Settled()

    days = grace(span).days
    _pass(this, days=days - 0.5)
    freeze_periods()
    assert not _is_frozen(this)
    assert _is_frozen(last)
    night = this.last + timedelta(days=days)
    assert queries.settled(cast.supervisor.viewer, this).freezes_on == night

    clock.advance(timedelta(days=1))
    freeze_periods()
    assert _is_frozen(this)
    assert queries.settled(cast.supervisor.viewer, this).frozen_at == clock.now()


def test_figures_are_compared_with_frozen_ones(cast, span):
    period = _this(span)
    play = Play(cast).until("accepted")
    _pass(period, days=grace(span).days + 0.2)
    freeze_periods()
    play.leave_out()
    later = next(one for one in _following(period) if one.before() == period)
    board = queries.board(cast.supervisor.viewer, later)
    accepted = next(one for one in board.figures if one.now.indicator.code == "accepted")
    assert accepted.before.numerator == 1


def test_a_night_looks_at_so_many_periods_and_no_older_one(cast, span):
    period = _this(span)
    play = Play(cast).until("accepted")
    _pass(period, days=grace(span).days + 0.2)
    freeze_periods()
    play.leave_out()
    clock.advance(timedelta(days=366 + 31 * 2))
    freeze_periods()
    assert len(closed_periods(span)) == KEPT[span] == 3
    assert period not in closed_periods(span)
    assert _accepted(cast, period).corrected is None
    assert freezes_on(period) is None
    assert freezes_on(closed_periods(span)[-1]) is not None


def test_a_pack_of_an_office_that_knows_of_months_only_lets_all_wait_as_long(cast, monkeypatch):
    own = {"freeze_days": codes.term("figures", "freeze_days")}
    monkeypatch.setattr(codes, "term", lambda _dictionary, code: own.get(code))
    assert {grace(span) for span in Span} == {timedelta(days=5)}


def test_nobody_freezes_by_hand(cast, span):
    place = {"district_id": cast.street.district.pk, "street_id": cast.street.street.pk}
    for settle in (actions.freeze, actions.correct):
        with pytest.raises(NotPermitted):
            settle(**place, period=_this(span).earlier(), by=cast.supervisor.viewer)
    assert not Frozen.objects.exists()
