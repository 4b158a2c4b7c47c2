"""Where django-allauth meets this house: our actions are called, its other doors are shut."""

import time
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import get_authentication_records
from allauth.core import context
from django.contrib.auth.base_user import AbstractBaseUser
from django.forms import ValidationError
from django.http import HttpRequest
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _

from gezhi.faces.shell.login.device import device_of, remember
from gezhi.faces.shell.login.guard import begin_session
from gezhi.faces.shell.sender import sender_of
from gezhi.ground.accounts import actions as accounts
from gezhi.ground.accounts import queries
from gezhi.ground.accounts.models import User
from gezhi.kernel.viewer import Viewer
from gezhi.records.posts.queries import viewer_of

# A log-in this young stands for a fresh proof of the password (seconds).
_FRESH = 300


class StaffAdapter(DefaultAccountAdapter):
    """Staff log in by staff number; nobody signs up, nothing is mailed, everything is recorded."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "username_password_mismatch": _("工号或密码不对，请检查后再试。"),
        "too_many_login_attempts": _("试的次数太多了，请过 10 分钟再试，或请安全管理员解锁。"),
        "account_inactive": _("工号或密码不对，请检查后再试。"),
        "incorrect_password": _("密码不对。"),
        "incorrect_code": _("动态码不对，请看手机上的新码再试。"),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Accounts are opened by the system administrator only."""
        return False

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Refuses unread while the staff number or the address is locked."""
        number = str(credentials.get("username", ""))
        device = device_of(request, queries.by_staff_number(number))
        if queries.is_locked(number, sender_of(request), device):
            raise self.validation_error("too_many_login_attempts")

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        """Record a refused log-in; the backend has counted it already."""
        user = queries.by_staff_number(str(credentials.get("username", "")))
        accounts.note_refused_log_in(
            user=user,
            by=Viewer.anonymous(user.district_id if user else None),
            reason="password",
        )

    def login(self, request: HttpRequest, user: AbstractBaseUser) -> None:
        """Open the session under a new id and record it."""
        super().login(request, user)
        if isinstance(user, User):
            begin_session(request, user)
            remember(request, user)
            accounts.note_log_in(user=user, by=viewer_of(user))

    def reauthenticate(self, user: AbstractBaseUser, password: str) -> bool:
        """Prove the password again; failures count like those of a log-in."""
        found = self.authenticate(context.request, username=user.get_username(), password=password)
        return found is not None and found.pk == user.pk

    def is_reauthentication_required(self, *, app: str, **extra: Any) -> bool:
        """Sensitive changes ask for the password again unless it was typed five minutes ago."""
        request = context.request
        records = get_authentication_records(request, request.user)
        return not any(time.time() - record["at"] < _FRESH for record in records)

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """Where one goes who asked for no page."""
        return reverse("shell:start")

    def is_safe_url(self, url: str | None) -> bool:
        """Only paths of this site: one slash, then no slash, backslash or control character."""
        return bool(url) and is_own_path(str(url))

    def add_message(self, request: HttpRequest, level: int, *words: Any, **more: Any) -> None:
        """Pages say what happened themselves; allauth's own toasts are left out."""

    def send_notification_mail(self, *words: Any, **more: Any) -> None:
        """Nothing is mailed: accounts have no mail address."""

    def validation_error(self, code: str, *args: Any) -> ValidationError:
        """A message of ours for every code a form of staff can meet."""
        error: ValidationError = super().validation_error(code, *args)
        return error


def is_own_path(url: str) -> bool:
    """Whether a redirect to this address stays on the site, whatever a browser makes of it."""
    if not url.startswith("/") or url.startswith("//") or "\\" in url or not url.isprintable():
        return False
    return url_has_allowed_host_and_scheme(url, allowed_hosts=None)
