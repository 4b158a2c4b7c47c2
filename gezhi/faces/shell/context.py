"""What every template may use, whatever page it is."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from gezhi.faces.shell import menu


def shell(request: HttpRequest) -> dict[str, Any]:
    """The viewer, the mode of the installation, and whether the reader wants large text."""
    return {
        "viewer": getattr(request, "viewer", None),
        "demo_mode": settings.DEMO,
        "large_text": request.COOKIES.get("gezhi_size") == "large",
        # Reckoned only where a page draws the rail: its counts cost a query.
        "menu": SimpleLazyObject(
            lambda: menu.entries_for(
                getattr(request, "viewer", None), getattr(request, "menu_at", request.path)
            )
        ),
    }
