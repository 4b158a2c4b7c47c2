"""When each deed of a message is done: pure, from its own times and one seed.

A message without an official reply is reported and, where its label says what it is about, accepted.
One with a reply goes the whole way, and its unit finishes it in the moment of the reply.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

import numpy as np

from gezhi.faces.terminal.demo.real.reading import Message
from gezhi.faces.terminal.demo.worktime import WorkTime

_ACCEPTED_AFTER, _SENT_AFTER, _TAKEN_AFTER = 70.0, 60.0, 110.0
_CHECKED_AFTER, _CLOSED_AFTER = 180.0, 90.0
# Office minutes: the quickest and the slowest of each.
_LEAST, _MOST = 3.0, 600.0
# Where the reply came too soon for an office's pace, the way to it is this share of the time.
_SHARES: Final = (0.2, 0.3, 0.4)
_TO_UNIT: Final = ("accept", "dispatch", "take")


@dataclass(frozen=True, slots=True)
class Planned:
    """A message with the moment of each of its deeds, in their order; the first is `report`."""

    serial: int
    message: Message
    deeds: tuple[tuple[str, datetime], ...]


def planned(
    serial: int, message: Message, time: WorkTime, *, archive_after: timedelta, seed: int
) -> Planned:
    """Lay out one message; the same serial and seed lay out the same."""
    rng = np.random.default_rng([seed, serial, 6])
    deeds = [("report", message.moment)]
    if message.reply and message.replied_at is not None:
        replied = max(message.replied_at, message.moment)
        deeds += _to_reply(message.moment, replied, time, rng)
        deeds += _after_reply(replied, time, rng, archive_after)
    elif message.label:
        deeds.append(("accept", _later(message.moment, _ACCEPTED_AFTER, time, rng)))
    return Planned(serial, message, tuple(deeds))


def _later(moment: datetime, minutes: float, time: WorkTime, rng: np.random.Generator) -> datetime:
    """A moment in office hours, so many office minutes later on the average."""
    gap = min(_MOST, _LEAST + float(rng.exponential(minutes)))
    return time.moment(time.index(moment) + gap)


def _to_reply(
    reported: datetime, replied: datetime, time: WorkTime, rng: np.random.Generator
) -> list[tuple[str, datetime]]:
    moments, before = [], reported
    for minutes in (_ACCEPTED_AFTER, _SENT_AFTER, _TAKEN_AFTER):
        before = _later(before, minutes, time, rng)
        moments.append(before)
    if before >= replied:
        whole = replied - reported
        moments = [reported + whole * share for share in _SHARES]
    return list(zip(_TO_UNIT, moments, strict=True))


def _after_reply(
    replied: datetime, time: WorkTime, rng: np.random.Generator, archive_after: timedelta
) -> list[tuple[str, datetime]]:
    checked = _later(replied, _CHECKED_AFTER, time, rng)
    closed = _later(checked, _CLOSED_AFTER, time, rng)
    night = (closed + archive_after).replace(hour=2, minute=10) + timedelta(days=1)
    return [("finish", replied), ("check", checked), ("close", closed), ("archive", night)]
