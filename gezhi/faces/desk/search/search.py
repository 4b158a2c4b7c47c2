"""Finding a case by its number, a report's number, or words of its title and place."""

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_GET

from gezhi.faces.desk.confidential.opening import is_kept_from
from gezhi.faces.desk.queues.lists import Source, found, searched_for
from gezhi.faces.shell.access import staff_only
from gezhi.faces.shell.middleware import viewer_in
from gezhi.faces.shell.pages import page
from gezhi.kernel.digits import CASE_DIGITS, REPORT_DIGITS, number_in
from gezhi.work.cases.queries import desk

# A report's number and a case's.
LENGTHS = (REPORT_DIGITS, CASE_DIGITS)


@require_GET
@staff_only()
def search(request: HttpRequest) -> HttpResponse:
    """What the words find among the viewer's cases; a number of one case opens it at once."""
    typed = searched_for(request)
    viewer = viewer_in(request)
    plain = number_in(typed)
    if len(plain) in LENGTHS:
        number = desk.numbered(viewer, plain)
        if number:
            return HttpResponseRedirect(reverse("desk:case", args=[number]))
        if is_kept_from(viewer, plain):
            return HttpResponseRedirect(reverse("desk:confidential_case", args=[plain]))
    source = Source(find=typed)
    sections = found(viewer, source) if typed else []
    address = reverse("desk:search_export")
    context = {
        "search_words": typed,
        "source": source,
        "sections": sections,
        "export_url": f"{address}?{urlencode({'q': typed})}" if sections else "",
        "shows_state": True,
    }
    return page(
        request, "desk/search/search.html", context, parts={"list-body": "desk/queues/_found.html"}
    )
