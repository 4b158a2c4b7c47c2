"""拟答: a draft from like closed cases, and what an answer lacks; both advise and refuse nothing."""

import re
from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from gezhi.faces.desk.cases.advice_words import marked
from gezhi.faces.desk.cases.deeds import DeedForm
from gezhi.faces.desk.cases.deeds.answers import gap, known
from gezhi.faces.shell.access import staff_only
from gezhi.faces.shell.middleware import viewer_in
from gezhi.kernel.errors import NotPermitted
from gezhi.kernel.viewer import Viewer
from gezhi.work.cases import queries as cases
from gezhi.work.cases.models import Case
from gezhi.work.cases.queries import CasePage
from gezhi.work.cases.rules import Deed
from gezhi.work.triage.queries import draft_for, findings_in

# Deeds whose words a reporter reads as the answer.
ANSWERING = (Deed.ANSWER, Deed.FINISH)
# The looks of a form without script, as `doing.LOOK` names them.
LOOKS = ("draft", "answer")
# The look that puts an entry of the knowledge base into the answer, before its id.
_ARTICLE = "article-"
_MOST_SIGNS = 4000
_ROWS = {"basis": "no_basis", "contact": "no_contact", "happened_at": "no_date"}
_HOLE = re.compile(r"【[^【】]{1,20}】")


@require_POST
@staff_only()
def draft(request: HttpRequest, number: str) -> HttpResponse:
    """A draft with its holes and sources (htmx); Unseen for no such case, refused (403) to whoever
    does not answer it."""
    viewer = viewer_in(request)
    context = draft_context(viewer, _page(viewer, number))
    return render(request, "desk/cases/drafts/_draft.html", context)


@sensitive_post_parameters("words")
@require_POST
@staff_only()
def findings(request: HttpRequest, number: str) -> HttpResponse:
    """What the typed answer lacks (htmx), nothing for no words; refused like `draft`."""
    viewer = viewer_in(request)
    context = notes_context(viewer, _page(viewer, number).case, request.POST)
    return render(request, "desk/cases/drafts/_notes.html", context)


def looked(form: DeedForm, typed: Mapping[str, str], look: str) -> dict[str, Any]:
    """The same for a page drawn whole; an empty answer is begun with the draft."""
    if form.deed not in ANSWERING:
        return {}
    if look.startswith(_ARTICLE):
        _put_in(form, typed, look.removeprefix(_ARTICLE))
        return {}
    if look not in LOOKS:
        return {}
    if look == "answer":
        return notes_context(form.viewer, form.page.case, typed)
    context = draft_context(form.viewer, form.page)
    if not typed.get("words", "").strip():
        form.initial["words"] = context["draft_text"]
    return context


def _put_in(form: DeedForm, typed: Mapping[str, str], article_id: str) -> None:
    """Add an entry that is offered beside the form to what was typed, with its basis."""
    chosen = next((one for one in form.articles if str(one.id) == article_id), None)
    said = typed.get("words", "").strip()
    if chosen is not None and chosen.whole not in said:
        form.initial["words"] = f"{said}\n{chosen.whole}".strip()


def draft_context(viewer: Viewer, page: CasePage) -> dict[str, Any]:
    """The draft with what the case itself knows filled in, its text in stretches, holes apart."""
    made = draft_for(viewer, page.case)
    text = filled(made.text, known(page)) if made else ""
    return {
        "draft": made,
        "draft_text": text,
        "draft_parts": marked(text, _HOLE.findall(text)),
        "drafted": True,
    }


def filled(text: str, facts: Mapping[str, str]) -> str:
    """Fill what is certain: the case, the basis where the duty list has one and no like answer
    brings another, and in the last line whom to ask.

    A unit, day or place in a sentence of another case may be another one: it stays a hole.
    """
    *lines, last = text.split("\n")
    for key in ("unit", "contact"):
        last = last.replace(gap(key), facts.get(key) or gap(key))
    bare = f"依据是{gap('basis')}。"
    if facts.get("basis"):
        lines = [f"依据是{facts['basis']}。" if line == bare else line for line in lines]
    whole = "\n".join([*lines, last])
    return whole.replace(gap("matter"), facts.get("matter") or gap("matter"))


def notes_context(viewer: Viewer, case: Case, typed: Mapping[str, str]) -> dict[str, Any]:
    """What the answer lacks; `answer_is_read` only where there was something to check.

    Basis, contact and day stand in rows of their own on the unit's form: what a row says is not
    missed in the words.
    """
    words = typed.get("words", "").strip()[:_MOST_SIGNS]
    if not words:
        return {"answer_is_read": False}
    said = {code for name, code in _ROWS.items() if typed.get(name, "").strip()}
    grouped: dict[str, list[str]] = {}
    for note in findings_in(viewer, case, words):
        if note.code not in said:
            grouped.setdefault(note.advice, []).append(note.words)
    return {
        "answer_is_read": True,
        "answer_notes": [*grouped.items()],
        "answer_places": sum(len(places) for places in grouped.values()),
    }


def _page(viewer: Viewer, number: str) -> CasePage:
    page = cases.case_page(viewer, number)
    if not any(deed in page.deeds for deed in ANSWERING):
        raise NotPermitted(_("答复由现在手里有这件事的人来写"))
    return page
