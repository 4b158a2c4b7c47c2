"""The look for the same case, in memory: one index a process and district, kept up to date.

The newest fingerprints are taken in first, then older ones backward, a chunk at a time and only as
long as whoever asks can wait; the next call goes on. Once a second the rows of the last half minute
are looked at again, because a row written earlier may be committed later.
"""

import math
import threading
import time
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Q, QuerySet

from gezhi.kernel import clock, prepared
from gezhi.methods.resemble import ComparedCase, Index, Likeness
from gezhi.work.cases.models import Case
from gezhi.work.cases.rules import ENDED
from gezhi.work.triage.models import Fingerprint

DAYS = 30.0
CHUNK = 1000
# Ids count milliseconds in their upper 41 bits (`kernel.ids`): half a minute is looked at again.
_OVERLAP = 30_000 << 22
_OVERLAP_SECONDS = 1.0
# What a task writes down a while after the report need not be found within a blink of it.
LOOK_AGAIN_SECONDS = 0.2
_SWEEP_SECONDS = 60.0
_COLUMNS = (
    "id", "case_id", "content", "moment", "longitude", "latitude", "compound_id", "class_code",
    "case__ended_at",
)  # fmt: skip


class Memory:
    """The cases of one district that a new one may be the same as."""

    def __init__(self, district_id: int) -> None:
        self._district_id = district_id
        self._index = Index()
        self._rows: dict[int, int] = {}
        self._newest = 0
        self._oldest: int | None = None
        self._filled = False
        self._looked_at = 0.0
        self._asked_at = 0.0
        self._overlapped_at = 0.0
        self._swept_at = 0.0
        self._swept_through: datetime | None = None
        self._lock = threading.Lock()

    def __len__(self) -> int:
        return len(self._rows)

    def nearest(self, case: ComparedCase, *, most: int, until: float) -> list[Likeness]:
        """The likest cases, best first; [] when the moment `until` (monotonic) comes first.

        While the first load is under way, only what was read so far is found.
        """
        if not self._lock.acquire(timeout=max(0.0, until - time.monotonic())):
            return []
        try:
            self._refresh(until)
            if time.monotonic() > until:
                return []
            return list(self._index.nearest(case, most=most, days=DAYS))
        finally:
            self._lock.release()

    def take_in(self, row: Fingerprint, *, until: float = math.inf) -> None:
        """Know a fingerprint before it can be read; not when the moment `until` (monotonic) comes
        first."""
        wait = until - time.monotonic()
        if not self._lock.acquire(timeout=-1 if math.isinf(wait) else max(0.0, wait)):
            return
        try:
            if self._rows.get(row.case_id, 0) < row.pk:
                self._rows[row.case_id] = row.pk
                self._index.add([compared_case(row)])
        finally:
            self._lock.release()

    def may_ask_for_unwritten(self) -> bool:
        """Whether it is time to ask for cases whose fingerprint nobody has written yet: once within
        a blink, for all who send at that moment."""
        now = time.monotonic()
        if now - self._asked_at < LOOK_AGAIN_SECONDS:
            return False
        self._asked_at = now
        return True

    def without(self, case_ids: Iterable[int]) -> list[int]:
        """Those of these cases that it does not know yet, in their order; waits for nobody."""
        return [case_id for case_id in case_ids if case_id not in self._rows]

    def _refresh(self, until: float) -> None:
        """Take in what is new, then what is old, for half of the time there is: the other half is
        for looking."""
        half = time.monotonic() + (until - time.monotonic()) / 2
        self._take_newer(half)
        while not self._filled and time.monotonic() < half:
            self._take_older()
        if self._filled and time.monotonic() - self._swept_at > _SWEEP_SECONDS:
            self._sweep()

    def _relevant(self) -> Any:
        since = clock.now() - timedelta(days=DAYS)
        return Fingerprint.objects.filter(
            Q(case__ended_at=None) | Q(case__ended_at__gte=since), district_id=self._district_id
        )

    def _take_newer(self, until: float) -> None:
        if self._oldest is None:
            return
        now = time.monotonic()
        if now - self._looked_at < LOOK_AGAIN_SECONDS:
            return
        self._looked_at = now
        known_through = self._newest
        if now - self._overlapped_at > _OVERLAP_SECONDS:
            known_through -= _OVERLAP
            self._overlapped_at = now
        seen = prepared.ask(_newer, self._district_id, known_through)
        unknown = [row_id for row_id, case_id in seen if self._rows.get(case_id, 0) < row_id]
        for begin in range(0, len(unknown), CHUNK):
            if begin and time.monotonic() > until:
                self._looked_at = self._overlapped_at = 0.0
                return
            part = unknown[begin : begin + CHUNK]
            self._take(self._relevant().filter(id__in=part).order_by("id").values_list(*_COLUMNS))
        # Past those too that need not be taken: the process wrote them, or they ended long ago.
        if seen:
            self._newest = max(self._newest, seen[-1][0])

    def _take_older(self) -> None:
        rows = self._relevant().order_by("-id")
        if self._oldest is not None:
            rows = rows.filter(id__lt=self._oldest)
        found = list(rows.values_list(*_COLUMNS)[:CHUNK])
        self._take(found)
        self._filled = len(found) < CHUNK
        self._oldest = found[-1][0] if found else self._oldest or 0

    def _take(self, rows: Iterable[tuple[Any, ...]]) -> None:
        cases: list[ComparedCase] = []
        for row_id, case_id, content, moment, longitude, latitude, compound, code, ended in rows:
            self._newest = max(self._newest, row_id)
            known = self._rows.get(case_id)
            if known is not None and known >= row_id:
                continue
            self._rows[case_id] = row_id
            cases.append(
                ComparedCase(
                    id=case_id,
                    fingerprint=bytes(content),
                    moment=moment,
                    longitude=longitude,
                    latitude=latitude,
                    compound_id=compound,
                    class_code=code,
                    open=ended is None,
                )
            )
        # One whose id is in the index takes its place there.
        self._index.add(cases)

    def _sweep(self) -> None:
        """Let go of what ended more than thirty days ago."""
        through = clock.now() - timedelta(days=DAYS)
        since = self._swept_through or through - timedelta(days=DAYS)
        ended = Case.objects.filter(
            district_id=self._district_id,
            state__in=ENDED,
            ended_at__gt=since,
            ended_at__lte=through,
        )
        gone = [case_id for case_id in ended.values_list("pk", flat=True) if case_id in self._rows]
        for case_id in gone:
            del self._rows[case_id]
        if gone:
            self._index.remove(gone)
        self._swept_at, self._swept_through = time.monotonic(), through


