"""A case on the phone: what, where, the photos, and the deed the worker came for."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from gezhi.faces.pocket.cases.telling import steps
from gezhi.faces.pocket.frame import frame, workers_only
from gezhi.faces.shell.came_back import came_back
from gezhi.faces.shell.deadlines import color_of, due_words
from gezhi.faces.shell.middleware import viewer_in
from gezhi.faces.shell.pictures import photos as pictures
from gezhi.faces.shell.tags import tags
from gezhi.work.cases import queries
from gezhi.work.cases.queries import CasePage
from gezhi.work.cases.rules import Deed

# What a worker may have come for, the likeliest first; the first that can be done is the button.
CAME_FOR = (Deed.VERIFY, Deed.CHECK, Deed.HANDLE_ON_THE_SPOT)
URLS = {
    Deed.VERIFY: "pocket:verify",
    Deed.CHECK: "pocket:check",
    Deed.HANDLE_ON_THE_SPOT: "pocket:spot_case",
}


@require_safe
@workers_only
def case(request: HttpRequest, number: str) -> HttpResponse:
    """The case with its story in plain words; only deeds that can be done now have a button."""
    page = queries.case_page(viewer_in(request), number)
    context = case_context(request, page) | {
        "steps": steps(page, viewer_in(request)),
        "buttons": _buttons(page),
        "sent": "sent" in request.GET,
        "done": request.GET.get("done", "") if request.GET.get("done", "") in _DONE else "",
    }
    return render(request, "pocket/cases/case.html", context)


_DONE = {deed.value for deed in CAME_FOR}


def case_context(request: HttpRequest, page: CasePage, **rest: Any) -> dict[str, Any]:
    """The head of a case's pages: what it is, where, and the photos of whoever reported it."""
    first = page.reports[0] if page.reports else None
    photos = pictures(viewer_in(request), first.file_ids if first else (), _("反映时的照片"))
    return frame(
        request,
        page=page,
        row=page.row,
        matter_title=page.row.title,
        tags=tags(page.row),
        due_color=color_of(page.row),
        due_words=due_words(page.row),
        sent_back=came_back(page, viewer_in(request)),
        first=first,
        photos=photos,
        **rest,
    )


def _buttons(page: CasePage) -> list[tuple[str, str, str, str]]:
    """Label, address, icon and weight of the deeds that can be done now, the main one first."""
    words = {
        Deed.VERIFY: (_("去核实"), "check"),
        Deed.CHECK: (_("去核查"), "check"),
        Deed.HANDLE_ON_THE_SPOT: (_("我当场处置了"), "wrench"),
    }
    possible = [deed for deed in CAME_FOR if deed in page.deeds]
    return [
        (
            words[deed][0],
            reverse(URLS[deed], args=[page.case.number]),
            words[deed][1],
            "plain" if place else "main",
        )
        for place, deed in enumerate(possible)
    ]
