"""Finding a case by its number, a report's number, or words of its title and place."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from gezhi.faces.desk.source import Source, listed
from gezhi.faces.shell.access import staff_only
from gezhi.faces.shell.middleware import viewer_in
from gezhi.faces.shell.pages import page

LENGTHS = (13, 21)


@require_GET
@staff_only()
def search(request: HttpRequest) -> HttpResponse:
    """What the words find among the viewer's cases; a number of one case opens it at once."""
    typed = " ".join(request.GET.get("q", "").split())[:60]
    digits = typed.replace(" ", "")
    is_number = digits.isascii() and digits.isdigit() and len(digits) in LENGTHS
    typed = digits if is_number else typed
    context: dict[str, Any] = {"search_words": typed, "source": Source(find=typed), "sections": []}
    if typed:
        context = context | listed(viewer_in(request), Source(find=typed))
        found = [line for _title, lines in context["sections"] for line in lines]
        if is_number and len(found) == 1:
            return HttpResponseRedirect(found[0].url.split("?")[0])
    context["shows_state"] = True
    context["list_title"] = _("查找")
    return page(
        request, "desk/queues/search.html", context, parts={"list": "desk/queues/_found.html"}
    )
