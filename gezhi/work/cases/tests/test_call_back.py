"""回访: what came of a call, who is called when, and that nobody unreached is ever satisfied."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from gezhi.ground.notices.quiet import quiet_until
from gezhi.kernel import clock
from gezhi.kernel.errors import Invalid, NotPermitted
from gezhi.work.cases import actions
from gezhi.work.cases.models import CallBack
from gezhi.work.cases.queries import queues
from gezhi.work.cases.queries.to_call import calls_of, lines, to_call
from gezhi.work.cases.tests.playing import Play, fresh_key


@pytest.fixture
def closed(play: Play) -> Play:
    """A case that is closed, its reporter not asked yet."""
    return play.until("closed")


def call(play: Play, outcome: str, **said: Any) -> None:
    """One call by the acceptor."""
    told: dict[str, Any] = {"key": fresh_key(), "by": play.cast.acceptor.viewer, **said}
    actions.call_back(report=play.report_row, outcome=outcome, **told)


def listed(play: Play, which: str) -> list[int]:
    """For which time each of a list is called."""
    return [row.tries + 1 for row in lines(list(to_call(play.cast.acceptor.viewer, which)))]


def waits(play: Play) -> bool:
    """Whether the case stands in the queue of those to be called."""
    return queues.cases_in(play.cast.acceptor.viewer, "callback").exists()


def test_reached_it_holds_what_they_said_on_the_call_and_on_the_report(closed: Play) -> None:
    call(closed, "reached", resolved="solved", satisfied="satisfied", words="比以前快")
    row, report = CallBack.objects.get(), closed.report_row
    assert (row.outcome, row.resolved, row.satisfied) == ("reached", "solved", "satisfied")
    assert (report.satisfied, report.rated_through) == ("satisfied", "callback")
    assert not waits(closed) and listed(closed, "now") == []


def test_not_reached_says_nothing_and_is_called_again_after_the_pause(closed: Play) -> None:
    call(closed, "not_reached")
    assert closed.report_row.rated_at is None and closed.report_row.satisfied == ""
    plan = CallBack.objects.get(outcome="")
    assert plan.planned_at == clock.now() + timedelta(hours=4)
    assert not waits(closed)
    assert (listed(closed, "now"), listed(closed, "later")) == ([], [2])
    clock.advance(timedelta(hours=4))
    assert waits(closed) and listed(closed, "now") == [2]


def test_the_third_time_is_the_last(closed: Play) -> None:
    for time in range(3):
        assert listed(closed, "last") == ([3] if time == 2 else [])
        call(closed, "not_reached")
        clock.advance(timedelta(days=1))
    assert CallBack.objects.filter(outcome="not_reached").count() == 3
    assert not CallBack.objects.filter(outcome="").exists()
    assert not waits(closed) and closed.report_row.satisfied == ""


def test_who_would_not_say_is_asked_no_more(closed: Play) -> None:
    call(closed, "refused", words="忙着呢")
    assert not waits(closed) and closed.report_row.rated_at is None


def test_an_appointed_time_is_no_try(closed: Play) -> None:
    at = clock.now() + timedelta(days=1)
    call(closed, "later", next_at=at)
    call(closed, "later", next_at=at + timedelta(hours=1))
    assert listed(closed, "later") == [1]
    clock.advance(timedelta(days=1, hours=1))
    call(closed, "reached", resolved="partly")
    (row,) = CallBack.objects.all()
    assert (row.outcome, row.planned_at) == ("reached", at + timedelta(hours=1))


def test_a_call_in_the_evening_is_planned_for_the_morning(closed: Play) -> None:
    clock.advance(timedelta(hours=9))  # 19:00 in China: the pause ends at 23:00
    call(closed, "not_reached")
    planned = CallBack.objects.get(outcome="").planned_at
    assert planned is not None and quiet_until(planned) is None
    assert clock.local(planned).hour == 8


def test_not_solved_it_is_handled_again_and_called_anew_after_that(closed: Play) -> None:
    call(closed, "not_reached")
    call(closed, "reached", resolved="unsolved", words="又堆上了")
    assert (closed.case.state, closed.case.round) == ("accepted", 2)
    assert listed(closed, "now") == listed(closed, "later") == []
    clock.advance(timedelta(hours=1))
    closed.dispatch().take().finish().check().close()
    assert waits(closed) and listed(closed, "now") == [1]


def test_what_the_reporter_said_themselves_needs_no_call(closed: Play) -> None:
    call(closed, "not_reached")
    actions.rate(
        report=closed.report_row,
        by=closed.stranger,
        key=fresh_key(),
        resolved="solved",
        satisfied="",
    )
    clock.advance(timedelta(hours=5))
    assert not waits(closed) and listed(closed, "now") == []


def test_the_same_key_is_one_call(closed: Play) -> None:
    for _time in range(2):
        call(closed, "not_reached", key="one-call-back")
    assert CallBack.objects.exclude(outcome="").count() == 1


@pytest.mark.parametrize(
    ("outcome", "field", "said"),
    [
        ("", "outcome", {}),
        ("reached", "resolved", {}),
        ("not_reached", "resolved", {"satisfied": "satisfied"}),
        ("refused", "resolved", {"resolved": "solved"}),
        ("reached", "satisfied", {"resolved": "solved", "satisfied": "very"}),
        ("later", "next_at", {}),
        ("reached", "next_at", {"resolved": "solved", "next_at": timedelta(days=1)}),
        ("later", "next_at", {"next_at": timedelta(hours=-1)}),
        ("later", "next_at", {"next_at": timedelta(days=60)}),
        ("later", "next_at", {"next_at": timedelta(hours=12)}),
        ("reached", "words", {"resolved": "unsolved"}),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_is_kept(
    closed: Play, outcome: str, field: str, said: dict[str, object]
) -> None:
    told = {
        name: clock.now() + value if isinstance(value, timedelta) else value
        for name, value in said.items()
    }
    with pytest.raises(Invalid) as refused:
        call(closed, outcome, **told)
    assert refused.value.field == field
    assert not CallBack.objects.exists() and closed.report_row.rated_at is None


def test_the_database_lets_nobody_unreached_be_satisfied(closed: Play) -> None:
    call(closed, "not_reached")
    rows = CallBack.objects.filter(outcome="not_reached")
    for changes in ({"satisfied": "satisfied"}, {"resolved": "solved"}, {"tried_at": None}):
        with pytest.raises(IntegrityError), transaction.atomic():
            rows.update(**changes)


def test_nobody_else_calls_back_and_the_reporter_rates(closed: Play) -> None:
    for by in (closed.cast.wang.viewer, closed.cast.handler.viewer, closed.stranger):
        with pytest.raises(NotPermitted):
            call(closed, "refused", by=by)
    with pytest.raises(NotPermitted):
        actions.rate(
            report=closed.report_row, by=closed.cast.acceptor.viewer, key=fresh_key(),
            resolved="solved", satisfied="satisfied",
        )  # fmt: skip


def test_the_calls_of_a_case_are_told_newest_first_and_to_who_reads_it(closed: Play) -> None:
    call(closed, "not_reached")
    told = calls_of(closed.cast.acceptor.viewer, closed.case.number)
    assert [line.outcome for line in told] == ["", "not_reached"]
    assert calls_of(closed.cast.tang.viewer, closed.case.number) == []
    assert isinstance(told[0].planned_at, datetime)
