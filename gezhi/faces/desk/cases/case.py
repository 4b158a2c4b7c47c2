"""One case: what was said, where it stands, its clocks and story, and what can be done now."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from gezhi.faces.desk.cases import deed_words
from gezhi.faces.desk.cases.about import facts, handled_by, matter
from gezhi.faces.desk.cases.advice import advice
from gezhi.faces.desk.cases.advice_words import Part, marked
from gezhi.faces.desk.cases.beside_words import owed, supervised, whistled
from gezhi.faces.desk.cases.calls import calls
from gezhi.faces.desk.cases.clock_words import running, stage_words
from gezhi.faces.desk.cases.deed_buttons import buttons
from gezhi.faces.desk.cases.deeds import DeedForm
from gezhi.faces.desk.cases.likeness import SameLine, same_lines
from gezhi.faces.desk.cases.paper import papers_of
from gezhi.faces.desk.cases.ruling_words import ruled
from gezhi.faces.desk.cases.timeline import story
from gezhi.faces.desk.confidential.opening import is_kept_from, opened_words, told_instead
from gezhi.faces.desk.queues.case_list import CaseList, opened_from
from gezhi.faces.desk.queues.lines import Line, lines, with_query
from gezhi.faces.desk.queues.list_page import listed
from gezhi.faces.shell import moments, terms
from gezhi.faces.shell.access import staff_only
from gezhi.faces.shell.came_back import came_back
from gezhi.faces.shell.deadlines import next_words
from gezhi.faces.shell.middleware import viewer_in
from gezhi.faces.shell.pages import page as whole_or_part
from gezhi.faces.shell.parts import Photo
from gezhi.faces.shell.pictures import photos
from gezhi.faces.shell.tags import tags
from gezhi.kernel import clock
from gezhi.kernel.digits import CASE_DIGITS, REPORT_DIGITS, case_number
from gezhi.kernel.errors import Unseen
from gezhi.kernel.rights import Right
from gezhi.kernel.viewer import Viewer
from gezhi.work.cases import queries as cases
from gezhi.work.cases.actions.reveal import OpenContact
from gezhi.work.cases.queries import CasePage, desk
from gezhi.work.cases.queries.delays import delays_in
from gezhi.work.cases.queries.detail import ReportLine
from gezhi.work.cases.rules import Deed, Sight, State
from gezhi.work.invitations.queries import InvitationLine, of_case

INTAKE = (Deed.ACCEPT, Deed.MERGE)


@dataclass(frozen=True, slots=True)
class ShownReport:
    """One report with its photos and the way to its contact."""

    report: ReportLine
    channel: str
    photos: list[Photo]
    reveal_url: str
    resolved: str
    satisfied: str
    # Of which doing it was said, where the case was done more than once.
    rated_of: str
    opened: OpenContact | None = None
    parts: tuple[Part, ...] = ()


@require_GET
@staff_only()
def case(request: HttpRequest, number: str) -> HttpResponse:
    """The page of one case; Unseen when it does not exist for the viewer.

    Whoever may know of a restricted one and not read it is led to where the need is asked.
    """
    viewer = viewer_in(request)
    try:
        page = cases.case_page(viewer, number)
    except Unseen:
        if not is_kept_from(viewer, number):
            raise
        return HttpResponseRedirect(reverse("desk:confidential_case", args=[number]))
    return show(request, page)


def show(
    request: HttpRequest,
    page: CasePage,
    *,
    form: DeedForm | None = None,
    status: int = 200,
    opened: dict[int, OpenContact] | None = None,
    **extra: Any,
) -> HttpResponse:
    """The page of a case, or its pane for htmx, with a deed's form open in it if there is one."""
    viewer = viewer_in(request)
    case_list = opened_from(request)
    context = {**case_context(viewer, page, case_list, opened or {}), "form": form, **extra}
    template = "desk/cases/case.html"
    if request.headers.get("HX-Target") != "case" and case_list is not None:
        context |= listed(viewer, case_list, current=page.case.number)
        template = "desk/cases/beside_list.html"
    return whole_or_part(
        request, template, context, parts={"case": "desk/cases/_pane.html"}, status=status
    )


def case_context(
    viewer: Viewer, page: CasePage, case_list: CaseList | None, opened: dict[int, OpenContact]
) -> dict[str, Any]:
    """Everything the pane of a case shows."""
    query = case_list.query if case_list else ""
    stages = desk.stages(page.case)
    delays = delays_in(page)
    advised = advice(viewer, page)
    spoke = advised.spoke if advised else ()
    spoken = reports(viewer, page, opened, query, spoke)
    return {
        "page": page,
        "row": page.row,
        "title": page.row.title,
        "tags": tags(page.row),
        "sent_back": came_back(page, viewer),
        "spoken_number": case_number(page.case.number),
        "case_url": with_query(reverse("desk:case", args=[page.case.number]), query),
        "sheet_url": reverse("desk:sheet", args=[page.case.number]),
        "papers": papers_of(viewer, page),
        "back_url": case_list.url if case_list else reverse("desk:home"),
        "case_list": case_list,
        "reports": spoken,
        "told_instead": told_instead(page),
        "merged": merged(viewer, page),
        "is_asked": page.sight is Sight.QUESTION,
        "opened_words": opened_words(viewer, page),
        "report_parts": spoken[0].parts if spoken else (),
        "facts": facts(page),
        "clock": running(page, stages, delays),
        "next_due": next_words(page),
        # Newest first, as every story on a screen; paper turns them round.
        "stages": stage_words(stages, delays)[::-1],
        "steps": story(page, viewer, stages),
        "assignments": page.assignments[::-1],
        "owed": owed(page, viewer),
        "calls": calls(viewer, page),
        "invitations": invitations(viewer, page),
        "supervision": supervised(page),
        "whistle": whistled(page),
        "ruling": ruled(page),
        "handled_by": handled_by(page),
        "result": result(viewer, page),
        **alike(viewer, page, query),
        "advice": advised,
        "buttons": buttons(page, query, advised),
        "shows_contact": page.shows_contact,
    }


