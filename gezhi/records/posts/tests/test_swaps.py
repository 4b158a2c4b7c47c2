"""Swaps: asked by one, agreed by the other, each by themselves."""

from datetime import timedelta

import pytest

from gezhi.ground.accounts.models import User
from gezhi.ground.audit.models import Entry
from gezhi.ground.notices.models import Notice
from gezhi.kernel import clock
from gezhi.kernel.errors import Conflict, Invalid, NotPermitted, Unseen
from gezhi.records.posts import actions
from gezhi.records.posts import rota_queries as queries
from gezhi.records.posts.models import Shift
from gezhi.records.posts.tests.test_rota import at, nights, who

__all__ = ["nights"]


@pytest.fixture
def asked(cast, nights):
    """张 asks 赵 to swap tonight for tomorrow night."""
    nights()
    mine = Shift.objects.get(from_at=at(17))
    theirs = Shift.objects.get(from_at=at(17, day=1))
    return actions.ask_swap(shift_id=mine.pk, for_shift_id=theirs.pk, by=cast.zhang.viewer)


def test_both_shifts_change_hands_once_the_other_agrees(cast, asked):
    assert who(cast, at(20)) == ["张小川"]
    actions.agree_swap(swap_id=asked.pk, by=cast.zhao.viewer)
    assert who(cast, at(20)) == ["赵德海"]
    assert who(cast, at(20, day=1)) == ["张小川"]
    assert who(cast, at(20, day=2)) == ["李玉芳"]
    by = Entry.objects.get(verb="posts.agree_swap").user_id
    assert by == cast.zhao.user_id


def test_each_is_told_of_what_the_other_did(cast, asked):
    kinds = Notice.objects.filter(user_id=cast.zhao.user_id)
    assert [row.kind for row in kinds] == ["rota_swap_asked"]
    actions.refuse_swap(swap_id=asked.pk, by=cast.zhao.viewer)
    told = Notice.objects.filter(user_id=cast.zhang.user_id)
    assert [row.kind for row in told] == ["rota_swap_refused"]
    assert who(cast, at(20)) == ["张小川"]


def test_nobody_agrees_in_anothers_name(cast, asked):
    with pytest.raises(NotPermitted):
        actions.agree_swap(swap_id=asked.pk, by=cast.zhang.viewer)
    with pytest.raises(Unseen):
        actions.agree_swap(swap_id=asked.pk, by=cast.li.viewer)
    with pytest.raises(NotPermitted):
        actions.withdraw_swap(swap_id=asked.pk, by=cast.zhao.viewer)


def test_a_question_taken_back_is_not_agreed_to(cast, asked):
    actions.withdraw_swap(swap_id=asked.pk, by=cast.zhang.viewer)
    with pytest.raises(Conflict, match="已经有结果"):
        actions.agree_swap(swap_id=asked.pk, by=cast.zhao.viewer)


def test_a_shift_that_has_begun_is_not_swapped(cast, asked):
    clock.advance(timedelta(hours=8))
    with pytest.raises(Conflict, match="已经开始"):
        actions.agree_swap(swap_id=asked.pk, by=cast.zhao.viewer)


def test_a_rota_that_changed_meanwhile_lets_no_swap_through(cast, asked):
    actions.set_shift(
        rota_id=asked.rota_id, from_at=at(17), to_at=at(20), user_id=cast.li.user_id,
        reason="开会", by=cast.li.viewer,
    )  # fmt: skip
    with pytest.raises(Conflict, match="重新商量"):
        actions.agree_swap(swap_id=asked.pk, by=cast.zhao.viewer)


def test_one_shift_is_asked_about_once_at_a_time(cast, asked):
    mine = Shift.objects.get(from_at=at(17))
    with pytest.raises(Conflict, match="已经在问人"):
        actions.ask_swap(shift_id=mine.pk, of_user_id=cast.li.user_id, by=cast.zhang.viewer)


def test_a_shift_is_taken_over_for_nothing(cast, nights):
    nights()
    mine = Shift.objects.get(from_at=at(17))
    swap = actions.ask_swap(shift_id=mine.pk, of_user_id=cast.li.user_id, by=cast.zhang.viewer)
    actions.agree_swap(swap_id=swap.pk, by=cast.li.viewer)
    assert who(cast, at(20)) == ["李玉芳"]
    assert [line.from_at for line in queries.own_shifts(cast.li.viewer)][:2] == [
        at(17),
        at(17, day=2),
    ]


def test_nobody_is_put_on_duty_twice_at_a_time(cast, nights):
    nights(cast.zhang)
    nights(cast.li, name="电话值班")
    mine = Shift.objects.get(from_at=at(17), user_id=cast.zhang.user_id)
    swap = actions.ask_swap(shift_id=mine.pk, of_user_id=cast.li.user_id, by=cast.zhang.viewer)
    with pytest.raises(Conflict, match="同时值两个班"):
        actions.agree_swap(swap_id=swap.pk, by=cast.li.viewer)


def test_anothers_shift_and_oneself_are_refused(cast, nights):
    nights()
    theirs = Shift.objects.get(from_at=at(17, day=1))
    with pytest.raises(Unseen):
        actions.ask_swap(shift_id=theirs.pk, of_user_id=cast.li.user_id, by=cast.zhang.viewer)
    mine = Shift.objects.get(from_at=at(17))
    for other in (cast.zhang.user_id, cast.handler.user_id, None):
        with pytest.raises(Invalid):
            actions.ask_swap(shift_id=mine.pk, of_user_id=other, by=cast.zhang.viewer)


def test_nobody_is_put_on_duty_who_asked_and_is_gone_since(cast, asked):
    """Their own shift has a hole already; the other's stays with who has it."""
    User.objects.filter(pk=cast.zhang.user_id).update(is_active=False)
    with pytest.raises(Conflict, match="问您的那一位已不在岗"):
        actions.agree_swap(swap_id=asked.pk, by=cast.zhao.viewer)
    assert who(cast, at(20, day=1)) == ["赵德海"]
