"""Values no row can have, in every address, query and form: refused or left out, never our fault."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from tests.access.routes import Route, routes
from tests.access.tables import read_table
from tests.cast import Cast

FACES = Path(__file__).parents[2] / "gezhi" / "faces"
_ASKED = re.compile(r'(?:GET|POST|asked|parameters|data)(?:\.get|\.getlist|\[)\(?"([a-z_]+)"')
_TYPED = re.compile(
    r"^    ([a-z_]+) = (?:forms\.\w+|WordsField|PhotosField|_place_id)\(", re.MULTILINE
)
# What ends a session or a log-in would leave nobody to ask the rest.
_LEFT_OUT = {"shell:log_out", "shell:lock", "account_login", "shell:gallery"}

ROW = str(2**63)
VALUES = [ROW, "a\x00b", "nan", "0001-01-01", f"{10**17}-{ROW}"]
IN_PATHS = [ROW, "0", "a%00b", "%D9%A3"]


def _names() -> list[str]:
    found: set[str] = set()
    for path in FACES.rglob("*.py"):
        if "tests" not in path.parts and "terminal" not in path.parts:
            text = path.read_text()
            found |= {*_ASKED.findall(text), *_TYPED.findall(text)}
    # The filters of a list are read in one place below the faces.
    found |= {"class", "community", "holder", "light", "q", "days"}
    return sorted(found - {"language", "size", "look", "after"})


NAMES = _names()


# Asked in this order for whom a page is: the table of rights says who gets past its door.
PEOPLE = (
    "acceptor", "supervisor", "zhang", "handler", "dispatcher", "checker", "li",
    "system_administrator", "security_administrator", "audit_administrator",
)  # fmt: skip
_SHUT = {"404", "405", "log in"}
# No scene of the walk has what these show: a report typed in by this clerk, a version of a pack.
_OF_NO_SCENE = {
    "desk/intake/<slug:number>/",
    # A paper typed in belongs to whoever typed it; the letter to a reporter who was turned down is
    # there once a case was.
    "desk/blanks/papers/<slug:number>/",
    "desk/cases/<slug:number>/sheet/rejection/",
    # A file that a task has written, opened by whoever asked for it alone.
    "desk/queues/exports/<row:outgoing_id>/file/",
    "desk/setup/enactments/<slug:name>/<row:pack_id>/back/",
}


def _inside() -> dict[str, str]:
    """Of each pattern somebody whom the committed table lets in."""
    found: dict[str, str] = {}
    for (pattern, _method, _scene), words in read_table().items():
        for name in PEOPLE:
            if words[name] not in _SHUT:
                found.setdefault(pattern, name)
                break
    return found


INSIDE = _inside()


def _who(route: Route) -> str:
    if not route.pattern.startswith(("desk/", "pocket/")):
        return ""
    return INSIDE.get(route.pattern, PEOPLE[0])


def _clients(cast: Cast) -> dict[str, Client]:
    clients = {"": Client(raise_request_exception=False)}
    for name in PEOPLE:
        clients[name] = Client(raise_request_exception=False)
        clients[name].force_login(getattr(cast, name).user)
    return clients


def _asked(cast: Cast, values: list[str]) -> Iterator[tuple[Client, str, str]]:
    clients = _clients(cast)
    for route in routes():
        if route.name in _LEFT_OUT:
            continue
        for value in values if route.parameters else values[:1]:
            path = route.path(dict.fromkeys(route.parameters, value))
            yield clients[_who(route)], path, _who(route)


def _breaks(answer: Any) -> bool:
    # A sheet to take along is an open file, which is closed when it was read to its end.
    if answer.streaming:
        list(answer)
    return bool(answer.status_code >= 500)


def test_somebody_gets_past_the_door_of_every_page_of_staff():
    of_staff = [
        route.pattern for route in routes() if route.pattern.startswith(("desk/", "pocket/"))
    ]
    assert {pattern for pattern in of_staff if pattern not in INSIDE} == _OF_NO_SCENE


def test_the_names_are_found():
    assert {"holder", "place_id", "since", "q", "text", "happened_at", "version"} <= set(NAMES)


def test_in_every_address(cast: Cast):
    broken = [
        (path, who) for client, path, who in _asked(cast, IN_PATHS) if _breaks(client.get(path))
    ]
    assert not broken


@pytest.mark.parametrize("value", VALUES)
def test_in_every_query(cast: Cast, value: str):
    broken = [
        (path, who, given)
        for client, path, who in _asked(cast, ["1"])
        for given in (dict.fromkeys(NAMES, value), {"after": value})
        if _breaks(client.get(path, given))
    ]
    assert not broken


@pytest.mark.parametrize("value", VALUES[:3])
def test_in_every_form(cast: Cast, value: str):
    given = dict.fromkeys(NAMES, value)
    broken = [
        (path, who)
        for client, path, who in _asked(cast, ["1"])
        if _breaks(client.post(path, given))
    ]
    assert not broken
