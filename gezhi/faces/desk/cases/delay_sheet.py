"""挂账/延期审批表: the request on paper, where offices sign it."""

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from gezhi.faces.desk.cases import delay_words
from gezhi.faces.desk.cases.case import handled_by, matter
from gezhi.faces.desk.cases.clock_words import whole_limit
from gezhi.faces.shell import moments, terms
from gezhi.faces.shell.access import staff_only
from gezhi.faces.shell.middleware import viewer_in
from gezhi.kernel import clock
from gezhi.kernel.digits import case_number
from gezhi.work.cases import queries as cases
from gezhi.work.cases.queries import CasePage, desk
from gezhi.work.cases.queries.delays import delays_in
from gezhi.work.cases.queries.desk import StageLine
from gezhi.work.cases.queries.detail import StepLine
from gezhi.work.cases.rules import Deed, Stage

_ASKS = (Deed.ASK_TO_HANG, Deed.ASK_TO_EXTEND)
_ANSWER_TO = {Deed.ASK_TO_HANG: Deed.HANG, Deed.ASK_TO_EXTEND: Deed.EXTEND}


@require_GET
@staff_only()
@moments.on_paper()
def delay_sheet(request: HttpRequest, number: str) -> HttpResponse:
    """The last request of this round with its answer; blank rows where nothing was asked yet, for
    what must be signed before it is asked. Unseen for a case that does not exist for the viewer."""
    viewer = viewer_in(request)
    page = cases.case_page(viewer, number)
    asked = next((step for step in reversed(page.steps) if _is_of_now(step, page)), None)
    context = {
        "page": page,
        "title": matter(page),
        "spoken_number": case_number(page.case.number),
        "handled_by": handled_by(page),
        "class_name": page.row.class_name,
        "place": page.row.place_words or page.place_name,
        "printed_at": clock.now(),
        **_clock(page, desk.stages(page.case)),
        **_request(page, asked),
    }
    return render(request, "desk/cases/delay_sheet.html", context)


def _is_of_now(step: StepLine, page: CasePage) -> bool:
    return step.deed in _ASKS and step.round == page.case.round


def _clock(page: CasePage, stages: Sequence[StageLine]) -> dict[str, Any]:
    handled = [line for line in stages if line.stage == Stage.HANDLING]
    if not handled:
        return {}
    line = handled[-1]
    return {"stage": line, "limit": whole_limit(line, delays_in(page))}


def _request(page: CasePage, asked: StepLine | None) -> dict[str, Any]:
    if asked is None:
        return {"asked": None}
    to_hang = asked.deed == Deed.ASK_TO_HANG
    answers = [
        step
        for step in page.steps
        if step.deed == _ANSWER_TO[Deed(asked.deed)] and step.serial > asked.serial
    ]
    wanted = (
        _("挂账，%(day)s复核") % {"day": delay_words.day_words(asked.detail.get("review", ""))}
        if to_hang
        else _("延期 %(amount)s")
        % {"amount": delay_words.amount_words(asked.detail["amount"], asked.detail["unit"])}
    )
    return {
        "asked": asked,
        "wanted": wanted,
        "reason": terms.label("delay_reasons", asked.reason_code),
        "answer": answers[0] if answers else None,
        "answer_words": delay_words.decided(answers[0]) if answers else "",
    }
