"""The fingerprint of a case, as whoever is about to write it and whoever cannot wait for it make it."""

from gezhi.methods.resemble import fingerprint
from gezhi.work.cases.models import Case
from gezhi.work.cases.rules import Mark
from gezhi.work.triage import likeness
from gezhi.work.triage.models import Fingerprint
from gezhi.work.triage.report_text import ReportText


def fingerprint_of(case: Case, report_text: ReportText) -> Fingerprint:
    """The fingerprint of a case, not yet written: empty where the words are gone or kept, and of a
    drill, which no real case is the same as."""
    silent = report_text.is_empty or case.is_restricted or Mark.DRILL in case.all_marks
    return Fingerprint(
        district_id=case.district_id,
        case=case,
        content=b"" if silent else content_of(report_text),
        moment=likeness.days_of(case.reported_at),
        longitude=case.longitude,
        latitude=case.latitude,
        # A road or a site stands by itself as a compound does: two of them are two places.
        compound_id=case.compound_id or case.place_id,
        class_code=case.class_code,
    )


def content_of(report_text: ReportText) -> bytes:
    """What is compared of the words and of where they say it is."""
    return fingerprint(likeness.compared(report_text.text, report_text.place_words))
