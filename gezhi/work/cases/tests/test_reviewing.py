"""On the day of the review the supervisor and the unit are told, and again each working day."""

from datetime import timedelta

import pytest

from gezhi.ground.notices.models import Notice
from gezhi.kernel import clock
from gezhi.work.cases import actions
from gezhi.work.cases.reviewing import remind
from gezhi.work.cases.tests.playing import Play
from gezhi.work.cases.tests.test_hang import ask, grant


@pytest.fixture
def hung(play: Play) -> Play:
    """A case that hangs from Monday until Friday of the next week."""
    play.until("handling")
    ask(play)
    grant(play)
    return play


def told() -> list[tuple[int, str]]:
    rows = Notice.objects.filter(kind__startswith="hang_").order_by("user_id", "created_at")
    return list(rows.values_list("user_id", "kind"))


def test_nobody_is_told_before_the_day(hung: Play) -> None:
    clock.advance(timedelta(days=10))
    assert remind() == 0
    assert told() == []


def test_on_the_day_the_supervisor_and_the_unit_are_told_once(hung: Play) -> None:
    clock.advance(timedelta(days=11))
    assert (remind(), remind()) == (1, 1)
    cast = hung.cast
    assert set(told()) == {
        (cast.supervisor.user_id, "hang_due"),
        (cast.handler.user_id, "hang_due"),
    }
    assert len(told()) == 2


@pytest.mark.parametrize(
    ("after", "kind"), [(timedelta(0), "hang_due"), (timedelta(microseconds=1), "hang_late")]
)
def test_at_the_very_moment_of_the_review_it_is_not_late(
    hung: Play, after: timedelta, kind: str
) -> None:
    assert hung.case.due_at is not None
    with clock.moved_to(hung.case.due_at + after):
        remind()
    assert {kind for _user, kind in told()} == {kind}


def test_what_nobody_looked_at_is_told_again_on_the_next_working_day(hung: Play) -> None:
    clock.advance(timedelta(days=12))
    assert remind() == 0
    clock.advance(timedelta(days=2))
    assert remind() == 1
    assert {kind for _user, kind in told()} == {"hang_late"}


def test_what_was_resumed_is_told_no_more(hung: Play) -> None:
    hung.do(actions.resume, hung.cast.handler.viewer)
    clock.advance(timedelta(days=11))
    assert remind() == 0


def test_of_a_confidential_one_those_are_told_who_have_it_in_hand(play: Play) -> None:
    play.until("handling", confidential=True)
    ask(play)
    grant(play)
    clock.advance(timedelta(days=11))
    assert remind() == 1
    assert {user for user, _kind in told()} == {
        play.cast.handler.user_id,
        play.cast.supervisor.user_id,
    }
