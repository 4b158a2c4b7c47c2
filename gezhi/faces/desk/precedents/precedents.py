"""派单先例: the list of what was ruled, and ending one."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from gezhi.faces.shell import terms
from gezhi.faces.shell.access import staff_only
from gezhi.faces.shell.confirming import Question, asked_first
from gezhi.faces.shell.middleware import viewer_in
from gezhi.faces.shell.paging import export_url, numbered, typed_words
from gezhi.kernel.rights import Right
from gezhi.work.cases import actions
from gezhi.work.cases.queries import precedents as queries


@require_GET
@staff_only(Right.READ_PRECEDENTS)
def precedents(request: HttpRequest) -> HttpResponse:
    """Those in force, or with `?show=ended` those that ended; found by words."""
    viewer = viewer_in(request)
    words = typed_words(request)
    ended = request.GET.get("show") == "ended"
    page = numbered(request, queries.precedents(viewer, words, ended=ended))
    cases = queries.cases_of(viewer, page.rows)
    context = {
        "rows": [
            (row, terms.label("matters", row.class_code), cases.get(row.pk, ""))
            for row in page.rows
        ],
        "words": words,
        "page": page,
        "ended": ended,
        "export_url": export_url(request, reverse("desk:precedents_export")),
        "may_end": viewer.may(Right.RULE) and not ended,
    }
    return render(request, "desk/precedents/precedents.html", context)


@require_http_methods(["GET", "POST"])
@staff_only(Right.RULE)
def precedent_end(request: HttpRequest, precedent_id: int) -> HttpResponse:
    """End one from today; asks first."""
    viewer = viewer_in(request)
    row = queries.get_precedent(viewer, precedent_id)
    words = _("从今天起，“%(wording)s”不再提示派给%(unit)s。已经照它派出的事不变。")
    question = Question(
        title=_("结束这条先例？"),
        text=words % {"wording": row.wording, "unit": row.unit.name},
        deed=_("结束先例"),
        done=_("已结束。"),
        back_url=reverse("desk:precedents"),
    )
    return asked_first(request, question, lambda: actions.end_precedent(precedent=row, by=viewer))
