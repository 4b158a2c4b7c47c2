"""Canaries: unique words, names and phones planted where a reader must not find them.

As each member of the cast every link of every page is followed, and every address of the
permission table is asked for besides; what must not be seen may stand in no page, no JSON, no
header, no cookie and no line of the log.
"""

import logging
import re
from collections import deque
from dataclasses import dataclass, field
from html import unescape

import pytest
from django.db import transaction
from django.http import HttpResponseBase
from django.test import Client

from gezhi.ground.accounts.models import User
from gezhi.ground.notices import actions as notices
from gezhi.kernel.fields import open_sealed
from gezhi.work.cases import actions
from gezhi.work.cases.tests.playing import Play, a_class
from tests.access.routes import routes
from tests.access.scenes import NO_CODE, code_of, furnish, known_values
from tests.access.walk import STRANGER, TIES, read
from tests.cast import Cast

MOST_PAGES = 400
_LINK = re.compile(r"""\s(?:href|src|action|hx-get|data-[a-z-]+)=["'](/[^"']*)["']""")
# The gallery shows constants, among them made-up names; the others end the session.
_SKIPPED = ("/static/", "/shell/gallery", "/logout", "/lock")
_STREET = {"li", "acceptor", "dispatcher", "checker", "supervisor", "wang"}
_EVERYBODY = set(TIES)
# A stranger with the receipt of the first case: reads their own words, and nobody else's.
HOLDER = "receipt holder"


@dataclass(frozen=True, slots=True)
class Canary:
    """A text found nowhere else, what it stands for, and who may read it."""

    text: str
    what: str
    readers: frozenset[str] = field(default_factory=frozenset)


class Planted:
    """Cases and people full of canaries, made through the actions."""

    def __init__(self, cast: Cast) -> None:
        self.cast = cast
        self.canaries: list[Canary] = []
        self.plays: list[Play] = []
        furnish(cast)
        street = cast.street
        mine = {*_STREET, "zhang", "handler", "tang"}
        play = self._case("金丝雀甲", "13811110001", mine, holder=True)
        self._accepted(play, "金丝雀甲批", mine)
        play.dispatch(assist_unit_ids=(street.water.pk,), words=self._plant("金丝雀甲派", mine))
        play.take().finish(words=self._plant("金丝雀甲办结", mine | {HOLDER}))
        # A unit that returned a case was never the right one, and keeps no view of it.
        without_units = mine - {"tang", "handler"}
        play = self._case("金丝雀乙", "13811110002", without_units)
        self._accepted(play, "金丝雀乙批", without_units)
        play.dispatch()
        play.do(
            actions.return_to_centre,
            cast.handler.viewer,
            reason_code="not_our_area",
            duty_id=None,
            right_unit_id=street.water.pk,
            words=self._plant("金丝雀乙退", without_units),
        )
        community = {*_STREET, "zhang"}
        self._case("金丝雀丙", "13811110003", community, class_code=a_class(intake="community"))
        self._case("金丝雀丁", "13811110004", {*_STREET, "zhao"}, point=street.next_point)
        east = street.next_point[0] - street.point[0]
        far = (street.next_point[0] + 1.5 * east, street.point[1])
        self._case("金丝雀戊", "13811110005", {"he"}, point=far)
        self._staff()
        self._notice()

    def _plant(self, text: str, readers: set[str]) -> str:
        self.canaries.append(Canary(text, "事件里的话", frozenset(readers)))
        return f"{text}，其余照常办理，情况已经写明。"

    def _case(
        self,
        word: str,
        phone: str,
        readers: set[str],
        *,
        point: tuple[float, float] | None = None,
        holder: bool = False,
        class_code: str = "",
    ) -> Play:
        play = Play(self.cast)
        readers = readers | {HOLDER} if holder else readers
        longitude, latitude = point or self.cast.street.point
        play.report(
            text=self._plant(f"{word}述", readers),
            where=actions.Where(
                longitude=longitude,
                latitude=latitude,
                words=self._plant(f"{word}处", readers),
            ),
            contact=actions.Contact(name=f"{word}姓名", phone=phone),
            class_code=class_code,
        )
        self.canaries += [
            # The whole name and number open only by a deed with a purpose, never by a link.
            Canary(f"{word}姓名", "反映人姓名"),
            Canary(phone, "反映人电话"),
            Canary(
                code_of(play.receipt.report_id), "查询码", frozenset({HOLDER} if holder else ())
            ),
        ]
        self.plays.append(play)
        return play

    def _accepted(self, play: Play, word: str, readers: set[str]) -> None:
        play.accept(words=self._plant(word, readers))

    def _staff(self) -> None:
        """Nobody's telephone stands on a page; a stranger reads no full name of staff."""
        for place, (_name, person) in enumerate(self.cast.staff()):
            self.canaries += [
                Canary(f"1390000{place:04}", "工作人员电话"),
                Canary(person.name, "工作人员姓名", frozenset(_EVERYBODY - {STRANGER, HOLDER})),
            ]

    def _notice(self) -> None:
        """An inbox is its owner's."""
        play = self.plays[2]
        notices.notify_user(
            self.cast.zhang.user_id, "case_ask", "case", play.case.pk,
            play.receipt.case_number, "canary",
        )  # fmt: skip

    def seeds(self) -> list[str]:
        """Where a curious reader begins: the front doors, then every address by guess."""
        guesses = []
        for play in self.plays:
            values = {
                **known_values(self.cast),
                "number": play.receipt.case_number,
                "report_number": play.receipt.number,
                "code": NO_CODE,
                "signed": "1.photo.u1.9999999999.AAAA",
            }
            guesses += [
                route.path(values)
                for route in routes()
                # All deeds pass one door; the first case shows whether it holds.
                if route.name != "desk:deed" or play is self.plays[0]
            ]
        words = [play.receipt.number for play in self.plays] + ["金丝雀", "1381111", "姓名"]
        guesses += [f"{path}?q={word}" for path in ("/desk/search/", "/where") for word in words]
        return ["/", "/work/", *dict.fromkeys(guesses)]

    def doors_of_a_receipt(self) -> list[str]:
        """Every address that stands under the first receipt, with its right code."""
        receipt = self.plays[0].receipt
        values = {"number": receipt.number, "code": receipt.code}
        return [route.path(values) for route in routes() if "code" in route.parameters]


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


