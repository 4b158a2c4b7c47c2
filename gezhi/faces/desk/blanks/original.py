"""One paper: what became of it, and its photo once somebody says what for."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from gezhi.faces.shell.access import staff_only
from gezhi.faces.shell.middleware import viewer_in
from gezhi.faces.shell.taking import PurposeForm
from gezhi.ground.files.queries import signed_address
from gezhi.kernel.digits import report_number
from gezhi.kernel.errors import Invalid, Unseen
from gezhi.kernel.rights import Right
from gezhi.work.blanks import actions, queries
from gezhi.work.blanks.rules import spoken


@require_http_methods(["GET", "POST"])
@staff_only(Right.TAKE_IN)
def blank(request: HttpRequest, number: str) -> HttpResponse:
    """GET says which report it became; POST, with a purpose, shows the photo of a paper that was
    typed in. Unseen for a number that was never printed in the viewer's areas."""
    viewer = viewer_in(request)
    try:
        row = queries.blank(viewer, number)
    except Invalid as refusal:
        raise Unseen(refusal.message) from refusal
    told = queries.entered(viewer, row)
    form = PurposeForm(request.POST or None)
    photo_url = ""
    if request.method == "POST" and form.is_valid() and told is not None:
        purpose = form.cleaned_data["purpose"]
        opened = actions.open_original(serial=number, by=viewer, purpose=purpose)
        photo_url = signed_address(opened.original_id or 0, viewer)
    has_photo = row.original_id is not None and queries.may_look(viewer, row.original_id)
    context = {
        "number": spoken(row.serial),
        "told": told,
        "told_number": report_number(told.report_number) if told else "",
        "case_url": reverse("desk:case", args=[told.case_number])
        if told and told.case_number
        else "",
        "enter_url": f"{reverse('desk:blank_enter')}?serial={number}",
        "has_photo": has_photo,
        "photo_url": photo_url,
        "form": form,
    }
    status = form.status if request.method == "POST" else 200
    return render(request, "desk/blanks/blank.html", context, status=status)
