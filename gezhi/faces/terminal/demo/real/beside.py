"""Thinking of advice beside the deeds: in a process of its own, on the other processor.

The helper reads what was committed and answers what it made; only whoever plays the deeds writes.
Nothing of Django is imported before the helper has begun it: a spawned process finds it unbegun.
"""

import multiprocessing
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from multiprocessing.connection import Connection
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from gezhi.work.triage.predictions import Thought


class Helper(Protocol):
    """Makes the advice of cases that were committed; one question at a time."""

    def ask(self, case_ids: Sequence[int], moment: datetime) -> None:
        """Have the advice of these cases made, as it is at a moment."""

    def answer(self) -> "Thought":
        """What was made; waits for it."""


class InHere:
    """A helper in this process, which thinks when it is asked."""

    def ask(self, case_ids: Sequence[int], moment: datetime) -> None:
        self._thought = _thought(case_ids, moment)

    def answer(self) -> "Thought":
        return self._thought


class _Apart:
    """A helper in another process."""

    def __init__(self, line: Connection) -> None:
        self._line = line

    def ask(self, case_ids: Sequence[int], moment: datetime) -> None:
        self._line.send((tuple(case_ids), moment))

    def answer(self) -> "Thought":
        answered: Thought | Exception = self._line.recv()
        if isinstance(answered, Exception):
            raise answered
        return answered


@contextmanager
def helper_apart() -> Iterator[Helper]:
    """A helper process for the block; it ends with it."""
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe()
    process = context.Process(target=_serve, args=(theirs,), daemon=True)
    process.start()
    theirs.close()
    try:
        yield _Apart(ours)
    finally:
        ours.close()
        process.join(timeout=10)
        if process.is_alive():
            process.kill()


def _serve(line: Connection) -> None:
    import django

    django.setup()
    while True:
        try:
            case_ids, moment = line.recv()
        except (EOFError, ConnectionError):
            # Whoever asked has gone.
            return
        try:
            line.send(_thought(case_ids, moment))
        # Whatever it is, the other process has to hear of it.
        except Exception as error:
            line.send(error)


def _thought(case_ids: Sequence[int], moment: datetime) -> "Thought":
    from gezhi.kernel import clock
    from gezhi.work.triage.predictions import think

    with clock.moved_to(moment):
        return think(case_ids)
