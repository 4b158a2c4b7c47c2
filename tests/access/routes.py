"""Every address of the project, read from the URL configuration itself: none can be forgotten."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from types import ModuleType
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver
from django.urls.resolvers import RoutePattern

_PARAMETER = re.compile(r"<(?:[a-z_]+:)?([a-z_]+)>")

# Where a room says what its addresses take: `SEVERAL`, what one pattern answers for, each of which
# has rows of its own; `values` of its parameters; `furnish`, what has to be there before; `scenes`,
# where the case of an address is looked at from. All may be absent.
_OWN = "tests.addresses"


@dataclass(frozen=True, slots=True)
class Route:
    """One pattern: as it is written, the name templates call it by, and the folder whose `urls.py`
    has it."""

    pattern: str
    name: str
    room: str

    @property
    def parameters(self) -> tuple[str, ...]:
        """The names between `<` and `>`, in order."""
        return tuple(_PARAMETER.findall(self.pattern))

    @property
    def last(self) -> str:
        """The last word of the address."""
        return self.pattern.rstrip("/").rpartition("/")[2]

    def path(self, values: dict[str, str]) -> str:
        """The address with every parameter put in; a missing one is a KeyError."""
        return "/" + _PARAMETER.sub(lambda found: values[found.group(1)], self.pattern)


@cache
def rooms() -> tuple[ModuleType, ...]:
    """What the rooms say of their own addresses."""
    names = sorted({room.replace("/", ".") for room in _rooms(get_resolver())})
    return tuple(
        import_module(f"{name}.{_OWN}")
        for name in names
        if find_spec(f"{name}.tests") and find_spec(f"{name}.{_OWN}")
    )


def _rooms(resolver: URLResolver) -> Iterator[str]:
    yield from filter(None, [_room_of(resolver)])
    for entry in resolver.url_patterns:
        if isinstance(entry, URLResolver):
            yield from _rooms(entry)


def _several() -> dict[str, tuple[str, list[str]]]:
    found: dict[str, tuple[str, list[str]]] = {}
    for room in rooms():
        found |= getattr(room, "SEVERAL", {})
    return found


def routes() -> list[Route]:
    """All of them in the order of their patterns."""
    return sorted(_under(get_resolver()), key=lambda route: route.pattern)


def _under(
    resolver: URLResolver, prefix: str = "", space: str = "", room: str = ""
) -> Iterator[Route]:
    room, several = _room_of(resolver) or room, _several()
    for entry in resolver.url_patterns:
        pattern: Any = entry.pattern
        if not isinstance(pattern, RoutePattern):
            raise TypeError(
                f"{prefix}{pattern} 不是 path() 写的地址：权限表只认 path()，请不要用 re_path"
            )
        whole = f"{prefix}{pattern}"
        if isinstance(entry, URLPattern):
            name = f"{space}{entry.name or ''}"
            parameter, values = several.get(name, ("", [""]))
            for value in values:
                yield Route(whole.replace(parameter, value) if parameter else whole, name, room)
        else:
            inner = f"{space}{entry.namespace}:" if entry.namespace else space
            yield from _under(entry, whole, inner, room)


def _room_of(resolver: URLResolver) -> str:
    """The folder of our own addresses; "" for those of a library, which are its includer's."""
    module = getattr(resolver.urlconf_module, "__name__", "")
    ours = module.startswith("gezhi.") and module.endswith(".urls")
    return module.removesuffix(".urls").replace(".", "/") if ours else ""
