"""What every template may use, whatever page it is."""

from collections.abc import Callable
from functools import cache
from typing import Any

from django.conf import settings
from django.http import HttpRequest

from gezhi.faces.shell import foot, menu
from gezhi.faces.shell.login.demo import demo_words, is_demo
from gezhi.faces.shell.parts import MenuEntry
from gezhi.faces.shell.sizes import is_large
from gezhi.ground.accounts.models import User
from gezhi.kernel.rights import Right, roles_with
from gezhi.kernel.viewer import Viewer
from gezhi.records.places import queries as places


def shell(request: HttpRequest) -> dict[str, Any]:
    """The viewer, the mode of the installation, whether the reader wants large text, and the
    names at the head of a desk page. Names and menu are asked for only by pages that show them.
    """
    viewer: Viewer | None = getattr(request, "viewer", None)
    user = getattr(request, "user", None)
    return {
        "viewer": viewer,
        "demo_mode": _once(is_demo),
        "demo_words": demo_words,
        "factor_off": not settings.GEZHI_REQUIRE_TOTP,
        "large_text": is_large(request),
        "person_name": user.name if isinstance(user, User) else "",
        "unit_name": viewer.seats[0].unit_name if viewer and viewer.seats else "",
        "street_name": _once(lambda: _street_name(viewer)),
        "searches": bool(viewer and viewer.may(Right.SEARCH)),
        "error_layout": _error_layout(viewer),
        "foot": _once(foot.links),
        "menu": _once(lambda: _menu(request, viewer)),
    }


def _menu(request: HttpRequest, viewer: Viewer | None) -> list[MenuEntry]:
    """The rail; a page that tells that something went wrong is in none of it,
    and counts nothing: it is asked for when the database is busy or down."""
    at = menu.address_of(request)
    return menu.entries_for(viewer, at, numbered=bool(at))


def _once(ask: Callable[[], Any]) -> Callable[[], Any]:
    """Asked at most once a page, and not at all by a page that does not show it."""
    return cache(ask)


def _error_layout(viewer: Viewer | None) -> str:
    """Who works at the desk keeps the rail when something goes wrong; the way back is in sight."""
    at_desk = viewer is not None and viewer.roles - roles_with(Right.WALK_GRID)
    return "shell/desk_content.html" if at_desk else "shell/plain.html"


def _street_name(viewer: Viewer | None) -> str:
    """The one street this installation runs; the district's name where it runs several."""
    return places.name_above_pages(viewer.district_id if viewer else None)
