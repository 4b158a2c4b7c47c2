"""The bar under the thumb, and who may open these pages."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from gezhi.faces.pocket import registry
from gezhi.faces.shell.access import staff_only
from gezhi.faces.shell.middleware import viewer_in
from gezhi.faces.shell.parts import MenuEntry
from gezhi.kernel.rights import Right
from gezhi.kernel.viewer import Viewer
from gezhi.work.cases import queries as cases

workers_only = staff_only(Right.WALK_GRID)


def frame(request: HttpRequest, **context: Any) -> dict[str, Any]:
    """What every page of the pocket shows: the bar with what waits behind each of its pages."""
    waiting = cases.counts(viewer_in(request))
    menu = []
    for entry in registry.entries():
        url = reverse(entry.url_name)
        number = sum(waiting.get(queue, 0) for queue in entry.waits) or None
        menu.append(MenuEntry(str(entry.label), url, entry.icon, number, request.path == url))
    return {"menu": menu, **context}


def grid_words(viewer: Viewer) -> str:
    """The grids this worker looks after, as the head of the page says them."""
    names = (seat.area_name for seat in viewer.seats_for(Right.WALK_GRID))
    return "、".join(dict.fromkeys(name for name in names if name))


def see_other(url: str) -> HttpResponse:
    """After a deed the phone gets a page that can be loaded again without doing it twice."""
    return HttpResponseRedirect(url, status=303)
