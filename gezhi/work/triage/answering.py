"""The office's own answers to reporters, on a shelf that is asked for like ones; once a process."""

import threading
import time
from dataclasses import dataclass

from gezhi.methods.answer import Shelf, Source
from gezhi.records.units import queries as units
from gezhi.work.cases.asides import real
from gezhi.work.cases.models import ReportWords, StepWords
from gezhi.work.cases.rules import Confidentiality, Deed, State
from gezhi.work.triage.likeness import days_of

# Five thousand answers are read in about a second; older ones tell of older rules.
MOST_SOURCES = 5_000
KEPT_SECONDS = 1800.0
ANSWERING = (Deed.FINISH, Deed.ANSWER, Deed.HANDLE_ON_THE_SPOT)


@dataclass(frozen=True, slots=True)
class _Built:
    at: float
    shelf: Shelf


_built: dict[int, _Built] = {}
_lock = threading.Lock()


def shelf_of(district_id: int) -> Shelf:
    """The newest answers of a district's closed cases, none of a restricted one or a drill; read again
    after half an hour."""
    with _lock:
        known = _built.get(district_id)
        if known is None or time.monotonic() - known.at > KEPT_SECONDS:
            known = _Built(time.monotonic(), Shelf(_sources(district_id)))
            _built[district_id] = known
    return known.shelf


def forget() -> None:
    """Leave every shelf of this process aside; for tests."""
    _built.clear()


def question_of(case_id: int) -> str:
    """Everything reporters said of a case, the first report first."""
    rows = ReportWords.objects.filter(report__case_id=case_id).order_by("report_id")
    return "\n".join(text for text in rows.values_list("text", flat=True) if text)


def _sources(district_id: int) -> list[Source]:
    """The last answer of each case, by the id of the case."""
    rows = (
        StepWords.objects.filter(
            real("step__case__"),
            step__district_id=district_id,
            step__deed__in=ANSWERING,
            step__case__state__in=(State.CLOSED, State.ARCHIVED),
            for_reporter=True,
            step__case__confidentiality=Confidentiality.OPEN,
        )
        .exclude(text="")
        .order_by("-step_id")
        .values_list(
            "step__case_id",
            "text",
            "step__case__class_code",
            "step__unit_id",
            "step__recorded_at",
        )[:MOST_SOURCES]
    )
    newest = {row[0]: row for row in reversed(rows)}
    names = units.names_of({row[3] for row in newest.values() if row[3]})
    questions = _questions(list(newest))
    return [
        Source(
            id=case_id,
            question=questions[case_id],
            answer=text,
            class_code=class_code,
            unit=names.get(unit_id or 0, ""),
            moment=days_of(moment),
        )
        for case_id, text, class_code, unit_id, moment in newest.values()
        if questions.get(case_id)
    ]


def _questions(case_ids: list[int]) -> dict[int, str]:
    found: dict[int, str] = {}
    for begin in range(0, len(case_ids), 500):
        rows = ReportWords.objects.filter(report__first_case_id__in=case_ids[begin : begin + 500])
        # The first report of a case comes last, so it stays.
        found |= dict(rows.order_by("-report_id").values_list("report__first_case_id", "text"))
    return found
