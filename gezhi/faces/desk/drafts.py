"""拟答: a draft from like closed cases, and what an answer lacks; both advise and refuse nothing."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from gezhi.faces.desk.advice_words import Part, marked
from gezhi.faces.desk.deeds import DeedForm
from gezhi.faces.shell.access import staff_only
from gezhi.faces.shell.middleware import viewer_in
from gezhi.kernel.errors import NotPermitted
from gezhi.kernel.viewer import Viewer
from gezhi.work.cases import queries as cases
from gezhi.work.cases.models import Case
from gezhi.work.cases.rules import Deed
from gezhi.work.triage.queries import check_answer, draft_for

# Deeds whose words a reporter reads as the answer.
ANSWERING = (Deed.ANSWER, Deed.FINISH)
# The looks of a form without script, as `doing.LOOK` names them.
LOOKS = ("draft", "answer")
_MOST_SIGNS = 4000


@require_POST
@staff_only()
def draft(request: HttpRequest, number: str) -> HttpResponse:
    """A draft with its holes and sources (htmx); Unseen for no such case, refused (403) to whoever
    does not answer it."""
    viewer = viewer_in(request)
    context = draft_context(viewer, _case(viewer, number))
    return render(request, "desk/drafts/_draft.html", context)


@sensitive_post_parameters("words")
@require_POST
@staff_only()
def check(request: HttpRequest, number: str) -> HttpResponse:
    """What the typed answer lacks (htmx), nothing for no words; refused like `draft`."""
    viewer = viewer_in(request)
    context = notes_context(viewer, _case(viewer, number), request.POST)
    return render(request, "desk/drafts/_notes.html", context)


def looked(form: DeedForm, typed: Mapping[str, str], look: str) -> dict[str, Any]:
    """The same for a page drawn whole; an empty answer is begun with the draft."""
    if form.deed not in ANSWERING or look not in LOOKS:
        return {}
    if look == "answer":
        return notes_context(form.viewer, form.page.case, typed)
    context = draft_context(form.viewer, form.page.case)
    if context["draft"] is not None and not typed.get("words", "").strip():
        form.initial["words"] = context["draft"].text
    return context


def draft_context(viewer: Viewer, case: Case) -> dict[str, Any]:
    """The draft, its text in stretches with the holes apart."""
    made = draft_for(viewer, case)
    holes = [f"【{slot.words}】" for slot in made.slots] if made else []
    parts: tuple[Part, ...] = marked(made.text, holes) if made else ()
    return {"draft": made, "draft_parts": parts, "drafted": True}


def notes_context(viewer: Viewer, case: Case, typed: Mapping[str, str]) -> dict[str, Any]:
    """What the answer lacks; `answer_checked` only where there was something to check."""
    if not typed.get("words", "").strip():
        return {"answer_checked": False, "answer_notes": ()}
    notes = check_answer(viewer, case, whole_answer(typed)[:_MOST_SIGNS])
    return {"answer_checked": True, "answer_notes": notes}


def whole_answer(typed: Mapping[str, str]) -> str:
    """The answer as the reporter will read it: basis, contact and day stand in rows of their own."""
    rows = [typed.get("words", "").strip()]
    if typed.get("basis", "").strip():
        rows.append(_("依据：%(basis)s") % {"basis": typed["basis"].strip()})
    if typed.get("contact", "").strip():
        rows.append(_("联系：%(contact)s") % {"contact": typed["contact"].strip()})
    day = typed.get("happened_at", "")[:10].split("-")
    if len(day) == 3 and all(part.isdecimal() for part in day):
        year, month, number = (int(part) for part in day)
        rows.append(f"办完的时间：{year} 年 {month} 月 {number} 日")
    return "\n".join(rows)


def _case(viewer: Viewer, number: str) -> Case:
    page = cases.case_page(viewer, number)
    if not any(deed in page.deeds for deed in ANSWERING):
        raise NotPermitted(_("答复由现在手里有这件事的人来写"))
    return page.case
