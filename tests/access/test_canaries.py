"""Canaries: unique words, names and phones planted where a reader must not find them.

As each member of the cast every link of every page is followed, and every address of the
permission table is asked for besides; what must not be seen may stand in no page, no JSON, no
header, no cookie and no line of the log.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass

import pytest

from gezhi.ground.accounts.models import User
from gezhi.kernel.fields import open_sealed
from tests.access.crawl import Crawl
from tests.access.planted import FAR, HOLDER, Canary, Planted
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
    leak: list[str]
    phones: set[str]


_done: list[Crawled] = []


@pytest.fixture
def crawled(cast: Cast, photo: Callable[[], int]) -> Crawled:
    """Everybody's crawl; done once a process."""
    if not _done:
        planted = Planted(cast, photo)
        lines, root, refusals = _Lines(), logging.getLogger(), logging.getLogger("django.request")
        levels = root.level, refusals.level
        root.addHandler(lines)
        root.setLevel(logging.DEBUG)
        refusals.setLevel(logging.DEBUG)
        try:
            readers = {name: Crawl(planted, name) for name in TIES}
            readers |= {
                f"{FAR}{name}": Crawl(planted, f"{FAR}{name}", planted.seeds_from_afar())
                for name in planted.beside.people
            }
            readers[HOLDER] = Crawl(planted, HOLDER, planted.doors_of_a_receipt())
        finally:
            root.removeHandler(lines)
            root.setLevel(levels[0])
            refusals.setLevel(levels[1])
        phones = {open_sealed(user, "phone") for user in User.objects.all()}
        _done.append(Crawled(planted, readers, lines.text, _leak(planted), phones))
    return _done[0]


@pytest.mark.parametrize("name", [*TIES, HOLDER])
def test_nobody_finds_what_is_not_theirs(name: str, crawled: Crawled) -> None:
    found = crawled.readers[name].found
    assert not found, f"{TIES.get(name, name)} 看到了不该看的内容：\n" + "\n".join(found[:12])


def test_nothing_crosses_from_one_district_into_the_other(crawled: Crawled) -> None:
    names = [name for name in crawled.readers if name.startswith(FAR)]
    assert len(names) == len(crawled.planted.beside.people)
    found = [line for name in names for line in crawled.readers[name].found]
    assert not found, "邻区的人看到了：\n" + "\n".join(found[:12])
    for name in (f"{FAR}acceptor", f"{FAR}handler", f"{FAR}zhang", f"{FAR}system"):
        assert crawled.readers[name].seen_allowed, f"{name} 连自己区的都没看到"


def test_whoever_has_a_confidential_case_in_hand_reads_it(crawled: Crawled) -> None:
    """The other way round: kept from the others it still reaches those who must act on it."""
    words = [one for one in crawled.planted.canaries if one.what == "保密的话"]
    for name in ("acceptor", "dispatcher", "checker", "supervisor", "handler", "zhang"):
        mine = {one.text for one in words if name in one.readers}
        assert mine, name
        assert mine <= crawled.readers[name].seen_allowed, (
            name,
            mine - crawled.readers[name].seen_allowed,
        )
    read_by = {name for one in words for name in one.readers}
    assert not read_by & {"wang", "li", "zhao", "tang", "audit_administrator"}


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


def test_lists_that_ask_what_for_were_really_taken(crawled: Crawled) -> None:
    for name in ("acceptor", "handler", "wang"):
        assert any("/export/" in path for path in crawled.readers[name].taken), name


def _leak(planted: Planted) -> list[str]:
    """What the same eyes find where a canary is put before the worker."""
    crawl = Crawl(planted, "zhang", seeds=[])
    crawl.forbidden = [Canary("金丝雀甲述", "自己网格的事")]
    crawl.open(f"/pocket/cases/{planted.plays[0].receipt.case_number}/")
    return crawl.found


def test_a_leak_would_be_found(crawled: Crawled) -> None:
    assert crawled.leak


def test_phones_of_staff_are_really_planted(crawled: Crawled) -> None:
    texts = {one.text for one in crawled.planted.canaries if one.what == "工作人员电话"}
    assert texts
    assert texts <= crawled.phones
