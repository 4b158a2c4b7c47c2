"""Accounts as the security administrator keeps them: locked, without second factor, who has what."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from gezhi.faces.desk.setup.staff import with_posts
from gezhi.faces.shell.access import staff_only
from gezhi.faces.shell.login.factors import reset_factors, users_with_factor
from gezhi.faces.shell.middleware import viewer_in
from gezhi.faces.shell.paging import asked_after, export_url, next_url
from gezhi.faces.shell.parts import Tab
from gezhi.ground.accounts import actions, queries
from gezhi.kernel.errors import Refusal, Unseen
from gezhi.kernel.rights import Right, roles_with
from gezhi.kernel.viewer import ADMINISTRATORS, Role, Viewer
from gezhi.records.posts.queries import appointments
from gezhi.records.posts.rules import ROLE_NAMES


@require_GET
@staff_only(Right.KEEP_ACCOUNTS)
def accounts(request: HttpRequest) -> HttpResponse:
    """Accounts, all or only those locked now, with what keeps each safe."""
    viewer = viewer_in(request)
    locked = queries.locked_user_ids(viewer)
    only_locked = request.GET.get("show") == "locked"
    words = request.GET.get("q", "")[:40]
    page = queries.listed(
        viewer, words, only=locked if only_locked else None, after=asked_after(request)
    )
    factors = users_with_factor({user.pk for user in page.rows})
    url = reverse("desk:setup:accounts")
    context = {
        "people": [
            (user, held, user.pk in locked, user.pk in factors)
            for user, held in with_posts(page.rows)
        ],
        "tabs": [
            Tab(_("全部"), url, None, not only_locked),
            Tab(_("已锁定"), f"{url}?show=locked", len(locked), only_locked),
        ],
        "only_locked": only_locked,
        "words": words,
        "next_url": next_url(request, page.after),
        "export_url": export_url(request, reverse("desk:setup:export", args=["accounts"])),
    }
    return render(request, "desk/setup/accounts.html", context)


@require_GET
@staff_only(Right.READ_ACCOUNTS)
def roles(request: HttpRequest) -> HttpResponse:
    """Who holds which role now, the three administrators first."""
    viewer = viewer_in(request)
    holders: dict[Role, dict[int, tuple[str, str]]] = {}
    for row in appointments(viewer):
        held = holders.setdefault(Role(row.post.role), {})
        held.setdefault(row.user_id, (row.user.name, row.post.unit.name))
    order = sorted(
        (role for role in Role if role in roles_with(Right.BE_STAFF)),
        key=lambda role: role not in ADMINISTRATORS,
    )
    rows = [
        (ROLE_NAMES[role], role in ADMINISTRATORS, list(holders.get(role, {}).values()))
        for role in order
    ]
    return render(request, "desk/setup/roles.html", {"rows": rows})


@require_http_methods(["GET", "POST"])
@staff_only(Right.KEEP_ACCOUNTS)
def account_deed(request: HttpRequest, user_id: int, deed: str) -> HttpResponse:
    """Unlock, reset the second factor, or end all sessions; the last two ask first."""
    viewer = viewer_in(request)
    user = queries.get(viewer, user_id)
    known = _deeds(viewer, user_id)
    if deed not in known:
        raise Unseen("")
    title, text, button, done, run = known[deed]
    if request.method == "GET":
        context = {
            "title": title % {"name": user.name},
            "text": text,
            "deed": button,
            "kind": "danger",
            "back_url": reverse("desk:setup:accounts"),
        }
        return render(request, "shell/confirm.html", context)
    try:
        run()
    except Refusal as refusal:
        messages.error(request, str(refusal.message))
    else:
        messages.success(request, done)
    return HttpResponseRedirect(reverse("desk:setup:accounts"), status=303)


Deed = tuple[str, str, str, str, Callable[[], object]]


def _deeds(viewer: Viewer, user_id: int) -> dict[str, Deed]:
    user = queries.get(viewer, user_id)
    return {
        "unlock": (
            _("解锁%(name)s？"),
            _("连续输错的记录会清掉，可以马上再试。请先确认是本人。"),
            _("解锁"),
            _("已解锁。"),
            lambda: actions.unlock(user=user, by=viewer),
        ),
        "factor": (
            _("重置%(name)s的动态码？"),
            _("手机上的动态码和恢复码都作废，下次登录要重新设置。请先当面确认是本人。"),
            _("重置动态码"),
            _("动态码已重置。"),
            lambda: reset_factors(user=user, by=viewer),
        ),
        "sessions": (
            _("让%(name)s退出所有页面？"),
            _("正在用的页面都会退出，要重新登录。"),
            _("全部退出"),
            _("已全部退出。"),
            lambda: actions.end_sessions(user, by=viewer),
        ),
    }
