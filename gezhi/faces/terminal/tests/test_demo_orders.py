"""The hotline's orders of the demo: what ended was said back, what came ended says so."""

from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest

from gezhi.faces.terminal.demo.orders import bring_orders
from gezhi.kernel import clock
from gezhi.work.cases.actions import Origin
from gezhi.work.cases.tests.playing import Play
from gezhi.work.orders.models import Difference, Order, ReplyKind

pytestmark = pytest.mark.django_db

STEPS = ("accept", "dispatch", "take", "finish", "check", "close")


def _played(cast, number, now, days, after):
    """A case of the hotline's that was reported so many days ago and ended so long after."""
    with clock.moved_to(now - timedelta(days=days)):
        play = Play(cast).report(origin=Origin("12345", number), channel="hotline")
    with clock.moved_to(now - timedelta(days=days) + after):
        for step in STEPS:
            getattr(play, step)()


def test_what_ended_was_said_back_and_what_came_ended_says_so(cast):
    now = clock.now()
    street: Any = SimpleNamespace(
        cast=SimpleNamespace(of_centre=lambda _role, _place: cast.acceptor.viewer),
        ground=SimpleNamespace(street=cast.street.street),
    )
    _played(cast, "A-1", now, 4, timedelta(days=1))
    _played(cast, "A-2", now, 3, timedelta(minutes=10))
    with clock.moved_to(now - timedelta(hours=5)):
        Play(cast).report(origin=Origin("12345", "A-3"), channel="hotline")
    bring_orders(street, now)
    ended, at_once, running = Order.objects.order_by("number")
    assert [one.came_ended for one in (ended, at_once, running)] == [False, True, False]
    finish = ended.replies.get(kind=ReplyKind.FINISH)
    assert finish.written_at is not None
    assert not at_once.replies.filter(kind=ReplyKind.FINISH).exists()
    assert Difference.objects.exists()
