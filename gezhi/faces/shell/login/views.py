"""Logging in and out, locking, one's own password, and where one's work begins."""

from typing import Any
from urllib.parse import urlencode

from allauth.account import views as allauth_views
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods

from gezhi.faces.shell.login.adapter import is_own_path
from gezhi.faces.shell.login.demo import demo_accounts
from gezhi.faces.shell.login.forms import LogInForm, PasswordForm
from gezhi.faces.shell.login.guard import end_session, page_before
from gezhi.faces.shell.middleware import own_account, viewer_in
from gezhi.ground.accounts.published import DEMO_PASSWORD
from gezhi.kernel.rights import Right, roles_with
from gezhi.kernel.viewer import Viewer


class LogInView(allauth_views.LoginView):
    """The log-in page: staff number and password; in the demo, its accounts to try."""

    form_class = LogInForm

    def get_initial(self) -> dict[str, Any]:
        """In the demo `?account=` fills the form in; nowhere else is anything filled in."""
        chosen = self.request.GET.get("account", "")
        known = {account.staff_number for account in demo_accounts()} if chosen else set()
        return {"login": chosen} if chosen in known else {}

    def get_form(self, form_class: Any = None) -> Any:
        """The form; with the demo's password shown when one of its accounts was chosen."""
        form = super().get_form(form_class)
        if not form.is_bound and form.initial.get("login"):
            widget = form.fields["password"].widget
            widget.render_value = True
            widget.attrs["value"] = DEMO_PASSWORD
        return form

    def get_context_data(self, **rest: Any) -> dict[str, Any]:
        """The form, the demo's accounts, the page asked for."""
        context: dict[str, Any] = super().get_context_data(**rest)
        asked = wanted_page(self.request)
        return context | {
            "demo_accounts": demo_accounts(),
            "next": asked,
            "next_query": urlencode({"next": asked}) if asked else "",
        }


log_in = LogInView.as_view()


@never_cache
@require_http_methods(["GET", "POST"])
def log_out(request: HttpRequest) -> HttpResponse:
    """End the session, or a log-in begun and not finished; a GET asks first."""
    if request.method == "GET":
        if not request.user.is_authenticated:
            return HttpResponseRedirect(reverse("account_login"))
        return render(request, "shell/login/log_out.html")
    end_session(request, why="asked")
    return HttpResponseRedirect(reverse("account_login"))


@never_cache
@require_http_methods(["GET", "POST"])
def lock(request: HttpRequest) -> HttpResponse:
    """Lock a shared PC: the session ends, the page to come back to stays.

    The page that is left shows neither who was here nor what was open; the same person or the
    next one logs in and goes on where the `next` address points, with their own rights.
    """
    if request.method == "POST":
        back = wanted_page(request) or page_before(request)
        end_session(request, why="locked")
        keeps = is_own_path(back) and not back.startswith(reverse("shell:lock"))
        query = f"?{urlencode({'next': back})}" if keeps else ""
        return HttpResponseRedirect(reverse("shell:lock") + query)
    if request.user.is_authenticated:
        return render(request, "shell/login/lock_now.html", {"next": wanted_page(request)})
    asked = wanted_page(request)
    return render(
        request, "shell/login/lock.html", {"form": LogInForm(request=request), "next": asked}
    )


@never_cache
@sensitive_post_parameters("old", "new", "again")
@login_required
@require_http_methods(["GET", "POST"])
def password(request: HttpRequest) -> HttpResponse:
    """Change one's own password; a one-time password must be changed before any work."""
    user = own_account(request)
    form = PasswordForm(request.POST or None, user=user, by=viewer_in(request))
    if request.method == "POST" and form.is_valid() and form.save():
        update_session_auth_hash(request, user)
        return HttpResponseRedirect(wanted_page(request) or reverse("shell:start"))
    context = {"form": form, "forced": user.must_change_password, "next": wanted_page(request)}
    return render(request, "shell/login/password.html", context)


@login_required
@require_GET
def start(request: HttpRequest) -> HttpResponse:
    """My start page by role: the pocket for grid workers, the desk for everyone else."""
    page = start_page(viewer_in(request))
    if page:
        return HttpResponseRedirect(page)
    return render(request, "shell/login/no_seat.html")


def start_page(viewer: Viewer) -> str:
    """Where this viewer's work begins; "" for somebody without any post."""
    roles = viewer.roles
    if not roles:
        return ""
    if roles <= roles_with(Right.WALK_GRID):
        return "/pocket/"
    if viewer.may(Right.READ_TRAIL):
        return "/desk/setup/audit/"
    if viewer.may(Right.ADMINISTER):
        return "/desk/setup/"
    return "/desk/"


def wanted_page(request: HttpRequest) -> str:
    """The page asked for in `next`, when it is one of this site; else ""."""
    asked = request.POST.get("next") or request.GET.get("next") or ""
    return asked if is_own_path(asked) else ""
