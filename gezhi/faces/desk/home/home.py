"""The first page of a day, put together from what the rooms of the desk have for this viewer."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
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
    """What waits for the viewer, piece by piece; who does not work with cases goes on to the page
    their own work begins at."""
    viewer = viewer_in(request)
    own = registry.first_page(viewer)
    if own:
        return HttpResponseRedirect(reverse(own))
    menu = entries_for(viewer, request.path)
    parts = list(registry.home_parts(viewer, menu))
    columns = [part for part in parts if part.column][:COLUMNS]
    context = {
        "menu": menu,
        "tools": registry.tools(viewer),
        "columns": columns,
        "above": [part for part in parts if part.above],
        "below": [part for part in parts if part not in columns and not part.above],
    }
    return render(request, "desk/home/home.html", context)
