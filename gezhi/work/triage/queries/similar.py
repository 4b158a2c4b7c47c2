"""The same case: before a report is sent, and beside the case an acceptor looks at."""

import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, QuerySet

from gezhi.ground.codes import queries as codes
from gezhi.kernel import clock, prepared
from gezhi.kernel.ids import new_id
from gezhi.kernel.viewer import Viewer
from gezhi.kernel.words import shown
from gezhi.methods.resemble import ComparedCase, Likeness, fingerprint
from gezhi.methods.resemble.weights import VERSION
from gezhi.records.places import queries as places
from gezhi.work.cases.models import Case, Report
from gezhi.work.cases.queries import joinable_among, worded_to
from gezhi.work.cases.rules import State
from gezhi.work.cases.titles import title_of
from gezhi.work.triage import likeness
from gezhi.work.triage.fingerprinting import fingerprint_of
from gezhi.work.triage.models import Advice
from gezhi.work.triage.queries.advice import percent
from gezhi.work.triage.report_text import report_texts_of
from gezhi.work.triage.rules import LEAST_LIKENESS, LIKELY_ONE

# Whoever is about to send does not wait longer; the case goes on without (issue 3, point 1).
PATIENCE_SECONDS = 0.3
SHOWN = 3
# Whose task has waited longer than this is found once it ran.
_MINUTES_UNWRITTEN, _MOST_UNWRITTEN = 30, 50
# Ids count milliseconds in their upper 41 bits (`kernel.ids`).
_MINUTE = 60_000 << 22
_ASKED = 8


@dataclass(frozen=True, slots=True)
class LikelyCase:
    """A case that may be the one being written, as this viewer may see it.

    To a stranger only class, compound, age and the approved public summary; `title` is "" then.
    `merge`: sure enough to be called the same, not only alike.
    """

    number: str
    class_name: str
    compound_name: str
    summary: str
    days: int
    reports: int
    percent: int
    merge: bool
    title: str = ""


@dataclass(frozen=True, slots=True)
class SimilarCase:
    """A case an acceptor may merge into, with what spoke for it in percent."""

    number: str
    title: str
    place_words: str
    class_name: str
    state: str
    is_open: bool
    reported_at: datetime
    percent: int
    text: int
    place: int
    time: int
    merge: bool


def similar_to(
    viewer: Viewer,
    district_id: int,
    text: str,
    *,
    place_words: str = "",
    longitude: float | None = None,
    latitude: float | None = None,
    compound_id: int | None = None,
    class_code: str = "",
    patience: float = PATIENCE_SECONDS,
) -> list[LikelyCase]:
    """Up to three open cases that may be what is being written, before it is sent.

    Gives up after 300 ms with what there is, or nothing: it never keeps a report waiting. Point in
    CGCS2000; `compound_id` may be a site or a road. A stranger is shown what `also_met` would show and nothing more: open, unconfidential,
    of a class the pack calls public.
    """
    until = time.monotonic() + patience
    if not text.strip():
        return []
    asked = ComparedCase(
        id=0,
        fingerprint=fingerprint(likeness.compared(text, place_words)),
        moment=likeness.days_of(clock.now()),
        longitude=longitude,
        latitude=latitude,
        compound_id=compound_id,
        class_code=class_code,
        open=True,
    )
    stranger = viewer.is_anonymous or not viewer.seats
    least = LIKELY_ONE if stranger else LEAST_LIKENESS
    memory = likeness.memory_of(district_id)
    _take_in_the_newest(memory, district_id, until)
    found = memory.nearest(asked, most=_ASKED, until=until)
    likely = {one.id: one for one in found if one.score >= least}
    if not likely or time.monotonic() > until:
        return []
    if stranger:
        return _for_a_stranger(district_id, likely)
    return _for_staff(viewer, likely)


def _take_in_the_newest(memory: likeness.Memory, district_id: int, until: float) -> None:
    """Know the cases reported just now, whose fingerprints the task behind has not written yet:
    two neighbors tell of the same thing within the same minute."""
    if time.monotonic() > until or not memory.may_ask_for_unwritten():
        return
    since = new_id() - _MINUTES_UNWRITTEN * _MINUTE
    unknown = memory.without(row[0] for row in prepared.ask(_unwritten, district_id, since))
    if not unknown:
        return
    cases = {case.pk: case for case in prepared.ask(_cases, tuple(unknown))}
    report_texts = report_texts_of(unknown)
    for case_id in unknown:
        memory.take_in(fingerprint_of(cases[case_id], report_texts[case_id]), until=until)


