"""今日: what waits for this worker, soonest first, and the three big deeds."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from gezhi.faces.pocket.bar import frame, grid_seat, workers_only
from gezhi.faces.shell.middleware import viewer_in
from gezhi.records.places import queries as places
from gezhi.work.cases import queries as cases

NEAREST = 5


@require_safe
@workers_only
def today(request: HttpRequest) -> HttpResponse:
    """At most five to-dos: questions of the centre and work to be checked, soonest first."""
    viewer = viewer_in(request)
    questions = cases.listing(viewer, "questions").rows
    inspections = cases.listing(viewer, "inspections").rows
    rows = sorted(questions + inspections, key=lambda row: (row.due_at is None, row.due_at))
    grid = grid_seat(viewer)
    context = frame(
        request,
        rows=rows[:NEAREST],
        more=len(rows) - NEAREST,
        open_rows=cases.listing(viewer, "open").rows[:NEAREST],
        place_words=places.names_of([grid]).get(grid, ""),
    )
    return render(request, "pocket/today.html", context)


@require_safe
@workers_only
def checks(request: HttpRequest) -> HttpResponse:
    """核查: others' work in this grid that wants somebody to look at it."""
    listing = cases.listing(viewer_in(request), "inspections", after=request.GET.get("after", ""))
    return render(
        request, "pocket/checks.html", frame(request, rows=listing.rows, after=listing.after)
    )


@require_safe
@workers_only
def mine(request: HttpRequest) -> HttpResponse:
    """我报的: what became of what this worker reported."""
    listing = cases.reported_by(viewer_in(request), after=request.GET.get("after", ""))
    return render(
        request, "pocket/mine.html", frame(request, rows=listing.rows, after=listing.after)
    )
