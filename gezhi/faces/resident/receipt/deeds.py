"""What a reporter does on the page of their report: add a word, urge, rate, say it is not solved."""

from collections.abc import Callable
from datetime import datetime

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from gezhi.faces.resident.receipt import receipt, sentences
from gezhi.faces.resident.receipt.forms import RateForm, ReopenForm, WordsForm
from gezhi.faces.resident.stranger import stranger
from gezhi.faces.shell import tries
from gezhi.faces.shell.access import needs_no_cookie
from gezhi.faces.shell.bodies import PHOTOS_BYTES, takes_up_to
from gezhi.faces.shell.forms import KeyedForm
from gezhi.faces.shell.writes import count_write
from gezhi.kernel.digits import report_number
from gezhi.kernel.errors import Refusal
from gezhi.work.cases import actions as cases
from gezhi.work.cases.models import Report
from gezhi.work.cases.queries import report_by_code, tracked


def _own(request: HttpRequest, number: str, code: str) -> Report:
    """The report of this number and code; Unseen for a wrong one of either."""
    return tries.limited(request, lambda: report_by_code(number, code))


def _to_receipt(number: str, code: str) -> HttpResponse:
    return HttpResponseRedirect(reverse("resident:receipt", args=[number, code]))


def _back(request: HttpRequest, number: str, code: str, said: str) -> HttpResponse:
    messages.success(request, said)
    address = reverse("resident:receipt", args=[number, code])
    if not request.COOKIES:
        # A sentence travels in a cookie; without one the address says at least that it came.
        address += f"?{receipt.RECEIVED}=1"
    response = HttpResponseRedirect(address)
    response.status_code = 303
    return response


@needs_no_cookie
@takes_up_to(PHOTOS_BYTES)
@require_http_methods(["GET", "HEAD", "POST"])
def add(request: HttpRequest, number: str, code: str) -> HttpResponse:
    """补充: words and photos for whoever has the case now."""
    own = _own(request, number, code)
    form = WordsForm(request.POST, request.FILES) if request.method == "POST" else WordsForm()

    def do() -> str:
        words = form.cleaned_data["words"]
        cases.add_word(report=own, by=stranger(), key=form.key, words=words, photos=form.pictures())
        return _("补充的话已经放进去了，办事的人看得到")

    return _said(request, number, code, form, "resident/receipt/add.html", do)


@needs_no_cookie
@require_http_methods(["GET", "HEAD", "POST"])
def urge(request: HttpRequest, number: str, code: str) -> HttpResponse:
    """催一催: whoever has it sees it; too soon after the last one says when it counts again.

    Reloaded, it comes back to the page it belongs to.
    """
    own = _own(request, number, code)
    if request.method != "POST":
        return _to_receipt(number, code)
    form = KeyedForm(request.POST)
    form.is_valid()
    try:
        count_write(request)
        cases.urge(report=own, by=stranger(), key=form.key)
    except Refusal as refusal:
        return receipt.page(request, number, code, refusal=refusal, status=refusal.status)
    return _back(request, number, code, _("已经催了，办事的人看得到"))


@needs_no_cookie
@require_http_methods(["GET", "HEAD", "POST"])
def rate(request: HttpRequest, number: str, code: str) -> HttpResponse:
    """评价; "没解决" opens it again while the days for that last. Reloaded as `urge` is."""
    own = _own(request, number, code)
    if request.method != "POST":
        return _to_receipt(number, code)
    form = RateForm(request.POST)
    if not form.is_valid():
        return receipt.page(request, number, code, rate_form=form, status=422)
    data = form.cleaned_data
    before = own.promised_at
    try:
        count_write(request)
        cases.rate(
            report=own,
            by=stranger(),
            key=form.key,
            resolved=data["resolved"],
            satisfied=data["satisfied"],
            words=data["words"],
        )
    except Refusal as refusal:
        form.refuse(refusal)
        return receipt.page(request, number, code, rate_form=form, status=refusal.status)
    said = _said_of_rating(number, code, data["resolved"], before)
    return _back(request, number, code, said)


def _said_of_rating(number: str, code: str, resolved: str, before: datetime) -> str:
    """What happens next: whoever says it is not solved is not thanked and left there.

    `before` is by when an answer was promised until now.
    """
    if resolved != "unsolved":
        return _("谢谢，您的评价收到了")
    found = tracked(number, code)
    if found.ended_at is None:
        return _("知道还没解决，已经重新办理；街道网格中心会再安排，%(promise)s") % {
            "promise": sentences.promise(found, before)
        }
    return _(
        "知道还没解决，已经记下。这件事过了重新办理的期限，请作为新的事情再反映一次，我们马上办"
    )


@needs_no_cookie
@require_http_methods(["GET", "HEAD", "POST"])
def reopen(request: HttpRequest, number: str, code: str) -> HttpResponse:
    """还没解决: the case goes back to the centre with a new time."""
    own = _own(request, number, code)
    before = own.promised_at
    form = ReopenForm(request.POST if request.method == "POST" else None)

    def do() -> str:
        words = form.cleaned_data["words"]
        cases.reopen(report=own, by=stranger(), key=form.key, words=words)
        return _("已经重新办理，街道网格中心会再安排，%(promise)s") % {
            "promise": sentences.promise(tracked(number, code), before)
        }

    return _said(request, number, code, form, "resident/receipt/reopen.html", do)


def _said(
    request: HttpRequest,
    number: str,
    code: str,
    form: KeyedForm,
    template: str,
    do: Callable[[], str],
) -> HttpResponse:
    """The form on a page of its own; sent, what came of it on the receipt, or the form and what to
    change."""
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                count_write(request)
                return _back(request, number, code, do())
            except Refusal as refusal:
                form.refuse(refusal)
                status = refusal.status
    context = {
        "form": form,
        "number": report_number(number),
        "back_url": reverse("resident:receipt", args=[number, code]),
    }
    return receipt.unlisted(render(request, template, context, status=status))
