"""One reader following every link, and what they saw that they must not."""

import re
from collections import deque
from html import unescape
from io import BytesIO
from zipfile import ZipFile

from django.db import transaction
from django.http import HttpResponseBase
from django.test import Client

from tests.access.kept import PHONES, WORD
from tests.access.planted import HOLDER, Planted
from tests.access.walk import STRANGER, read

MOST_PAGES = 400
_PURPOSE = 'name="purpose"'
_LINK = re.compile(r"""\s(?:href|src|action|hx-get|data-[a-z-]+)=["'](/[^"']*)["']""")
# The gallery shows constants, among them made-up names; the others end the session.
# States whose case is asked about by form too, one of each kind of hand.
_ASKED = ("reported", "handling", "closed")
_SKIPPED = ("/static/", "/shell/gallery", "/logout", "/lock")


class Crawl:
    """One reader following every link; what they saw that they must not is kept."""

    def __init__(self, planted: Planted, name: str, seeds: list[str] | None = None) -> None:
        self.name = name
        self.client = Client(raise_request_exception=False)
        if name not in (STRANGER, HOLDER):
            self.client.force_login(planted.person(name).user)
        self.forbidden = [one for one in planted.canaries if name not in one.readers]
        self.allowed = [one for one in planted.canaries if name in one.readers]
        self.found: list[str] = []
        self.seen_allowed: set[str] = set()
        self.pages = 0
        self.taken: set[str] = set()
        self._go(planted.seeds() if seeds is None else seeds)
        if seeds != []:
            self._ask_by_form(planted)

    def _go(self, seeds: list[str]) -> None:
        waiting = deque(seeds)
        known = set(waiting)
        most = len(seeds) + MOST_PAGES
        while waiting and self.pages < most:
            path = waiting.popleft()
            if path.startswith(_SKIPPED):
                continue
            for link in self.open(path):
                if link not in known:
                    known.add(link)
                    waiting.append(link)
        assert not waiting or self.pages >= most

    def open(self, path: str) -> list[str]:
        """Look at one page; returns the links that stand on it."""
        self.pages += 1
        with transaction.atomic():
            response = self.client.get(path)
            transaction.set_rollback(True)
        text = _all_of(response)
        self._look(path, text)
        if _PURPOSE in text and path.split("?")[0] not in self.taken:
            # A list leaves only once it is said what for: the sheet behind the question counts,
            # once a list, since filters only take rows away.
            self.taken.add(path.split("?")[0])
            with transaction.atomic():
                taken = self.client.post(path, {"purpose": "周例会核对"})
                self._look(path, _all_of(taken))
                transaction.set_rollback(True)
        links = [unescape(link).split("#")[0] for link in _LINK.findall(text)]
        location = response.headers.get("Location", "")
        return [*links, location] if location.startswith("/") else links

    def _look(self, path: str, text: str, *, typed: str = "") -> None:
        """Keep what is there that must not be; what the reader typed comes back as they typed it."""
        for one in self.forbidden:
            if one.text in text and one.text not in typed and path.startswith(one.under):
                self.found.append(f"{path}: {one.what} {one.text}")
        self.seen_allowed |= {one.text for one in self.allowed if one.text in text}

    def _ask_by_form(self, planted: Planted) -> None:
        """What is looked up by sending a form: the same case, a caller, a place, a draft."""
        told = f"{WORD}，其余照常办理，情况已经写明。"
        building = str(planted.cast.street.building.pk)
        asked: list[tuple[str, dict[str, str]]] = [
            ("/desk/intake/alike/", {"text": told}),
            ("/where", {"text": told, "place_words": "桐花苑1栋"}),
            ("/desk/intake/place/cases/", {"place_id": building}),
        ]
        numbers = dict(zip(planted.kept, range(len(planted.kept)), strict=True))
        for state in _ASKED:
            case_url = f"/desk/cases/{planted.kept[state].receipt.case_number}"
            asked += [
                ("/desk/intake/caller/", {"phone": f"{PHONES}{numbers[state]:05}"}),
                (f"{case_url}/draft/", {}),
                (f"{case_url}/answer-findings/", {"words": "办好了"}),
                (f"{case_url}/places/", {}),
            ]
        for path, data in asked:
            with transaction.atomic():
                response = self.client.post(path, data)
                transaction.set_rollback(True)
            self._look(path, _all_of(response), typed=repr(data))


def _all_of(response: HttpResponseBase) -> str:
    """Everything the reader gets: body, headers, cookies."""
    body = read(response)
    if body.startswith(b"PK"):
        # A workbook says nothing to who does not unpack it.
        with ZipFile(BytesIO(body)) as packed:
            body = b"\n".join(packed.read(name) for name in packed.namelist())
    head = repr(sorted(response.headers.items())) + response.cookies.output()
    return f"{body.decode('utf-8', errors='replace')}\n{head}"
