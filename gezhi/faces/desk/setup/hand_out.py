"""One-time passwords for the people of a sheet, shown this once."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from gezhi.faces.shell.access import posted_from, staff_only
from gezhi.faces.shell.middleware import viewer_in
from gezhi.ground.sheets import queries
from gezhi.kernel.errors import Unseen
from gezhi.kernel.rights import Right
from gezhi.records.posts.actions import hand_out
from gezhi.records.posts.staff_sheet import STAFF


@never_cache
@staff_only(Right.SET_UP)
@posted_from("desk:sheet_batch", "batch_id")
def staff_hand_out(request: HttpRequest, batch_id: int) -> HttpResponse:
    """Make and show a password for each account of a batch that nobody has logged in to."""
    viewer = viewer_in(request)
    batch = queries.batch(viewer, batch_id)
    if batch.sheet != STAFF.name:
        raise Unseen("")
    taken = hand_out(queries.made(batch, "user"), by=viewer)
    if taken:
        return render(request, "desk/setup/passwords.html", {"taken": taken})
    messages.info(request, _("这一批没有还没登录过的新账号。"))
    return HttpResponseRedirect(reverse("desk:sheet_batch", args=[batch_id]), status=303)
