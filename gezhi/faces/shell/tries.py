"""Wrong codes of receipts: who has the right one always gets in, a machine that guesses does not.

A receipt is opened by number and code. Numbers are drawn by chance and cannot be worked out; a code
has 10¹⁶ values. Wrong ones are counted by the network they come from, in the database:

- From the 101st wrong one within ten minutes on, wrong ones are answered "too many" (429) instead
  of "not found". The right one still opens the receipt: a neighbor behind the same router, or
  whoever is the target, is never locked out by somebody else's guessing.
- From the 3,001st within an hour on nothing from this network is looked at until the hour is over.
  That is what bounds guessing: 72,000 codes a day and network, so that even a hundred thousand
  networks need more than a thousand years for an even chance at one receipt. No person types so many, and
  the owner gets in from any other network. Where an undeclared proxy hides who is who, this second
  limit does not apply.

There is no limit by number: it would be a wall that anybody could put up before somebody else.
"""

from collections.abc import Callable
from typing import TypeVar

from django.http import HttpRequest
from django.utils.translation import gettext as _

from gezhi.faces.shell import moments
from gezhi.faces.shell.sender import sender_of
from gezhi.ground.counters import actions as counters
from gezhi.ground.counters import queries as counted
from gezhi.ground.counters.rules import Counted, Limit
from gezhi.kernel.errors import TooMany, Unseen

WRONG = Limit("receipt", 100, 600)
WRONG_IN_AN_HOUR = Limit("receipt_hour", 3_000, 3_600)

Answer = TypeVar("Answer")


def limited(request: HttpRequest, ask: Callable[[], Answer]) -> Answer:
    """What `ask` answers about a report by number and code; counts it when it raises Unseen.

    Raises TooMany in place of Unseen after 100 wrong ones, alike for numbers that do not exist.
    """
    sender = sender_of(request)
    closed = counted.seconds_closed(Counted(WRONG_IN_AN_HOUR, (sender,))) if sender else 0
    if closed:
        raise _too_many(closed)
    try:
        return ask()
    except Unseen:
        wrong, *_hour = counters.count(
            Counted(WRONG, (sender,)), *([Counted(WRONG_IN_AN_HOUR, (sender,))] if sender else [])
        )
        if wrong.is_over:
            raise _too_many(wrong.seconds_left) from None
        raise


def _too_many(seconds: int) -> TooMany:
    return TooMany(
        _("试错太多次，请核对受理号和查询码，%(minutes)d 分钟后再查；急事请直接打社区电话")
        % {"minutes": moments.whole_minutes(seconds)},
        seconds=seconds,
    )
