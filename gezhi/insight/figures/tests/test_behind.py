"""Every figure opens as many cases as it counted; confidential ones are counted and not shown."""

from datetime import timedelta

import pytest

from gezhi.insight.figures import queries
from gezhi.insight.figures.counters import COUNTERS
from gezhi.insight.figures.formulas import Unit
from gezhi.insight.figures.periods import Span, holding
from gezhi.insight.figures.reach import By, reach_of
from gezhi.insight.figures.reckoning import reckon, reckon_apart
from gezhi.kernel import clock
from gezhi.kernel.errors import Unseen
from gezhi.work.cases import actions
from gezhi.work.cases.tests.playing import Play

pytestmark = pytest.mark.django_db


def _month():
    return holding(Span.MONTH, clock.today())


@pytest.fixture
def street(cast):
    """A little of everything: handled, returned, answered, rated, forced, left alone until late."""
    Play(cast).until("closed")
    Play(cast).until("handling").give_back()
    Play(cast).until("checking").check(passed=False)
    answered = Play(cast).report(kind="consult")
    answered.do(actions.answer, cast.acceptor.viewer, words="可以办")
    for satisfied in ("satisfied", "dissatisfied"):
        rated = Play(cast).until("closed")
        actions.call_back(
            outcome="reached", resolved="solved", satisfied=satisfied, report=rated.report_row,
            by=cast.acceptor.viewer, key=f"rate-{satisfied}",
        )  # fmt: skip
    Play(cast).until("accepted")
    return cast


def test_every_number_is_as_many_lines_as_it_says(street):
    board = queries.board(street.supervisor.viewer, _month())
    assert any(one.now.numerator for one in board.figures)
    for one in board.figures:
        figure = one.now
        sides = {"denominator": figure.denominator}
        if figure.indicator.unit is not Unit.HOURS:
            sides["numerator"] = figure.numerator
        for part, number in sides.items():
            found = queries.behind(
                street.supervisor.viewer, figure.indicator.code, part, _month(), By.WHOLE, ""
            )
            assert (found.total, found.kept, len(found.rows)) == (number, 0, number)


@pytest.mark.parametrize("by", [By.UNIT, By.FAMILY, By.COMMUNITY, By.GRID])
def test_what_is_told_apart_adds_up_and_opens_its_own(street, by):
    viewer = street.supervisor.viewer
    whole = {one.now.indicator.code: one.now for one in queries.board(viewer, _month()).first}
    told = queries.told_apart(viewer, _month(), by)
    for number, code in enumerate(whole):
        assert sum(row.figures[number].numerator for row in told) == whole[code].numerator
        for row in told:
            found = queries.behind(viewer, code, "numerator", _month(), by, row.key)
            assert found.total == row.figures[number].numerator


def test_counting_in_all_ways_at_once_comes_to_what_each_way_comes_to(street):
    reach = reach_of(street.supervisor.viewer)
    together = reckon_apart(COUNTERS, _month(), reach, By)
    for by in By:
        assert together[by] == reckon(COUNTERS, _month(), reach, by)


def test_a_confidential_case_is_counted_and_not_shown(cast):
    play = Play(cast).until("accepted")
    Play(cast).until("accepted")
    play.do(actions.restrict, cast.acceptor.viewer, words="反映人要求")
    found = queries.behind(cast.supervisor.viewer, "accepted", "numerator", _month(), By.WHOLE, "")
    assert (found.total, found.kept, found.shown) == (2, 1, 1)
    assert play.case.number not in {row.number for row in found.rows}


def test_a_clerk_sees_the_community_and_no_unit(cast):
    Play(cast).until("accepted")
    viewer = cast.li.viewer
    assert queries.board(viewer, _month()).ways == (By.WHOLE, By.GRID)
    with pytest.raises(Unseen):
        queries.told_apart(viewer, _month(), By.UNIT)
    with pytest.raises(Unseen):
        queries.behind(viewer, "accepted", "numerator", _month(), By.UNIT, "1")
    other = queries.board(cast.sun.viewer, _month()).figures
    assert all(one.now.numerator == 0 for one in other)


def test_what_is_left_out_is_in_no_figure(cast):
    play = Play(cast).until("accepted")
    assert _accepted(cast) == 1
    play.leave_out()
    assert _accepted(cast) == 0


def test_what_is_not_due_yet_is_no_denominator_and_nothing_is_no_figure(cast):
    Play(cast).until("accepted")
    due = _figure(cast, "on_time_rate")
    assert due.denominator == 0
    assert due.value is None
    clock.advance(timedelta(days=20))
    counted = [
        queries.board(cast.supervisor.viewer, month).figures
        for month in (_month(), _month().before())
    ]
    assert (
        sum(
            one.now.denominator
            for figures in counted
            for one in figures
            if one.now.indicator.code == "on_time_rate"
        )
        == 1
    )


def _accepted(cast):
    return _figure(cast, "accepted").numerator


def _figure(cast, code):
    board = queries.board(cast.supervisor.viewer, _month())
    return next(one.now for one in board.figures if one.now.indicator.code == code)
