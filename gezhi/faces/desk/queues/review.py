"""Ending several cases at once, each with its result and photos in sight; never for others."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from gezhi.faces.desk.queues.case_list import of_queue
from gezhi.faces.desk.queues.lines import Line, lines
from gezhi.faces.desk.queues.list_page import REVIEWED
from gezhi.faces.shell import menu
from gezhi.faces.shell.access import staff_only
from gezhi.faces.shell.forms import key_in
from gezhi.faces.shell.middleware import viewer_in
from gezhi.faces.shell.pictures import photos
from gezhi.kernel.errors import Refusal, Unseen
from gezhi.kernel.viewer import Viewer
from gezhi.work.cases import actions
from gezhi.work.cases import queries as cases
from gezhi.work.cases.actions import Outcome
from gezhi.work.cases.keys import derived
from gezhi.work.cases.queries import desk

MOST = cases.queues.PAGE_SIZE


@require_http_methods(["GET", "POST"])
@staff_only()
def review(request: HttpRequest, name: str) -> HttpResponse:
    """GET shows the first cases of `spot` or `closing` with what was done and seen; POST ends the
    ticked ones, each in its own transaction, and says which were not ended and why.

    Unseen for any other queue and for whoever does not have this one.
    """
    viewer = viewer_in(request)
    if name not in REVIEWED or name not in {row.name for row in cases.queues_for(viewer)}:
        raise Unseen(_("没有这个队列"))
    refused: dict[str, str] = {}
    ticked: list[str] = []
    if request.method == "POST":
        ticked = list(dict.fromkeys(request.POST.getlist("number")))[:MOST]
        key = key_in(request.POST)
        if not ticked:
            messages.warning(request, _("还没有勾选要办结的。看过办理结果，再在前面打勾。"))
        else:
            outcomes = end(viewer, name, ticked, key)
            refused = {row.number: row.message for row in outcomes if not row.done}
            _tell(request, outcomes)
            if not refused:
                return HttpResponseRedirect(reverse("desk:review", args=[name]), status=303)
    return _shown(request, viewer, name, refused, ticked)


def end(viewer: Viewer, name: str, numbers: list[str], key: str) -> list[Outcome]:
    """Pass or close each of the cases; one refused does not keep the others."""
    if name == "spot":
        return actions.pass_on_the_spot(numbers=numbers, by=viewer, key=key)
    outcomes = []
    for number in numbers:
        try:
            actions.close(number=number, by=viewer, key=derived(key, number))
            outcomes.append(Outcome(number, True))
        except Refusal as refusal:
            outcomes.append(Outcome(number, False, str(refusal.message)))
    return outcomes


def _tell(request: HttpRequest, outcomes: list[Outcome]) -> None:
    done = sum(row.done for row in outcomes)
    if done:
        words = ngettext("已办结 %(number)d 件。", "已办结 %(number)d 件。", done)
        messages.success(request, words % {"number": done})
    left = len(outcomes) - done
    if left:
        words = ngettext(
            "有 %(number)d 件没有办结，原因写在下面。",
            "有 %(number)d 件没有办结，原因写在下面。",
            left,
        )
        messages.warning(request, words % {"number": left})


def _shown(
    request: HttpRequest, viewer: Viewer, name: str, refused: dict[str, str], ticked: list[str]
) -> HttpResponse:
    case_list = of_queue(name, {})
    menu.stand_at(request, case_list.url)
    listing = cases.listing(viewer, name)
    results = desk.results(viewer, [row.number for row in listing.rows])
    items = [
        _item(viewer, line, results.get(line.row.number), refused, ticked)
        for line in lines(listing.rows, query=case_list.query)
    ]
    context = {
        "case_list": case_list,
        "queue": name,
        "items": items,
        "has_more": bool(listing.after),
        "most": MOST,
    }
    return render(request, "desk/queues/review.html", context)


def _item(
    viewer: Viewer,
    line: Line,
    result: desk.Result | None,
    refused: dict[str, str],
    ticked: list[str],
) -> dict[str, object]:
    number = line.row.number
    return {
        "line": line,
        "result": result,
        "before": photos(viewer, result.before_ids, _("处置前")) if result else [],
        "after": photos(viewer, result.after_ids, _("处置后")) if result else [],
        "check": photos(viewer, result.check_ids, _("核查照片")) if result else [],
        "refused": refused.get(number, ""),
        "ticked": number in ticked and number in refused,
    }
