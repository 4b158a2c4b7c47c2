"""On PostgreSQL: of two answers to one swap at the same moment one counts, the other reads that it did."""

import pytest

from gezhi.kernel.errors import Conflict
from gezhi.records.posts import actions
from gezhi.records.posts.models import RotaChange, Shift, Swap
from gezhi.records.posts.tests.test_rota import at, nights, who
from tests.journeys.test_races import at_once

__all__ = ["nights"]

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def asked(cast, nights):
    """张 asks 赵 to swap tonight for tomorrow night."""
    nights()
    mine, theirs = (Shift.objects.get(from_at=at(17, day=day)) for day in (0, 1))
    return actions.ask_swap(shift_id=mine.pk, for_shift_id=theirs.pk, by=cast.zhang.viewer)


def _agree(swap, person):
    return lambda: actions.agree_swap(swap_id=swap.pk, by=person.viewer)


def _one_won(answers):
    refused = [one for one in answers if isinstance(one, Conflict)]
    assert len(refused) == 1
    assert sum(isinstance(one, Exception) for one in answers) == 1
    assert "已经有结果了" in str(refused[0].message)


@pytest.mark.parametrize("_turn", range(3))
def test_agreed_and_withdrawn_at_once(cast, asked, _turn):
    _one_won(
        at_once(
            _agree(asked, cast.zhao),
            lambda: actions.withdraw_swap(swap_id=asked.pk, by=cast.zhang.viewer),
        )
    )
    asked.refresh_from_db()
    swapped = asked.state == Swap.State.AGREED
    assert who(cast, at(20)) == ["赵德海" if swapped else "张小川"]
    assert who(cast, at(20, day=1)) == ["张小川" if swapped else "赵德海"]
    assert RotaChange.objects.count() == (2 if swapped else 0)


@pytest.mark.parametrize("_turn", range(3))
def test_agreed_twice_at_once_is_swapped_once(cast, asked, _turn):
    _one_won(at_once(_agree(asked, cast.zhao), _agree(asked, cast.zhao)))
    assert who(cast, at(20)) == ["赵德海"]
    assert RotaChange.objects.count() == 2


def test_two_swaps_that_give_one_shift_away_at_once_leave_it_with_one(cast, asked):
    theirs = Shift.objects.get(from_at=at(17, day=1))
    other = actions.ask_swap(shift_id=theirs.pk, of_user_id=cast.li.user_id, by=cast.zhao.viewer)
    answers = at_once(_agree(asked, cast.zhao), _agree(other, cast.li))
    assert sum(isinstance(one, Conflict) for one in answers) == 1
    assert len(who(cast, at(20, day=1))) == 1