def _newer(district_id: int, known_through: int) -> QuerySet[Fingerprint, tuple[int, int]]:
    rows = Fingerprint.objects.filter(district_id=district_id, id__gt=known_through)
    return rows.order_by("id").values_list("id", "case_id")


_memories: dict[int, Memory] = {}
_making = threading.Lock()


def memory_of(district_id: int) -> Memory:
    """This process's index of a district, empty until first asked."""
    with _making:
        if district_id not in _memories:
            _memories[district_id] = Memory(district_id)
        return _memories[district_id]


def forget() -> None:
    """Leave every index of this process aside; for tests."""
    with _making:
        _memories.clear()


def compared_case(row: Fingerprint) -> ComparedCase:
    """The fingerprint of an open case as the method takes it."""
    return ComparedCase(
        id=row.case_id,
        fingerprint=bytes(row.content),
        moment=row.moment,
        longitude=row.longitude,
        latitude=row.latitude,
        compound_id=row.compound_id,
        class_code=row.class_code,
        open=True,
    )


def days_of(moment: datetime) -> float:
    """Days since 1970 with their fraction, as the methods count time."""
    return moment.timestamp() / 86_400


def compared(text: str, place_words: str) -> str:
    """The words that are compared: what was said, and where it was said to be."""
    return f"{text}\n{place_words}" if place_words else text
