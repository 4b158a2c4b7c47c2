"""Fixtures of the desk's tests: a case to play, and members of the cast at their browsers."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from gezhi.work.cases.tests.playing import Play

from tests.cast import Cast, Person


@pytest.fixture
def play(cast: Cast) -> Play:
    """A case to be played with the cast."""
    return Play(cast)


@pytest.fixture
def desk_of(client_of: Callable[[Person], Client]) -> Callable[[Person], "Desk"]:
    """`desk_of(person)`: the desk as this person has it open."""
    return lambda person: Desk(client_of(person))


class Desk:
    """A browser at the desk: pages by their address under /desk/, with or without htmx."""

    def __init__(self, client: Client) -> None:
        self.client = client

    def get(self, path: str, *, into: str = "", **parameters: Any) -> Any:
        """Open a page; with `into` as htmx would, for the element of this id."""
        return self.client.get(f"/desk/{path}", parameters, headers=_htmx(into))

    def post(self, path: str, *, into: str = "", follow: bool = False, **fields: Any) -> Any:
        """Send a form; with `into` as htmx would."""
        return self.client.post(f"/desk/{path}", fields, headers=_htmx(into), follow=follow)

    def deed(self, play: Play, deed: str, **fields: Any) -> Any:
        """Do a deed to the played case with a key of its own and its present version."""
        fields.setdefault("deed_key", f"desk-{deed}-{play.case.number}")
        fields.setdefault("version", play.case.version)
        return self.post(f"cases/{play.case.number}/{deed}/", **fields)


def _htmx(into: str) -> dict[str, str]:
    return {"HX-Request": "true", "HX-Target": into} if into else {}


def text_of(response: Any) -> str:
    """The page as text."""
    return str(response.content.decode())
