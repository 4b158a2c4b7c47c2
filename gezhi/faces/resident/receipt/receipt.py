"""The page of one report, for whoever has number and code: receipt first, progress later."""

from datetime import timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from gezhi.faces.resident.receipt import sentences
from gezhi.faces.resident.receipt.forms import RateForm
from gezhi.faces.resident.receipt.pictures import pictures_of
from gezhi.faces.shell import qr, tries
from gezhi.faces.shell.forms import KeyedForm
from gezhi.kernel import clock
from gezhi.kernel.digits import receipt_code, report_number
from gezhi.kernel.errors import Refusal
from gezhi.kernel.viewer import Viewer
from gezhi.records.places import queries as places
from gezhi.work.cases.queries import Tracked, tracked
from gezhi.work.cases.rules import Deed

# So long the page is first of all something to keep.
FRESH = timedelta(minutes=15)
# In the address of who came back from a deed with a browser that keeps no cookie.
RECEIVED = "received"


@require_safe
def receipt(request: HttpRequest, number: str, code: str) -> HttpResponse:
    """Number, who has it, by when, what happened, what can be done now.

    A wrong number and a wrong code get the same answer, that of a page that does not exist.
    """
    return page(request, number, code)


def page(
    request: HttpRequest,
    number: str,
    code: str,
    *,
    rate_form: RateForm | None = None,
    refusal: Refusal | None = None,
    status: int = 200,
) -> HttpResponse:
    """The page as it stands now; with the form or the reason when a deed on it was refused."""
    found = tries.limited(request, lambda: tracked(number, code))
    address = request.build_absolute_uri(reverse("resident:receipt", args=[number, found.code]))
    shown = [*found.file_ids, *(one for step in found.steps for one in step.file_ids)]
    photos = pictures_of(found.report_id, shown, Viewer.anonymous())
    context = {
        "found": found,
        "number": report_number(found.number),
        "code": receipt_code(found.code),
        "headline": sentences.headline(found),
        "area_words": places.area_words(found.community_name, found.grid_name),
        "outcome": sentences.outcome(found),
        "is_late": sentences.is_late(found),
        "stages": sentences.stages(found),
        "steps": sentences.steps(found, photos),
        "photos": [photos[file_id] for file_id in found.file_ids],
        "fresh": is_fresh(found),
        "address": address,
        "qr": qr.draw(address),
        "copy_text": copy_text(found),
        "copy_title": _("我反映的事"),
        "copy_filename": _("回执") + f"-{found.number}.txt",
        "urge_form": KeyedForm(),
        "rate_form": rate_form or RateForm(),
        "refusal": refusal,
        "was_received": RECEIVED in request.GET and not request.COOKIES and refusal is None,
    }
    response = render(request, "resident/receipt/receipt.html", context, status=status)
    return unlisted(response)


def unlisted(response: HttpResponse) -> HttpResponse:
    """The answer kept out of caches and search engines: its address holds a code."""
    response.headers["Cache-Control"] = "no-store"
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    return response


def is_fresh(found: Tracked) -> bool:
    """Whether it was reported just now and nothing has happened since."""
    return clock.now() - found.received_at < FRESH and all(
        step.deed in (Deed.REPORT, Deed.JOIN) for step in found.steps
    )


def copy_text(found: Tracked) -> str:
    """What is copied, shared and saved: enough to come back without the link."""
    words: dict[str, Any] = {
        "number": report_number(found.number),
        "code": receipt_code(found.code),
        "headline": sentences.headline(found),
    }
    return _("受理号 %(number)s，查询码 %(code)s。%(headline)s。") % words
