"""The place of a case from its words, and the other names that staff use."""

from gezhi.methods.locate import Gazetteer, Located, locate
from gezhi.records.places.gazetteers import gazetteer_of
from gezhi.work.cases.models import Case, Report
from gezhi.work.triage.aliases import learn_name
from gezhi.work.triage.predictions.sharing import Shared
from gezhi.work.triage.predictions.writing import Made
from gezhi.work.triage.report_text import ReportText

# How sure a verdict is, where the score of a candidate says only how well a name fits.
_SURE = {"resolved": 0.99, "partial": 0.9}


def advise_place(
    case: Case, report_text: ReportText, before: dict[str, Made], shared: Shared
) -> Made | None:
    """Advise where a case lies that came with neither point nor place, or where in its place it
    does when the words tell it more closely; never moves the case.

    Where staff chose the place themselves, what they wrote of it is looked at as another name.
    """
    if case.place_id is not None:
        _notice_alias(case, report_text, shared)
        return None if report_text.is_empty else _closer(case, case.place_id, report_text, shared)
    if case.longitude is not None or report_text.is_empty:
        return None
    found = _located(case, report_text, shared)
    if found is None:
        return None
    candidates = [(str(one.place_id), round(one.score, 4)) for one in found.candidates]
    if found.place_id is not None:
        sure = _SURE[found.verdict]
        first = (str(found.place_id), sure)
        return _made([first, *(one for one in candidates if one[0] != first[0])], sure, False)
    return _made(candidates, 1 / (len(candidates) + 1), True)


def _closer(case: Case, place_id: int, report_text: ReportText, shared: Shared) -> Made | None:
    """The part of its place that the words name for sure: the building, where the compound was
    chosen. Of another place they say nothing here: what was chosen stands."""
    gazetteer = shared.once(_whole_gazetteer, case.district_id)
    if place_id not in gazetteer.entries:
        return None
    named = gazetteer.words(place_id)
    for words in (report_text.place_words, f"{named}{report_text.place_words}", report_text.text):
        found = locate(gazetteer, words)
        if found.place_id is not None and _stands_in(gazetteer, found.place_id, place_id):
            sure = _SURE[found.verdict]
            return _made([(str(found.place_id), sure)], sure, False)
    return None


def _stands_in(gazetteer: Gazetteer, place_id: int, above_id: int) -> bool:
    above = gazetteer.entries[place_id].parent_id
    while above is not None and above != above_id:
        above = gazetteer.entries[above].parent_id
    return above is not None


def _whole_gazetteer(district_id: int) -> Gazetteer:
    return gazetteer_of(district_id, dwellings=True)


def _located(case: Case, report_text: ReportText, shared: Shared) -> Located | None:
    """What the words name: those said of the place, else those of what it is about."""
    gazetteer = shared.once(_whole_gazetteer, case.district_id)
    for words in (report_text.place_words, report_text.text):
        found = locate(gazetteer, words) if words else None
        if found is not None and (found.place_id is not None or found.candidates):
            return found
    return None


def _made(rows: list[tuple[str, float]], sure: float, abstained: bool) -> Made:
    return Made(
        "place",
        method="place",
        label=rows[0][0],
        confidence=sure,
        abstained=abstained,
        alternatives=rows[:5],
    )


def _notice_alias(case: Case, report_text: ReportText, shared: Shared) -> None:
    """Only what staff typed teaches names: a stranger could teach any."""
    place_id = case.compound_id or case.place_id
    if place_id is None or case.pk not in shared.once(_typed_among, shared.case_ids):
        return
    gazetteer = shared.once(_whole_gazetteer, case.district_id)
    if learn_name(gazetteer, report_text.place_words, place_id=place_id, case_id=case.pk):
        shared.forget(_whole_gazetteer, case.district_id)


def _typed_among(case_ids: tuple[int, ...]) -> frozenset[int]:
    typed = Report.objects.filter(first_case__in=case_ids, entered_by__isnull=False, joined=False)
    return frozenset(typed.values_list("first_case_id", flat=True))
