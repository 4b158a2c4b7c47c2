"""Wrong codes for one receipt are counted in the database cache, so that nobody tries them all.

A code has 53 bits, so the limit is wide: it stops a machine, not a neighbor who mistypes. Counted
by number and not by address: a whole compound may come from one address.
"""

from collections.abc import Callable
from typing import TypeVar

from django.core.cache import cache
from django.utils.translation import gettext as _

from gezhi.kernel.errors import Refusal, Unseen

MOST = 100
SECONDS = 600

Answer = TypeVar("Answer")


class TooMany(Refusal):
    """Too many wrong tries; the right code is not answered either for a while."""

    status = 429
    code = "too_many"


def limited(number: str, ask: Callable[[], Answer]) -> Answer:
    """What `ask` answers about the report of this number; counts it when it raises Unseen.

    Raises TooMany after 100 wrong tries within ten minutes, alike for numbers that do not exist.
    """
    key = f"receipt-tries:{number}" if number.isascii() and number.isdigit() else ""
    # The key never grows past a number's length: longer ones belong to no report.
    key = key if len(number) <= 13 else ""
    if key and (cache.get(key) or 0) >= MOST:
        raise TooMany(_("这个受理号试错太多次，请十分钟后再查；急事请直接打社区电话"))
    try:
        return ask()
    except Unseen:
        if key and not cache.add(key, 1, SECONDS):
            _count(key)
        raise


def _count(key: str) -> None:
    try:
        cache.incr(key)
    except ValueError:
        # It ran out between the two questions: the next wrong try begins anew.
        cache.add(key, 1, SECONDS)
