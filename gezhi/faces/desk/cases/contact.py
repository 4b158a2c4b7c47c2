"""Opening a reporter's contact: for a named purpose, recorded, shown once on the page that asked."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from gezhi.faces.desk.cases import deed_words
from gezhi.faces.desk.cases.case import show
from gezhi.faces.desk.cases.deeds import FORMS, DeedForm
from gezhi.faces.shell.access import staff_only
from gezhi.faces.shell.deeds import typed_so_far
from gezhi.faces.shell.forms import PlainForm
from gezhi.faces.shell.middleware import viewer_in
from gezhi.kernel.errors import Invalid, NotPermitted, Unseen
from gezhi.kernel.rights import Right
from gezhi.kernel.viewer import Viewer
from gezhi.work.cases import actions
from gezhi.work.cases import queries as cases
from gezhi.work.cases.queries import CasePage
from gezhi.work.cases.queries.detail import ReportLine
from gezhi.work.cases.rules import Deed


class RevealForm(PlainForm):
    """What the contact is needed for."""

    purpose = forms.ChoiceField(
        label=gettext_lazy("为什么要看联系方式"),
        choices=list(deed_words.PURPOSES.items()),
        widget=forms.RadioSelect,
        initial="callback",
    )
    purpose_words = forms.CharField(label=gettext_lazy("其他原因"), required=False, max_length=50)

    def __init__(self, data: Any = None, *, initial: Mapping[str, Any] | None = None) -> None:
        super().__init__(data, initial=dict(initial or {}), auto_id="reveal_%s")


@require_http_methods(["GET", "POST"])
@staff_only()
def reveal(request: HttpRequest, number: str, report_number: str) -> HttpResponse:
    """GET asks the purpose, POST opens the contact; the number is in no address and no session.

    Unseen for a case or report that does not exist for the viewer, or a role that never calls
    back. htmx gets the one line, a browser without script the page with the line opened in it.
    """
    viewer = viewer_in(request)
    page = cases.case_page(viewer, number)
    report = next((one for one in page.reports if one.number == report_number), None)
    if report is None or not viewer.may(Right.SEE_CONTACT):
        raise Unseen(_("没有找到这条诉求"))
    if request.method == "GET":
        form = RevealForm(initial={"purpose": likely(page)})
        return show(request, page, reveal_form=form, reveal_report=report)
    return _open(request, viewer, page, report)


def _open(request: HttpRequest, viewer: Viewer, page: CasePage, report: ReportLine) -> HttpResponse:
    form = RevealForm(request.POST)
    deed_form = _under_way(request, viewer, page)
    if not form.is_valid():
        return show(
            request, page, form=deed_form, reveal_form=form, reveal_report=report, status=422
        )
    try:
        opened = actions.reveal_contact(
            report_id=report.report_id,
            by=viewer,
            purpose=form.cleaned_data["purpose"],
            words=form.cleaned_data["purpose_words"],
        )
    except Invalid as refusal:
        form.add_error("purpose_words", str(refusal.message))
        return show(
            request, page, form=deed_form, reveal_form=form, reveal_report=report, status=422
        )
    except NotPermitted as refusal:
        raise Unseen(_("没有找到这条诉求")) from refusal
    if request.headers.get("HX-Target", "").startswith("contact-"):
        return render(request, "desk/cases/_opened.html", {"opened": opened, "report": report})
    return show(request, page, form=deed_form, opened={report.report_id: opened})


def likely(page: CasePage) -> str:
    """The to-do the page is open for: a call back, a check by phone, or to ask what is unclear."""
    if Deed.CALL_BACK in page.deeds:
        return "callback"
    return "check" if Deed.CHECK in page.deeds else "clarify"


def _under_way(request: HttpRequest, viewer: Viewer, page: CasePage) -> DeedForm | None:
    """The deed whose form the number was asked from, with what was typed in it so far."""
    name = request.POST.get("for_deed", "")
    known = next((form for deed, form in FORMS.items() if deed.value == name), None)
    if known is None or known.deed not in page.deeds:
        return None
    return known(page, viewer, initial=typed_so_far(known, request.POST))
