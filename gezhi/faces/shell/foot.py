"""The links at the foot of every page a resident sees: each room says its own once.

They stand on pages of the shell too (errors, the gallery), so what is registered is kept here.
"""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.functional import Promise

from gezhi.faces.shell.parts import MenuEntry


@dataclass(frozen=True, slots=True)
class Link:
    """One page at the foot, at its place in `order`."""

    label: str | Promise
    url_name: str
    order: int


_links: dict[str, Link] = {}


def register(link: Link) -> None:
    """Put a page at the foot; the same address again takes the place of the first."""
    _links[link.url_name] = link


def links() -> list[MenuEntry]:
    """The foot from left to right, in the language of the reader."""
    found = sorted(_links.values(), key=lambda link: link.order)
    return [MenuEntry(str(link.label), reverse(link.url_name)) for link in found]
