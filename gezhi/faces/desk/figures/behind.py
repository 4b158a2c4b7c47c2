"""The cases behind a figure: one line for each time one was counted."""

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from gezhi.faces.desk.figures.asked import asked_in, period_words
from gezhi.faces.desk.queues.lines import lines
from gezhi.faces.shell import menu
from gezhi.faces.shell.access import staff_only
from gezhi.faces.shell.marks import STATES
from gezhi.faces.shell.middleware import viewer_in
from gezhi.insight.figures import queries
from gezhi.insight.figures.counters import COUNTERS
from gezhi.insight.figures.queries import PAGE_SIZE, Behind
from gezhi.kernel.rights import Right


@require_GET
@staff_only(Right.READ_FIGURES)
def cases(request: HttpRequest, indicator: str, side: str) -> HttpResponse:
    """The cases of the numerator or denominator in a period, of one unit where `&by=unit&of=…`.

    Unseen for an indicator or a way of telling apart that is none of the viewer's.
    """
    viewer, asked = viewer_in(request), asked_in(request)
    key, page = request.GET.get("of", "")[:40], _page_in(request)
    found = queries.behind(viewer, indicator, side, asked.period, asked.by, key, page=page)
    menu.stand_at(request, reverse("desk:figures"))
    names = found.indicator.numerator if side == "numerator" else found.indicator.denominator
    last, url = page * PAGE_SIZE, asked.cases_url(indicator, side, key)
    context = {
        "title": found.indicator.name,
        "what": " + ".join(str(COUNTERS[name].words) for name in names),
        "period": period_words(asked.period),
        "frozen": None if found.frozen == found.total else found.frozen,
        "told": queries.name_of(asked.by, key),
        "found": found,
        "lines": [(one, str(STATES[one.row.shown_state][1])) for one in lines(found.rows)],
        "back_url": asked.url,
        "previous_url": _page_url(url, page - 1) if page > 1 else "",
        "next_url": _page_url(url, page + 1) if last < found.shown else "",
        "page_words": _page_words(found, page),
    }
    return render(request, "desk/figures/cases.html", context)


def _page_in(request: HttpRequest) -> int:
    typed = request.GET.get("page", "")
    return max(1, int(typed)) if typed.isascii() and typed.isdigit() and len(typed) < 6 else 1


def _page_url(url: str, page: int) -> str:
    return f"{url}&{urlencode({'page': page})}"


def _page_words(found: Behind, page: int) -> str:
    first = (page - 1) * PAGE_SIZE
    return _("第 %(first)s–%(last)s 条，共 %(total)s 条") % {
        "first": first + 1,
        "last": first + len(found.rows),
        "total": found.shown,
    }
