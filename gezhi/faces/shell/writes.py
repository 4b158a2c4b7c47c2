"""What strangers write is counted by the network it comes from, so that one machine floods nobody.

Wide enough for a compound behind one router on the evening its water fails; a report costs one
statement more. Another system that sends for many people is named in `GEZHI_KNOWN_ADDRESSES`.
"""

from contextlib import suppress

from django.db import DatabaseError
from django.http import HttpRequest
from django.utils.translation import gettext as _

from gezhi.faces.shell import moments
from gezhi.faces.shell.sender import is_known, sender_of
from gezhi.ground.counters import actions as counters
from gezhi.ground.counters.rules import Counted, Limit
from gezhi.kernel.errors import TooMany

TEN_MINUTES = Limit("write", 100, 600)
DAY = Limit("write_day", 1_000, 86_400)
_COUNTED = "counted_as_write"


def count_write(request: HttpRequest) -> None:
    """Count one write of a stranger, just before it is done.

    Raises TooMany after 100 within ten minutes or 1,000 within a day from one network; nothing was
    stored then, and the page that catches it shows again what was typed. Nobody is counted where
    an undeclared proxy hides who is who.
    """
    sender = sender_of(request)
    if not sender or is_known(sender):
        return
    tries = (Counted(TEN_MINUTES, (sender,)), Counted(DAY, (sender,)))
    over = [tally for tally in counters.count(*tries) if tally.is_over]
    if over:
        seconds = max(tally.seconds_left for tally in over)
        raise TooMany(
            _(
                "从您这个网络提交得太多了，这一次没有收下。您写的还在，"
                "请 %(minutes)d 分钟后再提交，或换用手机流量；急事请直接打社区电话"
            )
            % {"minutes": moments.whole_minutes(seconds)},
            seconds=seconds,
        )
    vars(request)[_COUNTED] = tries


def give_back(request: HttpRequest) -> None:
    """Count what was written here no more: the machine failed, nothing was stored, and whoever sends
    it again and again until it is must not be told afterwards that this was too much."""
    if tries := vars(request).pop(_COUNTED, None):
        with suppress(DatabaseError):
            counters.take_back(*tries)