def invitations(viewer: Viewer, page: CasePage) -> Sequence[InvitationLine]:
    """The links units without accounts were given; only a case sent to one has any."""
    invited = any(step.deed == Deed.INVITE for step in page.steps)
    return of_case(viewer, page.case.pk) if invited else ()


@dataclass(frozen=True, slots=True)
class Merged:
    """The case that this one went to; `url` is "" to whoever may not open it."""

    number: str
    url: str


def merged(viewer: Viewer, page: CasePage) -> Merged | None:
    """Where the reports of a merged case are now; None for any other."""
    if not page.merged_into:
        return None
    seen = desk.by_numbers(viewer, [page.merged_into])
    url = reverse("desk:case", args=[page.merged_into]) if seen else ""
    return Merged(case_number(page.merged_into), url)


def reports(
    viewer: Viewer,
    page: CasePage,
    opened: dict[int, OpenContact],
    query: str,
    spoke: Sequence[str] = (),
) -> list[ShownReport]:
    """The reports of the case; a contact stands masked until it is opened for a purpose.

    What spoke for the advice is marked in the first report, which is what was read for it.
    """
    may_reveal = viewer.may(Right.SEE_CONTACT)
    return [
        ShownReport(
            report=report,
            channel=terms.label("channels", report.channel),
            photos=photos(viewer, report.file_ids, _("反映人的照片")),
            reveal_url=with_query(
                reverse("desk:reveal", args=[page.case.number, report.number]), query
            )
            if may_reveal and report.has_contact
            else "",
            resolved=str(deed_words.RESOLVED.get(report.resolved, "")),
            satisfied=str(deed_words.SATISFIED.get(report.satisfied, "")),
            rated_of=_rated_of(page, report),
            opened=opened.get(report.report_id),
            parts=marked(report.text, () if place else spoke),
        )
        for place, report in enumerate(page.reports)
    ]


def _rated_of(page: CasePage, report: ReportLine) -> str:
    if report.rated_at is None or page.case.round == 1:
        return ""
    rating = next(
        (
            step
            for step in page.steps
            if step.deed in (Deed.RATE, Deed.CALL_BACK) and step.recorded_at == report.rated_at
        ),
        None,
    )
    return _("第 %(number)d 次办理的评价") % {"number": rating.round} if rating else ""


def result(viewer: Viewer, page: CasePage) -> dict[str, Any] | None:
    """What was done, beside each other before and after, for whoever must check or close it."""
    if page.case.state not in (State.CHECKING, State.CLOSED):
        return None
    found = desk.results(viewer, [page.case.number]).get(page.case.number)
    if found is None or found.done_at is None:
        return None
    return {
        "result": found,
        "before": photos(viewer, found.before_ids, _("办理前")),
        "after": photos(viewer, found.after_ids, _("办理后")),
        "check": photos(viewer, found.check_ids, _("核查照片")),
    }


def alike(viewer: Viewer, page: CasePage, query: str) -> dict[str, Sequence[SameLine | Line]]:
    """Cases it may be the same as, while it can still be merged: by likeness, else what lies near."""
    # What is to be kept is laid beside nothing: merged, it would be read with the other.
    if page.case.is_restricted or not any(deed in page.deeds for deed in INTAKE):
        return {"same": (), "near": ()}
    same = same_lines(viewer, page.case, may_merge=Deed.MERGE in page.deeds, query=query)
    return {"same": same, "near": () if same else lines(desk.near(viewer, page.case, limit=3))}


def numbered(viewer: Viewer, number: str) -> str:
    """The address of the case with this number, or with a report of it; "" for none of theirs."""
    if len(number) not in (REPORT_DIGITS, CASE_DIGITS):
        return ""
    found = desk.numbered(viewer, number)
    return reverse("desk:case", args=[found]) if found else ""


@require_GET
@staff_only()
@moments.on_paper()
def sheet(request: HttpRequest, number: str) -> HttpResponse:
    """案卷: the case on paper, with everything a file needs and the contact masked."""
    viewer = viewer_in(request)
    page = cases.case_page(viewer, number)
    context = case_context(viewer, page, None, {})
    for name in ("stages", "steps", "assignments"):
        context[name] = context[name][::-1]
    context["title"] = matter(page)
    context["printed_at"] = clock.now()
    return render(request, "desk/cases/sheet.html", context)