class _Lines(logging.Handler):
    """Every line any logger wrote, as it would stand in a file."""

    def __init__(self) -> None:
        super().__init__(logging.DEBUG)
        self.text = ""

    def emit(self, record: logging.LogRecord) -> None:
        self.text += f"{self.format(record)}\n"


@dataclass(slots=True)
class Crawled:
    """What all readers saw, and what was logged meanwhile."""

    planted: Planted
    readers: dict[str, Crawl]
    log: str


_done: list[Crawled] = []


@pytest.fixture
def planted(cast: Cast) -> Planted:
    return Planted(cast)


@pytest.fixture
def crawled(request: pytest.FixtureRequest) -> Crawled:
    """Everybody's crawl; done once a run."""
    if not _done:
        planted = request.getfixturevalue("planted")
        lines, root, refusals = _Lines(), logging.getLogger(), logging.getLogger("django.request")
        levels = root.level, refusals.level
        root.addHandler(lines)
        root.setLevel(logging.DEBUG)
        refusals.setLevel(logging.DEBUG)
        try:
            readers = {name: Crawl(planted, name) for name in TIES}
            readers[HOLDER] = Crawl(planted, HOLDER, planted.doors_of_a_receipt())
        finally:
            root.removeHandler(lines)
            root.setLevel(levels[0])
            refusals.setLevel(levels[1])
        _done.append(Crawled(planted, readers, lines.text))
    return _done[0]


@pytest.mark.parametrize("name", [*TIES, HOLDER])
def test_nobody_finds_what_is_not_theirs(name: str, crawled: Crawled) -> None:
    found = crawled.readers[name].found
    assert not found, f"{TIES.get(name, name)} 看到了不该看的内容：\n" + "\n".join(found[:12])


def test_no_line_of_the_log_holds_a_canary(crawled: Crawled) -> None:
    assert "Not Found" in crawled.log
    logged = [one.text for one in crawled.planted.canaries if one.text in crawled.log]
    assert not logged, f"日志里出现了这些内容：{logged}"


def test_every_reader_reaches_what_they_may_read(crawled: Crawled) -> None:
    """Without this a crawl that stops at the first page would find nothing and pass."""
    for name in ("zhang", "acceptor", "li", "wang", "he"):
        crawl = crawled.readers[name]
        words = {one.text for one in crawl.allowed if one.what == "事件里的话"}
        assert words, name
        assert words <= crawl.seen_allowed, (name, words - crawl.seen_allowed)


def test_a_leak_would_be_found(planted: Planted) -> None:
    """A canary put where the worker reads is seen by the same eyes."""
    crawl = Crawl(planted, "zhang", seeds=[])
    crawl.forbidden = [Canary("金丝雀甲述", "自己网格的事")]
    crawl.open(f"/pocket/cases/{planted.plays[0].receipt.case_number}/")
    assert crawl.found


def test_phones_of_staff_are_really_planted(planted: Planted) -> None:
    phones = {open_sealed(user, "phone") for user in User.objects.all()}
    texts = {one.text for one in planted.canaries if one.what == "工作人员电话"}
    assert texts <= phones
