"""The pass a phone keeps once it was let in: a signed cookie of one address."""

from dataclasses import dataclass

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from gezhi.faces.shell import tries
from gezhi.kernel import clock
from gezhi.kernel.errors import Unseen
from gezhi.work.cases.models import Invitation
from gezhi.work.invitations import queries

COOKIE = "gezhi_guest"
_SALT = "gezhi.guest"


@dataclass(frozen=True, slots=True)
class Passed:
    """A known link, and whether this phone was let in by its code."""

    link: str
    invitation: Invitation
    let_in: bool


def passed(request: HttpRequest, link: str) -> Passed:
    """Whose link it is; Unseen for one nobody made, counted by the network it is tried from."""
    try:
        invitation = tries.limited(request, lambda: queries.at_door(link))
    except Unseen:
        raise Unseen(_("没有这个链接，请看看是不是复制全了")) from None
    return Passed(link, invitation, _was_let_in(request, invitation))


def give(response: HttpResponse, link: str, invitation: Invitation) -> HttpResponse:
    """Let the phone keep the pass until the invitation ends by itself."""
    left = int((invitation.ends_at - clock.now()).total_seconds())
    response.set_cookie(
        COOKIE,
        signing.dumps(invitation.pk, salt=_SALT),
        max_age=max(left, 1),
        path=reverse("resident:guest", args=[link]),
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
    return response


def _was_let_in(request: HttpRequest, invitation: Invitation) -> bool:
    try:
        return bool(signing.loads(request.COOKIES.get(COOKIE, ""), salt=_SALT) == invitation.pk)
    except signing.BadSignature:
        return False
