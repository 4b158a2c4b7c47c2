"""A sweep goes on past what is refused, shows it to an operator, and lets go of it."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, InterfaceError

from gezhi.ground.jobs import actions, queries
from gezhi.ground.jobs.models import Stuck
from gezhi.ground.jobs.sweeps import Sweep
from gezhi.kernel import clock
from gezhi.kernel.errors import Conflict
from gezhi.kernel.viewer import Level, Role, Seat, Viewer

pytestmark = pytest.mark.django_db

OPERATOR = Viewer(
    user_id=1,
    district_id=7,
    seats=(Seat(1, 1, Role.SYSTEM_ADMINISTRATOR, 1, Level.DISTRICT),),
)


def go(*numbers: str, refused: tuple[str, ...] = (), error: Exception | None = None) -> Sweep:
    """One pass over these numbers, of which some are refused."""
    with Sweep("test") as each:
        for number in numbers:
            with each.one("case", number, 7):
                if number in refused:
                    raise error or Conflict("现在不行，请明天再看")
    return each


def test_the_others_are_done_and_what_was_refused_says_why_since_when_and_how_often():
    began = clock.now()
    assert go("1", "2", "3", refused=("2",)).done == 2
    clock.advance(timedelta(minutes=1))
    go("1", "2", "3", refused=("2",))
    (row,) = queries.stuck(OPERATOR)
    assert (row.loop, row.subject_kind, row.subject) == ("test", "case", "2")
    assert (row.words, row.times, row.unforeseen) == ("现在不行，请明天再看", 2, False)
    assert (row.since, row.last_at) == (began, clock.now())


def test_what_succeeds_later_is_let_go_of():
    go("1", "2", refused=("2",))
    go("1", "2")
    assert queries.stuck(OPERATOR) == []


def test_what_a_later_sweep_has_nothing_to_do_with_is_let_go_of():
    go("1", "2", refused=("2",))
    go("1")
    assert queries.stuck(OPERATOR) == []


def test_a_sweep_cut_short_or_broken_off_keeps_what_it_did_not_meet():
    go("1", "2", refused=("2",))
    with Sweep("test") as each:
        each.cut_short()
    with pytest.raises(ZeroDivisionError), Sweep("test"):
        raise ZeroDivisionError
    assert len(queries.stuck(OPERATOR)) == 1


def test_another_loop_keeps_its_own():
    go("1", refused=("1",))
    with Sweep("other"):
        pass
    assert len(queries.stuck(OPERATOR)) == 1


@pytest.mark.parametrize("error", [KeyError("13800000000"), IntegrityError("13800000000")])
def test_what_nobody_foresaw_is_told_by_class_and_place_and_never_by_its_words(error):
    assert go("1", "2", refused=("1",), error=error).done == 1
    (row,) = queries.stuck(OPERATOR)
    assert row.unforeseen
    assert type(error).__name__ in row.words and "test_sweeps" in row.words
    assert "138" not in row.words


def test_a_database_that_went_away_ends_the_sweep():
    with pytest.raises(InterfaceError):
        go("1", "2", refused=("1",), error=InterfaceError())
    assert not Stuck.objects.exists()


def test_only_who_tends_tasks_sees_it_and_only_of_their_district():
    go("1", refused=("1",))
    elsewhere = Viewer(user_id=2, district_id=8, seats=OPERATOR.seats)
    clerk = Viewer(user_id=3, district_id=7, seats=(Seat(1, 1, Role.ACCEPTOR, 1, Level.STREET),))
    assert len(queries.stuck(OPERATOR)) == queries.undone_count(OPERATOR) == 1
    assert queries.stuck(elsewhere) == queries.stuck(clerk) == []
    assert queries.undone_count(clerk) == 0


def test_rows_of_a_loop_that_runs_no_more_are_pruned():
    go("1", refused=("1",))
    clock.advance(timedelta(days=8))
    actions.prune()
    assert not Stuck.objects.exists()
