"""Canaries: unique words, names and phones planted where a reader must not find them.

As each member of the cast every link of every page is followed, and every address of the
permission table is asked for besides; what must not be seen may stand in no page, no JSON, no
header, no cookie and no line of the log.
"""

import logging
from dataclasses import dataclass

import pytest

from gezhi.ground.accounts.models import User
from gezhi.kernel.fields import open_sealed
from tests.access.crawl import Crawl
from tests.access.planted import HOLDER, Canary, Planted
from tests.access.walk import TIES
from tests.cast import Cast


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
