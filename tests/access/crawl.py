"""One reader following every link, and what they saw that they must not."""

import re
from collections import deque
from html import unescape

from django.db import transaction
from django.http import HttpResponseBase
from django.test import Client

from tests.access.planted import HOLDER, Planted
from tests.access.walk import STRANGER, read

MOST_PAGES = 400
_LINK = re.compile(r"""\s(?:href|src|action|hx-get|data-[a-z-]+)=["'](/[^"']*)["']""")
# The gallery shows constants, among them made-up names; the others end the session.
_SKIPPED = ("/static/", "/shell/gallery", "/logout", "/lock")


class Crawl:
    """One reader following every link; what they saw that they must not is kept."""

    def __init__(self, planted: Planted, name: str, seeds: list[str] | None = None) -> None:
        self.name = name
        self.client = Client(raise_request_exception=False)
        if name not in (STRANGER, HOLDER):
            self.client.force_login(getattr(planted.cast, name).user)
        self.forbidden = [one for one in planted.canaries if name not in one.readers]
        self.allowed = [one for one in planted.canaries if name in one.readers]
        self.found: list[str] = []
        self.seen_allowed: set[str] = set()
        self.pages = 0
        self._go(planted.seeds() if seeds is None else seeds)

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
        self.found += [
            f"{path}: {one.what} {one.text}" for one in self.forbidden if one.text in text
        ]
        self.seen_allowed |= {one.text for one in self.allowed if one.text in text}
        links = [unescape(link).split("#")[0] for link in _LINK.findall(text)]
        location = response.headers.get("Location", "")
        return [*links, location] if location.startswith("/") else links


def _all_of(response: HttpResponseBase) -> str:
    """Everything the reader gets: body, headers, cookies."""
    body = read(response)
    head = repr(sorted(response.headers.items())) + response.cookies.output()
    return f"{body.decode('utf-8', errors='replace')}\n{head}"
