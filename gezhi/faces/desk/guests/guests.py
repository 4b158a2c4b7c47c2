"""临时链接: which units without accounts have one, who gave it, and who opened it when."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from gezhi.faces.shell.access import staff_only
from gezhi.faces.shell.middleware import viewer_in
from gezhi.kernel.errors import Invalid
from gezhi.kernel.paging import BadCursor
from gezhi.kernel.rights import Right
from gezhi.work.invitations import queries


@require_GET
@staff_only(Right.SEE_GUESTS)
def guests(request: HttpRequest) -> HttpResponse:
    """Those that hold, or with `?show=ended` those that do not any more; newest first."""
    ended = request.GET.get("show") == "ended"
    try:
        page = queries.listed(viewer_in(request), ended=ended, after=request.GET.get("after", ""))
    except BadCursor as error:
        raise Invalid(_("翻页的位置不对，请从第一页重新打开")) from error
    shown = "show=ended&" if ended else ""
    next_url = f"{reverse('desk:guests')}?{shown}after={page.after}" if page.after else ""
    context = {"rows": page.rows, "ended": ended, "next_url": next_url}
    return render(request, "desk/guests/guests.html", context)