def _unwritten(district_id: int, since: int) -> QuerySet[Case, tuple[int]]:
    rows = Case.objects.filter(
        district_id=district_id, pk__gt=since, fingerprint=None, ended_at=None
    )
    return rows.order_by("-pk").values_list("pk")[:_MOST_UNWRITTEN]


def _cases(case_ids: Sequence[int]) -> QuerySet[Case]:
    return Case.objects.filter(pk__in=case_ids)


def _for_a_stranger(district_id: int, likely: dict[int, Likeness]) -> list[LikelyCase]:
    open_ones = joinable_among(tuple(likely), district_id)
    shown = [open_ones[case_id] for case_id in likely if case_id in open_ones]
    return _cards(shown[:SHOWN], likely, titles={})


def _for_staff(viewer: Viewer, likely: dict[int, Likeness]) -> list[LikelyCase]:
    rows = worded_to(viewer).filter(pk__in=likely, ended_at=None).select_related("words")
    by_id = {case.pk: case for case in rows}
    shown = [by_id[case_id] for case_id in likely if case_id in by_id][:SHOWN]
    titles = {case.pk: _title(case) for case in shown}
    return _cards(shown, likely, titles=titles)


def _cards(
    shown: list[Case], likely: dict[int, Likeness], titles: dict[int, str]
) -> list[LikelyCase]:
    if not shown:
        return []
    compounds = places.place_names_of(case.compound_id for case in shown if case.compound_id)
    counts = Report.objects.filter(case__in=shown).order_by().values("case")
    reports = dict(counts.annotate(number=Count("pk")).values_list("case", "number"))
    return [
        LikelyCase(
            number=case.number,
            class_name=_class_name(case),
            compound_name=compounds.get(case.compound_id or 0, ""),
            summary=case.public_summary,
            days=(clock.now() - case.reported_at).days,
            reports=reports.get(case.pk, 1),
            percent=percent(likely[case.pk].score),
            merge=likely[case.pk].merge,
            title=titles.get(case.pk, ""),
        )
        for case in shown
    ]


def similar_cases(viewer: Viewer, case: Case) -> list[SimilarCase]:
    """What the case may be the same as, best first, of what the viewer may see; at most five.

    Written by the task after the report; a case merged since is left out.
    """
    advice = Advice.objects.filter(case=case, what="same").first()
    if advice is None or not worded_to(viewer).filter(pk=case.pk).exists():
        return []
    rows_shown = [one for one in advice.alternatives if _still_holds(*one[1:])]
    ids = [int(one[0]) for one in rows_shown]
    rows = worded_to(viewer).filter(pk__in=ids).exclude(state=State.MERGED)
    by_id = {other.pk: other for other in rows.select_related("words")}
    return [
        _similar(by_id[int(one[0])], *one[1:6])
        for one in rows_shown
        if int(one[0]) in by_id
        and int(one[0]) != case.pk
        and _may_be_one(case, by_id[int(one[0])], float(one[2]))
    ]


def _still_holds(score: float, text: float, *rest: float) -> bool:
    """Whether advice is shown under the bar of today.

    What other weights than today's said (advice without a version is older than versions) is
    believed only where the words speak for it by themselves: those were weighed as they are now.
    """
    version = rest[3] if len(rest) > 3 else 0
    return score >= LEAST_LIKENESS and (version == VERSION or text >= LIKELY_ONE)


def _may_be_one(case: Case, other: Case, text: float) -> bool:
    """Not two that a person has called two things since, unless their words say they are one."""
    differ = case.class_code and other.class_code and case.class_code != other.class_code
    return not differ or text >= LIKELY_ONE


def _similar(
    case: Case, score: float, text: float, place: float, moment: float, merge: bool
) -> SimilarCase:
    words = getattr(case, "words", None)
    return SimilarCase(
        number=case.number,
        title=_title(case),
        place_words=shown(words.place_words) if words else "",
        class_name=_class_name(case),
        state=case.state,
        is_open=case.is_open,
        reported_at=case.reported_at,
        percent=percent(score),
        text=percent(text),
        place=percent(place),
        time=percent(moment),
        merge=merge and case.is_open,
    )


def _title(case: Case) -> str:
    words = getattr(case, "words", None)
    return title_of(words.title if words else "", _class_name(case), case.number)


def _class_name(case: Case) -> str:
    class_term = codes.term("matters", case.class_code, pack_id=case.pack_id)
    return class_term.label if class_term else ""
