"""A draft of an answer from like closed cases, and what an answer lacks before it goes."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from gezhi.ground.codes import queries as codes
from gezhi.kernel.viewer import Viewer
from gezhi.methods.answer import draft, findings_of
from gezhi.work.cases.models import Case
from gezhi.work.cases.queries import worded_to
from gezhi.work.cases.titles import title_of
from gezhi.work.triage.answering import question_of, shelf_of
from gezhi.work.triage.queries.advice import percent

SOURCES = 3
# So many are asked for, because the viewer may not see all of them.
_ASKED = 24


@dataclass(frozen=True, slots=True)
class DraftSlot:
    """A hole in the draft: it stands in the text as 【words】 and must be filled by a person."""

    key: str
    words: str


@dataclass(frozen=True, slots=True)
class DraftSource:
    """A closed case the draft was made from, to be opened and read."""

    number: str
    title: str
    class_name: str
    percent: int
    answer: str


@dataclass(frozen=True, slots=True)
class DraftView:
    """A draft answer; `sources` empty means nothing was like enough, and it is all holes."""

    text: str
    slots: tuple[DraftSlot, ...]
    sources: tuple[DraftSource, ...]


@dataclass(frozen=True, slots=True)
class AnswerNote:
    """One thing an answer lacks: its code, the sentence it is about, and what to do in words."""

    code: str
    words: str
    advice: str


NOTES: dict[str, Promise] = {
    "unaddressed_question": _("这一问还没有回答"),
    "no_result": _("没有说结果：办了什么、办成没有"),
    "no_basis": _("没有依据：哪条规定，或现场看到了什么"),
    "no_date": _("没有时间：什么时候办的，或最晚什么时候办"),
    "no_contact": _("没有联系人或电话"),
    "empty_courtesy": _("这是客套，没有内容"),
    "unfilled_slot": _("这里还没有填"),
    "copies_question": _("这里只是重复了来信"),
    "pushes_away": _("说不归本单位，要写明归谁、怎么找"),
}


def draft_for(viewer: Viewer, case: Case) -> DraftView | None:
    """A draft answer to a case the viewer may see, from closed cases the viewer may see, too.

    None where the viewer may not see the case. Names, phones and findings of other cases never
    come along: they are holes to be filled.
    """
    if not worded_to(viewer).filter(pk=case.pk).exists():
        return None
    question = question_of(case.pk)
    found = shelf_of(case.district_id).like(question, class_code=case.class_code, most=_ASKED)
    rows = worded_to(viewer).filter(pk__in=[one.source.id for one in found]).exclude(pk=case.pk)
    seen = {row.pk: row for row in rows.select_related("words")}
    usable = [one for one in found if one.source.id in seen][:SOURCES]
    made = draft(question, usable)
    used = {one.source.id: one for one in usable}
    return DraftView(
        text=made.text,
        slots=tuple(DraftSlot(slot.key, slot.words) for slot in made.slots),
        sources=tuple(
            _source(seen[case_id], used[case_id].score, used[case_id].source.answer)
            for case_id in made.sources
            if case_id in used
        ),
    )


def findings_in(viewer: Viewer, case: Case, text: str) -> tuple[AnswerNote, ...]:
    """What an answer to this case lacks, before it goes; empty when there is nothing to say, and
    for whoever may not see the case. It advises: nothing is refused for it."""
    if not worded_to(viewer).filter(pk=case.pk).exists():
        return ()
    return tuple(
        AnswerNote(finding.code, finding.words, str(NOTES.get(finding.code, finding.code)))
        for finding in findings_of(question_of(case.pk), text)
    )


def _source(case: Case, score: float, answer: str) -> DraftSource:
    words = getattr(case, "words", None)
    class_term = codes.term("matters", case.class_code, pack_id=case.pack_id)
    return DraftSource(
        number=case.number,
        title=title_of(
            words.title if words else "", class_term.label if class_term else "", case.number
        ),
        class_name=class_term.label if class_term else "",
        percent=percent(score),
        answer=answer,
    )
