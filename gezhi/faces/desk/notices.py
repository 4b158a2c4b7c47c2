"""My inbox: what concerns my work, newest first; opening a line marks it read."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from gezhi.faces.shell.access import staff_only
from gezhi.faces.shell.middleware import viewer_in
from gezhi.ground.notices import actions, queries
from gezhi.kernel.errors import Invalid
from gezhi.kernel.paging import BadCursor

SIZE = 30


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
        "notices": page.rows,
        "next_url": f"{reverse('desk:notices')}?after={page.after}" if page.after else "",
        "unread": queries.unread_count(viewer),
    }
    return render(request, "desk/notices/notices.html", context)


@require_POST
@staff_only()
def open_notice(request: HttpRequest, notice_id: int) -> HttpResponse:
    """Mark one line of the own inbox read and go to what it speaks of; another's is left alone."""
    viewer = viewer_in(request)
    actions.mark_read([notice_id], by=viewer)
    number = request.POST.get("number", "")
    known = number.isascii() and number.isdigit() and len(number) == 21
    url = reverse("desk:case", args=[number]) if known else reverse("desk:notices")
    return HttpResponseRedirect(url, status=303)


@require_POST
@staff_only()
def read_all(request: HttpRequest) -> HttpResponse:
    """Mark the whole own inbox read."""
    actions.mark_all_read(by=viewer_in(request))
    return HttpResponseRedirect(reverse("desk:notices"), status=303)
