"""Fixtures of the resident's pages."""

import re
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from gezhi.ground.codes import queries as codes
from gezhi.ground.files.tests.pictures import picture
from gezhi.work.cases.tests.playing import Play
from tests.cast import Cast
from tools import messages


class Resident:
    """A resident with a phone: fills in forms as the page gave them, without script."""

    def __init__(self, cast: Cast) -> None:
        self.cast = cast
        self.client = Client()

    def report(self, **fields: Any) -> Any:
        """Send the form of the home page with a fresh key and a sentence, or other fields."""
        return self.client.post("/", {"deed_key": str(uuid4()), "text": "楼道灯坏了三天", **fields})

    def receipt(self, **fields: Any) -> str:
        """Report and answer the address of the receipt; what the page says of the words was read."""
        answer = self.report(**{"place_seen": fields.get("place_words", ""), **fields})
        assert answer.status_code == 303, answer.content.decode()
        return str(answer["Location"])

    def read(self, address: str) -> str:
        """The page as text."""
        answer = self.client.get(address)
        assert answer.status_code == 200
        return str(answer.content.decode())

    def where(self, *, last: str = "", **fields: Any) -> str:
        """What htmx puts below 在哪儿 when the control `last` was touched."""
        headers = {"HX-Request": "true", "HX-Target": "where", "HX-Trigger": last}
        answer = self.client.post("/where", fields, headers=headers)
        assert answer.status_code == 200
        return str(answer.content.decode())


class _Values(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: dict[str, str] = {}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        named = dict(attrs)
        if tag != "input" or not named.get("name"):
            return
        if named.get("type") in ("radio", "checkbox") and "checked" not in named:
            return
        self.found[str(named["name"])] = named.get("value") or ""


def values(page: str) -> dict[str, str]:
    """Names and values of the inputs of a page, as a browser would send them."""
    reader = _Values()
    reader.feed(page)
    return reader.found


def words(page: str) -> str:
    """The page without tags and needless blanks, as it is read."""
    body = re.sub(r"<(script|style)\b.*?</\1>", " ", page, flags=re.DOTALL)
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", body))


@pytest.fixture
def resident(cast: Cast) -> Resident:
    """A resident with a phone."""
    return Resident(cast)


@pytest.fixture
def play(cast: Cast) -> Play:
    """A case to be played with the cast."""
    return Play(cast)


@pytest.fixture
def public_class(cast: Cast) -> str:
    """A class whose cases neighbors may know of."""
    return next(row.code for row in codes.terms("matters") if row.data.get("public") == "yes")


@pytest.fixture
def photo() -> bytes:
    """A small picture, as a phone sends it."""
    return bytes(picture(size=(64, 48)))


@pytest.fixture(autouse=True)
def photos_apart(settings: Any, tmp_path: Path) -> None:
    """Photos of these tests lie in a folder of their own."""
    settings.MEDIA_ROOT = str(tmp_path / "files")


@pytest.fixture
def english(settings: Any, tmp_path: Path) -> None:
    """The committed English, compiled anew, whatever lies in the package."""
    messages.compile_to(tmp_path)
    settings.LOCALE_PATHS = [tmp_path]
