"""How large the body of a request may be: told at the view, known before a byte is read."""

from collections.abc import Callable
from typing import Any, TypeVar

from django.conf import settings
from django.urls import Resolver404, resolve

from gezhi.ground.files.encoding import UPLOAD_BYTES
from gezhi.work.cases.actions import MOST_PHOTOS

_View = TypeVar("_View", bound=Callable[..., Any])
_ATTRIBUTE = "most_body_bytes"
# A form without files; Django refuses longer ones of this kind itself.
PLAIN_BYTES: int = settings.DATA_UPLOAD_MAX_MEMORY_SIZE
PHOTOS_BYTES = MOST_PHOTOS * UPLOAD_BYTES + PLAIN_BYTES


def takes_up_to(most: int) -> Callable[[_View], _View]:
    """Say of a view that it reads bodies of so many bytes; others read `PLAIN_BYTES`."""

    def told(view: _View) -> _View:
        setattr(view, _ATTRIBUTE, most)
        return view

    return told


def most_bytes(path: str) -> int:
    """Bytes the view at this path reads at most; an address that leads nowhere reads few."""
    try:
        view = resolve(path).func
    except Resolver404:
        return PLAIN_BYTES
    return int(getattr(view, _ATTRIBUTE, PLAIN_BYTES))
