"""What every request of a member of staff passes: idle sessions lock, duties before work."""

from collections.abc import Callable

from allauth.account.internal.stagekit import clear_login
from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from gezhi.faces.shell.login.device import tell
from gezhi.faces.shell.login.interrupted import interrupted, let_be_framed
from gezhi.ground.accounts import actions as accounts
from gezhi.ground.accounts.models import User
from gezhi.kernel import clock
from gezhi.records.posts.queries import viewer_of

# GB/T 22239-2019 8.1.4.1 b): a session left alone ends; assessors expect 30 minutes at most.
IDLE_SECONDS = 30 * 60
# What a page asks for while nobody touches it keeps no session alive.
BY_ITSELF = "X-By-Itself"
_SEEN = "seen_at"
_FACTOR = "second_factor"
_WRITE_EVERY = 60
# What stays open to somebody who must first change a password or set up a second factor.
_FREE = ("account_reauthenticate", "shell:password", "shell:lock", "shell:log_out",
         "shell:language", "shell:size")  # fmt: skip
_FACTOR_PAGES = ("mfa_index", "mfa_activate_totp", "mfa_reauthenticate",
                 "mfa_view_recovery_codes", "mfa_generate_recovery_codes")  # fmt: skip


def begin_session(request: HttpRequest, user: User) -> None:
    """Start the idle clock of a session just opened."""
    request.session[_SEEN] = int(clock.now().timestamp())


def note_second_factor(request: HttpRequest, user: User) -> None:
    """Remember that this session proved the second factor of this user."""
    request.session[_FACTOR] = user.pk


def end_session(request: HttpRequest, *, why: str) -> None:
    """Record the end of a session and empty it; nothing of it is left for the next person."""
    if isinstance(request.user, User):
        accounts.note_log_out(user=request.user, by=viewer_of(request.user), why=why)
    clear_login(request)
    logout(request)


class SessionGuardMiddleware:
    """Locks a session left for 30 minutes; asks for what must be done before any work."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        user = request.user
        if isinstance(user, User):
            now = int(clock.now().timestamp())
            seen = int(request.session.get(_SEEN, now))
            if now - seen >= IDLE_SECONDS:
                end_session(request, why="idle")
                # The one who left may be asked over the page; without script it is the locked page.
                over = "account_login" if request.headers.get("HX-Request") else "shell:lock"
                return interrupted(request, over, page_before(request))
            by_itself = bool(request.headers.get(BY_ITSELF))
            if (now - seen >= _WRITE_EVERY and not by_itself) or _SEEN not in request.session:
                request.session[_SEEN] = now
            asked = _duty_first(request, user)
            if asked:
                return interrupted(request, asked, page_before(request))
        response = self.get_response(request)
        tell(request, response)
        let_be_framed(request, response)
        if isinstance(user, User):
            # A page of staff is never shown again from a cache after the session ended.
            response.headers.setdefault("Cache-Control", "private, no-store")
        return response


def _duty_first(request: HttpRequest, user: User) -> str:
    """The name of the page this user must pass first; "" when nothing stands in the way."""
    if user.must_change_password:
        return "" if _is_one_of(request, _FREE) else "shell:password"
    if not settings.GEZHI_REQUIRE_TOTP or request.session.get(_FACTOR) == user.pk:
        return ""
    if _is_one_of(request, _FREE + _FACTOR_PAGES):
        return ""
    ready = is_mfa_enabled(user, [Authenticator.Type.TOTP])
    return "mfa_reauthenticate" if ready else "mfa_activate_totp"


def _is_one_of(request: HttpRequest, names: tuple[str, ...]) -> bool:
    return request.path in {reverse(name) for name in names}


def page_before(request: HttpRequest) -> str:
    """The path to come back to: this one for a GET, the page the form stood on for a POST."""
    if request.method == "GET" and not request.headers.get("HX-Request"):
        return request.get_full_path()
    page = request.headers.get("HX-Current-URL") or request.headers.get("Referer") or ""
    origin = f"{request.scheme}://{request.get_host()}"
    return page.removeprefix(origin) if page.startswith(f"{origin}/") else ""
