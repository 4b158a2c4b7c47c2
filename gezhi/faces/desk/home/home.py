"""The first page of a day, put together from what the rooms of the desk have for this viewer."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from gezhi.faces.desk import registry
from gezhi.faces.shell.access import staff_only
from gezhi.faces.shell.menu import entries_for
from gezhi.faces.shell.middleware import viewer_in

# As many narrow pieces stand beside each other; the others follow below.
COLUMNS = 2


@require_GET
@staff_only()
def home(request: HttpRequest) -> HttpResponse:
    """What waits for the viewer, piece by piece; who has nothing to do here is told so."""
    viewer = viewer_in(request)
    menu = entries_for(viewer, request.path)
    parts = list(registry.home_parts(viewer, menu))
    columns = [part for part in parts if part.column][:COLUMNS]
    context = {
        "menu": menu,
        "tools": registry.tools(viewer),
        "columns": columns,
        "below": [part for part in parts if part not in columns],
    }
    return render(request, "desk/home/home.html", context)
