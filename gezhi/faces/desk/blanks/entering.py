"""Typing papers in, by the keys alone: the number, Tab from row to row, Enter for the next paper."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from gezhi.faces.desk.blanks.forms import EntryForm
from gezhi.faces.shell.access import staff_only
from gezhi.faces.shell.middleware import viewer_in
from gezhi.ground.files.queries import signed_address
from gezhi.kernel.digits import report_number
from gezhi.kernel.errors import KeyReused, Refusal, Unseen
from gezhi.kernel.rights import Right
from gezhi.kernel.viewer import Viewer
from gezhi.work.blanks import actions, queries
from gezhi.work.blanks.rules import compound_in, number_of, spoken

# What this session typed in last, newest first: numbers of papers and of reports, and nothing else.
_SESSION = "blanks_typed_in"
_KEPT = 10
# The compound or road of the last paper: papers are collected house by house. No name, no number.
_PLACE = "blanks_place"
# Between a paper that became a report and the page of the next: the name of the draft it ended.
_DONE = "blanks_done"


@sensitive_post_parameters("phone", "name", "text")
@require_http_methods(["GET", "POST"])
@staff_only(Right.TAKE_IN)
def enter(request: HttpRequest) -> HttpResponse:
    """GET shows the paper to type in next (`?serial=` another); POST makes it a report and goes on.

    What is refused comes back with everything typed (422), an entered paper with the report it is.
    """
    viewer = viewer_in(request)
    if request.method == "GET":
        typed = request.GET.get("serial", "")[:40]
        following = queries.next_serial(viewer) if not typed else None
        serial = typed or (number_of(following) if following else "")
        return _shown(request, viewer, EntryForm(initial={"serial": serial}), serial)
    form = EntryForm(request.POST)
    if form.is_valid():
        try:
            done = actions.type_in(
                serial=form.cleaned_data["serial"],
                intake=form.intake(),
                box=form.cleaned_data["box"],
                by=viewer,
                key=form.key,
            )
        except KeyReused:
            form.add_error(None, _("刚才已经录过一次；内容又改了的话，请再按一次回车。"))
            form.take_new_key()
        except Unseen as refusal:
            form.add_error("serial", str(refusal.message))
        except Refusal as refusal:
            if refusal.field:
                form.refuse(refusal)
            else:
                form.add_error("serial", str(refusal.message))
        else:
            _keep(request, done)
            _keep_place(request, form)
            return HttpResponseRedirect(reverse("desk:blank_enter"), status=303)
    return _shown(request, viewer, form, request.POST.get("serial", "")[:40], status=422)


def _draft(request: HttpRequest, serial: str) -> str:
    """What the browser calls what was typed of a paper: each paper has a draft of its own, so that
    one that was refused never stands under the number of the next."""
    if "draft" in request.POST:
        return request.POST["draft"][:60]
    return f"blank-{serial}" if request.GET.get("serial") else f"blank-next-{serial}"


@require_POST
@staff_only(Right.TAKE_IN)
def look(request: HttpRequest) -> HttpResponse:
    """What is known of a number while it is typed (htmx): its photo, or the report it is already."""
    viewer = viewer_in(request)
    context = _known(viewer, request.POST.get("serial", "")[:40])
    return render(request, "desk/blanks/_known.html", context)


def _known(viewer: Viewer, typed: str) -> dict[str, Any]:
    if not typed.strip():
        return {}
    try:
        row = queries.blank(viewer, typed)
    except Refusal as refusal:
        return {"fault": str(refusal.message)}
    told = queries.entered(viewer, row)
    return {
        "blank": row,
        "told": told,
        "told_number": report_number(told.report_number) if told else "",
        "photo_url": signed_address(row.original_id, viewer)
        if row.original_id is not None and told is None
        else "",
    }


def _shown(
    request: HttpRequest, viewer: Viewer, form: EntryForm, serial: str, *, status: int = 200
) -> HttpResponse:
    kept: list[list[str]] = list(request.session.get(_SESSION, []))
    known = _known(viewer, serial)
    if "serial" in form.errors:
        # What is wrong with the number stands at its row already.
        known.pop("fault", None)
    context = {
        "form": form,
        "boxes": queries.boxes(),
        "kept": [
            (spoken(int(number[:-1])), report_number(report), number) for number, report in kept
        ],
        "waiting": [(spoken(row.serial), number_of(row.serial)) for row in queries.waiting(viewer)],
        "place_again": request.session.get(_PLACE, ""),
        # The draft of a paper ends once it is a report.
        "done": request.session.pop(_DONE, ""),
        "draft": _draft(request, serial),
        **known,
    }
    return render(request, "desk/blanks/enter.html", context, status=status)


def _keep(request: HttpRequest, done: actions.TypedIn) -> None:
    kept: list[list[str]] = list(request.session.get(_SESSION, []))
    line = [number_of(done.serial), done.receipt.number]
    request.session[_DONE] = _draft(request, line[0])
    request.session[_SESSION] = [line, *(one for one in kept if one != line)][:_KEPT]


def _keep_place(request: HttpRequest, form: EntryForm) -> None:
    """Of an open paper the words before the first number; what is confidential leaves nothing here."""
    if not form.cleaned_data["confidential"] and (
        place := compound_in(form.cleaned_data["place_words"])
    ):
        request.session[_PLACE] = place
