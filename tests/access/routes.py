"""Every address of the project, read from the URL configuration itself: none can be forgotten."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver
from django.urls.resolvers import RoutePattern

from gezhi.faces.desk.cases.deeds import FORMS
from gezhi.faces.desk.setup.exports import SHEETS
from gezhi.ground.sheets import declared
from gezhi.work.cases.queries import QUEUES

_PARAMETER = re.compile(r"<(?:[a-z_]+:)?([a-z_]+)>")

# One pattern that answers for several things: each of them has rows of its own.
_SEVERAL = {
    "desk:deed": ("<slug:deed>", sorted(deed.value for deed in FORMS)),
    "desk:queue": ("<slug:name>", sorted(QUEUES)),
    "desk:review": ("<slug:name>", ["spot", "closing"]),
    "desk:export": ("<slug:name>", sorted(QUEUES)),
    "desk:setup:export": ("<slug:what>", sorted(SHEETS)),
    "desk:sheet_upload": ("<slug:sheet>", declared.names()),
    "desk:sheet_template": ("<slug:sheet>", declared.names()),
    "desk:setup:account_deed": ("<slug:deed>", ["unlock", "factor", "sessions"]),
}


@dataclass(frozen=True, slots=True)
class Route:
    """One pattern: as it is written, and the name templates call it by."""

    pattern: str
    name: str

    @property
    def parameters(self) -> tuple[str, ...]:
        """The names between `<` and `>`, in order."""
        return tuple(_PARAMETER.findall(self.pattern))

    def path(self, values: dict[str, str]) -> str:
        """The address with every parameter put in; a missing one is a KeyError."""
        return "/" + _PARAMETER.sub(lambda found: values[found.group(1)], self.pattern)


def routes() -> list[Route]:
    """All of them in the order of their patterns."""
    return sorted(_under(get_resolver()), key=lambda route: route.pattern)


def _under(resolver: URLResolver, prefix: str = "", space: str = "") -> Iterator[Route]:
    for entry in resolver.url_patterns:
        pattern: Any = entry.pattern
        if not isinstance(pattern, RoutePattern):
            raise TypeError(
                f"{prefix}{pattern} 不是 path() 写的地址：权限表只认 path()，请不要用 re_path"
            )
        whole = f"{prefix}{pattern}"
        if isinstance(entry, URLPattern):
            name = f"{space}{entry.name or ''}"
            parameter, values = _SEVERAL.get(name, ("", [""]))
            for value in values:
                yield Route(whole.replace(parameter, value) if parameter else whole, name)
        else:
            inner = f"{space}{entry.namespace}:" if entry.namespace else space
            yield from _under(entry, whole, inner)
