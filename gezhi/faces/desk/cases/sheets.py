"""What offices sign about a case besides its file: 督办单, 吹哨报到单, 裁决单."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from gezhi.faces.desk.cases.beside_words import supervised_as, whistled_as
from gezhi.faces.desk.cases.case import facts, handled_by, matter
from gezhi.faces.desk.cases.ruling_words import ruled_as
from gezhi.faces.shell import moments
from gezhi.faces.shell.access import staff_only
from gezhi.faces.shell.middleware import viewer_in
from gezhi.kernel import clock
from gezhi.kernel.digits import case_number
from gezhi.kernel.errors import Unseen
from gezhi.work.cases import queries as cases


@require_GET
@staff_only()
@moments.on_paper()
def supervision(request: HttpRequest, number: str) -> HttpResponse:
    """督办单 of the last supervision; Unseen for a case that never had one, or is not the viewer's."""
    page = cases.case_page(viewer_in(request), number)
    line = cases.last_supervision(page.case)
    if line is None:
        raise Unseen(_("这件事没有督办过"))
    context = {**_head(page), "supervised": supervised_as(page, line)}
    return render(request, "desk/cases/supervision_sheet.html", context)


@require_GET
@staff_only()
@moments.on_paper()
def whistle(request: HttpRequest, number: str) -> HttpResponse:
    """吹哨报到单 of the last whistle; Unseen for a case that never had one, or is not the viewer's."""
    page = cases.case_page(viewer_in(request), number)
    line = cases.last_whistle(page.case)
    if line is None:
        raise Unseen(_("这件事没有吹过哨"))
    context = {**_head(page), "whistled": whistled_as(page, line)}
    return render(request, "desk/cases/whistle_sheet.html", context)


@require_GET
@staff_only()
@moments.on_paper()
def ruling(request: HttpRequest, number: str) -> HttpResponse:
    """裁决单 of the last dispute, with room to write while it waits; Unseen for a case that never had
    one, or is not the viewer's."""
    page = cases.case_page(viewer_in(request), number)
    line = cases.last_ruling(page.case)
    if line is None:
        raise Unseen(_("这件事没有提请过裁决"))
    context = {**_head(page), "ruled": ruled_as(page, line)}
    return render(request, "desk/cases/ruling_sheet.html", context)


def _head(page: cases.CasePage) -> dict[str, Any]:
    return {
        "page": page,
        "title": matter(page),
        "spoken_number": case_number(page.case.number),
        "handled_by": handled_by(page),
        "facts": facts(page),
        "printed_at": clock.now(),
    }
