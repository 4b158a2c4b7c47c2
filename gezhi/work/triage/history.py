"""What the office's own cases teach: their words, with the class, kind or unit they ended with."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from gezhi.work.cases.asides import real
from gezhi.work.cases.models import Assignment, ReportWords
from gezhi.work.cases.rules import Confidentiality, State
from gezhi.work.triage.report_text import title_of

MOST_EXAMPLES = 50_000
# What was turned down or merged away says nothing of its class.
_UNTOLD = (State.REJECTED, State.MERGED)


@dataclass(frozen=True, slots=True)
class Lesson:
    """One message with the label that a person gave it."""

    subject: str
    detail: str
    label: str


def lessons(district_id: int, what: str) -> list[Lesson]:
    """What past cases teach of a question, the oldest first; of at most the newest 50,000.

    Class and kind are taught by accepting (or answering, or handling on the spot), the unit by the
    last assignment that was not returned. A restricted case teaches nothing: what a model has learnt
    shows in the words it marks; nor does one of a drill, which never was.
    """
    labels = _labels(district_id, what, 0)
    return [
        Lesson(title_of(text), text, labels[case_id])
        for case_id, text in sorted(_texts(list(labels)))
    ]


def taught(district_id: int, what: str, *, after_case: int = 0) -> int:
    """How many past cases teach something of a question, without reading their words."""
    return len(_labels(district_id, what, after_case))


def _labels(district_id: int, what: str, after_case: int) -> dict[int, str]:
    if what == "unit":
        sent = Assignment.objects.filter(
            real("case__"),
            district_id=district_id,
            part="lead",
            returned_at=None,
            unit__closed_at=None,
            case_id__gt=after_case,
            case__confidentiality=Confidentiality.OPEN,
        ).exclude(case__state__in=_UNTOLD)
        newest = list(
            sent.order_by("-case_id", "-sent_at", "-id").values_list("case_id", "unit_id")[
                :MOST_EXAMPLES
            ]
        )
        # The last assignment of a case comes first above, so it is written last here.
        return {case_id: str(unit_id) for case_id, unit_id in reversed(newest)}
    column = {"class": "class_code", "kind": "kind"}[what]
    rows: Any = (
        ReportWords.objects.filter(
            real("report__first_case__"),
            report__first_case__district_id=district_id,
            report__first_case__accepted_at__isnull=False,
            report__first_case_id__gt=after_case,
            report__first_case__confidentiality=Confidentiality.OPEN,
        )
        .exclude(report__first_case__state__in=_UNTOLD)
        .exclude(**{f"report__first_case__{column}": ""})
        .order_by("-report__first_case_id")
        .values_list("report__first_case_id", f"report__first_case__{column}")
    )
    return dict(rows[:MOST_EXAMPLES])


def _texts(case_ids: list[int]) -> Iterator[tuple[int, str]]:
    """The first report of each case that still has its words."""
    for begin in range(0, len(case_ids), 500):
        part = case_ids[begin : begin + 500]
        rows = (
            ReportWords.objects.filter(report__first_case_id__in=part)
            .exclude(text="")
            .order_by("-report_id")
            .values_list("report__first_case_id", "text")
        )
        # The first report of a case comes last, so it stays.
        yield from dict(rows).items()
