"""Every address asked by everybody: what the permission table is made of."""

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from http.cookies import SimpleCookie
from uuid import uuid4

from django.conf import settings
from django.db import transaction
from django.http import HttpResponseBase
from django.test import Client

from tests.access.routes import Route, routes
from tests.access.scenes import Scene, Stage
from tests.cast import Cast

METHODS = ("GET", "POST")
STRANGER = "stranger"
# What ties each member of the cast to the first grid, where most scenes play.
TIES = {
    STRANGER: "nobody",
    "zhang": "grid worker, own grid",
    "zhao": "grid worker, sibling grid",
    "li": "community clerk, own community",
    "sun": "community clerk, sibling community",
    "acceptor": "acceptor, parent street",
    "dispatcher": "dispatcher, parent street",
    "checker": "checker, parent street",
    "supervisor": "supervisor, parent street",
    "handler": "handler, unit it is sent to",
    "tang": "handler, other or assisting unit",
    "wang": "leader, parent street",
    "he": "acceptor, other street",
    "system_administrator": "system administrator",
    "security_administrator": "security administrator",
    "audit_administrator": "audit administrator",
}
# Differs at every answer and says nothing: the masked token of forms, the key of the next deed, and
# the address asked for, which the switches of an error page lead back to.
_CHANGES = re.compile(
    rb'(?<=name="next" value=")[^"]*|'
    rb'(?<=["; ])[A-Za-z0-9]{64}(?=["&\'])|[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}'
)


@dataclass(frozen=True, slots=True)
class Asked:
    """One row: an address, a method, a scene."""

    route: str
    name: str
    room: str
    method: str
    scene: str

    @property
    def key(self) -> tuple[str, str, str]:
        return self.route, self.method, self.scene


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back: the word for the table, and a digest of all the reader can see of it."""

    word: str
    digest: str


Walk = dict[Asked, dict[str, Answer]]


class Member:
    """Somebody of the cast in a browser of their own, asking without leaving a trace."""

    def __init__(self, cast: Cast, name: str) -> None:
        self.name = name
        self.client = Client(raise_request_exception=False)
        if name != STRANGER:
            self.client.force_login(getattr(cast, name).user)
            # The session notes its first request; from then on asking changes nothing.
            self.client.get("/privacy")
        self._cookies = self.client.cookies.output(header="", sep=";")

    def ask(self, method: str, path: str, scene: Scene) -> HttpResponseBase:
        """The answer; whatever the request wrote is taken back."""
        self.client.cookies = SimpleCookie(self._cookies)
        with transaction.atomic():
            if method == "GET":
                response = self.client.get(path, headers=scene.headers)
            else:
                response = self.client.post(path, {"deed_key": str(uuid4())}, headers=scene.headers)
            read(response)
            transaction.set_rollback(True)
        return response


def walk(cast: Cast, stage: Stage) -> Walk:
    """Ask everything as everybody."""
    members = [Member(cast, name) for name in TIES]
    found: Walk = {}
    for route in routes():
        for scene in stage.scenes(route):
            for method in METHODS:
                row = Asked(route.pattern, route.name, route.room, method, scene.name)
                found[row] = {
                    member.name: _answer(member.ask(method, route.path(scene.values), scene))
                    for member in members
                }
    return found


def read(response: HttpResponseBase) -> bytes:
    """The whole body. A stream is read to its end, which the test client takes for its close; to
    close it by hand would close the database of the test with it."""
    if response.streaming:
        return b"".join(iter(response))
    return getattr(response, "content", b"")


def _answer(response: HttpResponseBase) -> Answer:
    location = response.headers.get("Location", "")
    word = str(response.status_code)
    if location.split("?")[0] == settings.LOGIN_URL:
        word = "log in"
    seen = hashlib.sha256()
    headers = {name: value for name, value in response.headers.items() if name != "Set-Cookie"}
    seen.update(repr((response.status_code, sorted(headers.items()))).encode())
    if not response.streaming:
        seen.update(_CHANGES.sub(b"", getattr(response, "content", b"")))
    return Answer(word, seen.hexdigest())


def of_routes(found: Walk, patterns: Iterable[Route]) -> Walk:
    """The part of a walk that concerns these routes."""
    wanted = {route.pattern for route in patterns}
    return {row: answers for row, answers in found.items() if row.route in wanted}
