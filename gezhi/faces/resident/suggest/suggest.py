"""投诉与建议: about the platform itself and how it was used; law asks for it (国办函〔2026〕12号)."""

from django import forms
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from gezhi.faces.resident.report.forms import ContactForm
from gezhi.faces.resident.stranger import stranger
from gezhi.faces.shell.access import needs_no_cookie
from gezhi.faces.shell.writes import count_write
from gezhi.kernel.errors import Refusal
from gezhi.work.cases import actions as cases

CHANNEL = "platform"


class SuggestForm(ContactForm):
    """What one thinks of the platform, or how it treated one's data."""

    kind = forms.ChoiceField(
        label=_("是哪一种"),
        choices=[
            ("complaint", _("投诉")),
            ("suggestion", _("建议")),
            ("praise", _("表扬")),
        ],
        widget=forms.RadioSelect,
        initial="suggestion",
    )
    text = forms.CharField(
        label=_("想说什么"),
        required=False,
        strip=False,
        help_text=_("哪里不好用、不放心、不公道，或想查、想改、想删您留下的信息，都写在这里。"),
        widget=forms.Textarea(attrs={"rows": 5}),
    )


@needs_no_cookie
@require_http_methods(["GET", "HEAD", "POST"])
def suggest(request: HttpRequest) -> HttpResponse:
    """The form; what is sent is a report like any other, with its number, holder and promise."""
    form = SuggestForm(request.POST if request.method == "POST" else None)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                count_write(request)
                return _kept(form)
            except Refusal as refusal:
                form.refuse(refusal)
                status = refusal.status
    return render(request, "resident/suggest/suggest.html", {"form": form}, status=status)


def _kept(form: SuggestForm) -> HttpResponse:
    data = form.cleaned_data
    receipt = cases.report(
        intake=cases.Intake(
            text=data["text"],
            channel=CHANNEL,
            kind=data["kind"],
            contact=cases.Contact(name=data["name"], phone=data["phone"]),
            language=get_language() or "zh-hans",
        ),
        by=stranger(),
        key=form.key,
    )
    response = HttpResponseRedirect(
        reverse("resident:receipt", args=[receipt.number, receipt.code])
    )
    response.status_code = 303
    return response
