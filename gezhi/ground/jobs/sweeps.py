"""A sweep 挨个做一遍: many rows one after the other, where one that is refused keeps no other.

What was refused stands in a table for an operator (`queries.stuck`) until it succeeds, or until a
sweep no longer has to do with it.
"""

import logging
from collections.abc import Iterator
from contextlib import contextmanager

from django.db.models import F

from gezhi.ground.jobs.losses import is_passing
from gezhi.ground.jobs.models import Stuck
from gezhi.ground.jobs.rules import UNEXPECTED, place_of
from gezhi.kernel import clock, rows
from gezhi.kernel.errors import Refusal

logger = logging.getLogger("gezhi.jobs")
_WORDS_LENGTH = 300

_Subject = tuple[str, str]


class Sweep:
    """One pass of the loop of this name; `done` counts the rows that were not refused.

    Use as a context: where the block ends well, whatever was stuck before and was not met in it is
    no longer stuck. `cut_short` says that the pass ended before its last row, and keeps those.
    """

    def __init__(self, loop: str) -> None:
        self.loop = loop
        self.done = 0
        self._known: set[_Subject] = set()
        self._met: set[_Subject] = set()
        self._cut_short = False

    def begin(self) -> None:
        """Learn what was stuck before; done by entering, and once by a loop that has no end."""
        mine = Stuck.objects.filter(loop=self.loop)
        self._known = set(mine.values_list("subject_kind", "subject"))

    def __enter__(self) -> "Sweep":
        self.begin()
        return self

    def __exit__(self, kind: object, error: object, trace: object) -> None:
        if kind is not None or self._cut_short:
            return
        for gone in self._known - self._met:
            self._release(gone)

    @contextmanager
    def one(
        self, subject_kind: str, subject: str, district_id: int | None = None
    ) -> Iterator[None]:
        """Do one row in the block: what it raises is noted and the loop goes on.

        `subject` is what an operator reads: a case number, never a person's words. A database that
        went away comes through, for then the whole sweep is tried again. What the block writes must
        be one transaction of its own.
        """
        met = (subject_kind, subject)
        try:
            yield
        except Exception as error:
            if is_passing(error):
                raise
            self._met.add(met)
            self._known.add(met)
            self._note(met, error, district_id)
        else:
            self.done += 1
            self._met.add(met)
            if met in self._known:
                self._release(met)

    def cut_short(self) -> None:
        """The pass ends before its last row."""
        self._cut_short = True

    def _note(self, met: _Subject, error: Exception, district_id: int | None) -> None:
        code, words = _told(error)
        logger.warning("%s goes on past a %s: %s", self.loop, met[0], code)
        now = clock.now()
        mine = Stuck.objects.filter(loop=self.loop, subject_kind=met[0], subject=met[1])
        if mine.update(code=code, words=words, last_at=now, times=F("times") + 1):
            return
        rows.insert_new(
            Stuck(
                district_id=district_id,
                loop=self.loop,
                subject_kind=met[0],
                subject=met[1],
                code=code,
                words=words,
                since=now,
                last_at=now,
            )
        )

    def _release(self, met: _Subject) -> None:
        Stuck.objects.filter(loop=self.loop, subject_kind=met[0], subject=met[1]).delete()
        self._known.discard(met)


def _told(error: Exception) -> tuple[str, str]:
    """Code and words of what went wrong; of what nobody foresaw only the class and the place."""
    if isinstance(error, Refusal):
        return error.code, str(error.message)[:_WORDS_LENGTH]
    return UNEXPECTED, place_of(error)[:_WORDS_LENGTH]
