"""My inbox: what concerns my work, newest first; opening a line marks it read."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from gezhi.faces.desk import registry
from gezhi.faces.shell.access import posted_from, staff_only
from gezhi.faces.shell.middleware import viewer_in
from gezhi.ground.notices import actions, queries
from gezhi.ground.notices.queries import InboxLine
from gezhi.kernel.errors import Invalid
from gezhi.kernel.paging import BadCursor
from gezhi.kernel.viewer import Viewer
from gezhi.work.cases.queries import CaseRow, desk

SIZE = 30


@dataclass(frozen=True, slots=True)
class NoticeLine:
    """A line of the inbox with the case it speaks of, called as in every list of its viewer; of
    another kind `leads` where it speaks of a page."""

    notice: InboxLine
    title: str
    community: str
    leads: bool


@require_GET
@staff_only()
def notices(request: HttpRequest) -> HttpResponse:
    """One page of the viewer's own inbox; refuses (Invalid) a place that was never a page."""
    viewer = viewer_in(request)
    try:
        page = queries.inbox(viewer, after=request.GET.get("after", ""), size=SIZE)
    except BadCursor as error:
        raise Invalid(_("翻页的位置不对，请从第一页重新打开")) from error
    context = {
        "notices": with_matters(viewer, page.rows),
        "next_url": f"{reverse('desk:notices')}?after={page.after}" if page.after else "",
        "unread": any(not row.is_read for row in page.rows),
    }
    return render(request, "desk/notices/notices.html", context)


def with_matters(viewer: Viewer, rows: Sequence[InboxLine]) -> list[NoticeLine]:
    """The lines with their cases; a case the viewer no longer sees keeps only its number."""
    numbers = [row.subject_number for row in rows if row.subject_kind == "case"]
    known = {row.number: row for row in desk.by_numbers(viewer, numbers)} if numbers else {}
    return [_line(row, known.get(row.subject_number)) for row in rows]


def _line(notice: InboxLine, case: CaseRow | None) -> NoticeLine:
    if case is None:
        gone = _("已经不归您办") if notice.subject_kind == "case" else ""
        leads = bool(gone or registry.notice_url(notice.kind))
        return NoticeLine(notice, title=gone, community="", leads=leads)
    return NoticeLine(notice, title=case.title, community=case.community_name, leads=True)


@staff_only()
@posted_from("desk:notices")
def open_notice(request: HttpRequest, notice_id: int) -> HttpResponse:
    """Mark one line of the own inbox read and go to what it speaks of; another's is left alone."""
    viewer = viewer_in(request)
    actions.mark_read([notice_id], by=viewer)
    number = request.POST.get("number", "")
    known = number.isascii() and number.isdigit() and len(number) == 21
    if known:
        url = reverse("desk:case", args=[number])
    else:
        url = registry.notice_url(request.POST.get("kind", "")) or reverse("desk:notices")
    return HttpResponseRedirect(url, status=303)


@staff_only()
@posted_from("desk:notices")
def read_all(request: HttpRequest) -> HttpResponse:
    """Mark the whole own inbox read."""
    actions.mark_all_read(by=viewer_in(request))
    return HttpResponseRedirect(reverse("desk:notices"), status=303)
