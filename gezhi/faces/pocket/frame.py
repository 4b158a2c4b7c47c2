"""The bar under the thumb, and who may open these pages."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

from gezhi.faces.shell.access import staff_only
from gezhi.faces.shell.middleware import viewer_in
from gezhi.faces.shell.parts import MenuEntry
from gezhi.kernel.viewer import Role, Viewer
from gezhi.records.places import queries as places
from gezhi.work.cases import queries as cases

workers_only = staff_only(Role.GRID_WORKER)


def frame(request: HttpRequest, **context: Any) -> dict[str, Any]:
    """What every page of the pocket shows: four entries with what waits in them."""
    viewer = viewer_in(request)
    waiting = cases.counts(viewer)
    to_do = waiting.get("questions", 0) + waiting.get("inspections", 0)
    entries = (
        (_("今日"), "pocket:today", "home", to_do),
        (_("上报"), "pocket:report", "plus", 0),
        (_("自行处置"), "pocket:spot", "wrench", 0),
        (_("核查"), "pocket:checks", "check", waiting.get("inspections", 0)),
    )
    menu = [
        MenuEntry(label, reverse(name), icon, number or None, request.path == reverse(name))
        for label, name, icon, number in entries
    ]
    return {"menu": menu, **context}


def grid_words(viewer: Viewer) -> str:
    """The grids this worker looks after, as the head of the page says them."""
    grids = [seat.area_id for seat in viewer.seats_as(Role.GRID_WORKER)]
    names = places.names_of(grids)
    return "、".join(names[grid] for grid in grids if grid in names)


def see_other(url: str) -> HttpResponse:
    """After a deed the phone gets a page that can be loaded again without doing it twice."""
    return HttpResponseRedirect(url, status=303)
