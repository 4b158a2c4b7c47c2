"""Photos of filled papers: the code on each says which paper it is, else its number is typed."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from gezhi.faces.desk.blanks.forms import PhotosForm
from gezhi.faces.shell.access import staff_only
from gezhi.faces.shell.bodies import PHOTOS_BYTES, takes_up_to
from gezhi.faces.shell.middleware import viewer_in
from gezhi.faces.shell.uploads import Prepared
from gezhi.ground.files.actions import PreparedPhoto
from gezhi.ground.files.marks import code_on
from gezhi.kernel.errors import Refusal
from gezhi.kernel.rights import Right
from gezhi.kernel.viewer import Viewer
from gezhi.work.blanks import actions
from gezhi.work.blanks.rules import spoken


@takes_up_to(PHOTOS_BYTES)
@require_http_methods(["GET", "POST"])
@staff_only(Right.TAKE_IN)
def photos(request: HttpRequest) -> HttpResponse:
    """GET asks for photos; POST keeps each with its paper.

    Of those whose code cannot be read the first takes the number that is typed; the others stay on
    the page (422) until theirs is typed too. Nothing that was kept is lost by it.
    """
    viewer = viewer_in(request)
    if request.method == "GET":
        return _shown(request, PhotosForm())
    form = PhotosForm(request.POST, request.FILES)
    valid = form.is_valid()
    if not form.pictures():
        if valid:
            form.add_error("photos", _("先选照片，再按“存下”"))
        return _shown(request, form, status=422)
    left, numbers = _stored(viewer, form)
    if numbers:
        told = _("存好 %(number)d 张：%(papers)s。") % {
            "number": len(numbers),
            "papers": "、".join(numbers),
        }
        messages.success(request, told)
    if not left and not form.errors:
        return HttpResponseRedirect(reverse("desk:blank_enter"), status=303)
    form.held["photos"] = Prepared(tuple(left))
    return _shown(request, form, status=422)


def _stored(viewer: Viewer, form: PhotosForm) -> tuple[list[PreparedPhoto], list[str]]:
    """The photos still without a paper, and the numbers of those that were kept."""
    typed = str(form.cleaned_data.get("serial", ""))
    left, numbers = [], []
    for photo in form.pictures():
        serial = code_on(photo)
        if not serial:
            serial, typed = typed, ""
        if not serial:
            left.append(photo)
            continue
        try:
            row = actions.keep_original(serial=serial, photo=photo, by=viewer)
        except Refusal as refusal:
            form.add_error("serial", str(refusal.message))
            left.append(photo)
        else:
            numbers.append(spoken(row.serial))
    if left and "serial" not in form.errors:
        words = _("有 %(number)d 张读不出二维码。看着第一张，写上它的表号，再按一次“存下”。")
        form.add_error("serial", words % {"number": len(left)})
    return left, numbers


def _shown(request: HttpRequest, form: PhotosForm, *, status: int = 200) -> HttpResponse:
    context: dict[str, Any] = {"form": form}
    return render(request, "desk/blanks/photos.html", context, status=status)
