"""What a reader chose for themselves: language and large text.

Kept in a cookie on this device; staff keep them with their account as well, for every device.
"""

from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext, override
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from gezhi.faces.shell.access import posted_from
from gezhi.faces.shell.forms import PlainForm
from gezhi.faces.shell.login.views import wanted_page
from gezhi.faces.shell.middleware import own_account, viewer_in
from gezhi.faces.shell.sizes import SIZE_COOKIE, is_large
from gezhi.ground.accounts import actions as accounts
from gezhi.ground.accounts.models import User

_YEAR = 365 * 24 * 3600


class PreferencesForm(PlainForm):
    """How one reads."""

    large_text = forms.BooleanField(
        label=_("大字"), required=False, help_text=_("整页放大，字和按钮都大一号。")
    )
    language = forms.ChoiceField(
        label=_("语言"),
        choices=settings.LANGUAGES,
        widget=forms.RadioSelect,
        help_text=_("登录页和发给您的短信用这种语言；工作台和掌上网格只有中文。"),
    )

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self.label_suffix = ""


@never_cache
@login_required
@require_http_methods(["GET", "POST"])
def preferences(request: HttpRequest) -> HttpResponse:
    """One's own settings, with the ways to the password and the second factor."""
    user = own_account(request)
    initial = {"large_text": is_large(request), "language": user.language}
    form = PreferencesForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        return _preferred(request, user, form.cleaned_data)
    status = 422 if form.errors else 200
    return render(request, "shell/login/preferences.html", {"form": form}, status=status)


def _preferred(request: HttpRequest, user: User, chosen: dict[str, Any]) -> HttpResponse:
    accounts.set_preferences(
        user=user,
        language=chosen["language"],
        large_text=chosen["large_text"],
        by=viewer_in(request),
    )
    response = HttpResponseRedirect(reverse("shell:preferences"), status=303)
    _keep(response, SIZE_COOKIE, "large" if chosen["large_text"] else "usual")
    _keep(response, settings.LANGUAGE_COOKIE_NAME, chosen["language"])
    with override(chosen["language"]):
        messages.success(request, gettext("已保存。"))
    return response


@posted_from("resident:report")
def language(request: HttpRequest) -> HttpResponse:
    """Read in this language from now on; an unknown one changes nothing."""
    response = HttpResponseRedirect(wanted_page(request) or "/")
    chosen = request.POST.get("language", "")
    if chosen in dict(settings.LANGUAGES):
        _keep(response, settings.LANGUAGE_COOKIE_NAME, chosen)
    return response


@posted_from("resident:report")
def size(request: HttpRequest) -> HttpResponse:
    """Large text 长辈版 on or off on this device."""
    response = HttpResponseRedirect(wanted_page(request) or "/")
    _keep(response, SIZE_COOKIE, "large" if request.POST.get("size") == "large" else "usual")
    return response


def _keep(response: HttpResponse, name: str, value: str) -> None:
    response.set_cookie(
        name,
        value,
        max_age=_YEAR,
        httponly=True,
        samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE,
    )
