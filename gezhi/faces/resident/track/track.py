"""查进度: number and code typed from paper lead to the page of the report."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from gezhi.faces.resident.track.forms import TrackForm
from gezhi.faces.shell import tries
from gezhi.faces.shell.access import needs_no_cookie
from gezhi.kernel.digits import digits
from gezhi.kernel.errors import Refusal
from gezhi.work.cases.queries import report_by_code


@needs_no_cookie
@require_http_methods(["GET", "HEAD", "POST"])
def track(request: HttpRequest) -> HttpResponse:
    """The form; a wrong number and a wrong code are answered alike."""
    form = TrackForm(request.POST if request.method == "POST" else None)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            number, code = (digits(form.cleaned_data[name]) for name in ("number", "code"))
            try:
                tries.limited(request, lambda: report_by_code(number, code))
            except Refusal as refusal:
                form.add_error(None, str(refusal.message))
                status = refusal.status
            else:
                found = HttpResponseRedirect(reverse("resident:receipt", args=[number, code]))
                found.status_code = 303
                return found
    response = render(request, "resident/track/track.html", {"form": form}, status=status)
    response.headers["Cache-Control"] = "no-store"
    return response
