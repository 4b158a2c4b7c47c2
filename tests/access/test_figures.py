"""A number on a page is the count of the list it opens, for everybody who sees the number."""

from collections.abc import Iterator
from datetime import timedelta
from html.parser import HTMLParser
from urllib.parse import urljoin

from django.test import Client

from gezhi.faces.shell import figures, menu
from gezhi.ground.accounts import actions as accounts
from gezhi.ground.jobs.models import Task, TaskState
from gezhi.ground.notices.models import Notice
from gezhi.kernel import clock
from gezhi.work.cases import actions
from gezhi.work.cases.tests.playing import Play
from gezhi.work.handover import actions as handover
from tests.access.scenes import Stage
from tests.cast import Cast

_MANY_PAGES = 50


class _Lines(HTMLParser):
    """The lines of a page's list, and where its next page is."""

    def __init__(self, mark: str) -> None:
        super().__init__()
        self.mark, self.lines, self.following = mark, 0, ""
        self._inside: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = {name: value or "" for name, value in attrs}
        if tag == "a" and found.get("rel") == "next":
            self.following = found.get("href", "")
        if self.mark:
            self.lines += self.mark in found.get("data-counted", "").split()
        elif (tag == "li" and self._inside[-1:] == ["ul"]) or (
            tag == "tr" and self._inside[-1:] == ["tbody"]
        ):
            self.lines += found.get("id") != "more"
        if tag == "ul":
            listed = "data-rows" in found or "rows" in found.get("class", "").split()
            self._inside.append("ul" if listed else "other")
        elif tag in ("tbody", "thead"):
            self._inside.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag in ("ul", "tbody", "thead") and self._inside:
            self._inside.pop()


def _lines(client: Client, url: str, mark: str) -> int:
    """How many lines the list at this address has, all its pages together."""
    number = 0
    for _ in range(_MANY_PAGES):
        page = client.get(url)
        assert page.status_code == 200, (url, page.status_code)
        text = page.content.decode()
        content = text[text.index('id="content"') :]
        found = _Lines(mark)
        found.feed(content)
        number += found.lines
        if not found.following:
            return number
        url = urljoin(url, found.following)
    raise AssertionError(f"{url} has no end")


def _counted(cast: Cast) -> Iterator[tuple[str, str, figures.Count, str, Client]]:
    for _, person in cast.staff():
        client = Client()
        client.force_login(person.user)
        viewer = person.viewer_now
        for entry in menu.entries_for(viewer):
            # The notices of the rail are a figure, with the lines that are counted.
            if entry.number is not None and entry.url != "/desk/notices/":
                count = figures.Count(entry.number, entry.url)
                yield person.staff_number, entry.label, count, "", client
        for figure in figures.figures_for(viewer):
            for name, count in figure.counts(viewer).items():
                mark = figure.lines.get(name, "")
                yield person.staff_number, f"{figure.name} {name}", count, mark, client


def _a_month_later(cast: Cast) -> None:
    """A street where something of everything waits: more than a page of cases, late ones, notices,
    a failed task, a vacant post, a closed account and a locked one."""
    for number in range(32):
        Play(cast).report(text=f"第{number}棵树倒了")
    now = clock.now()
    Task.objects.create(
        path="gezhi.nothing",
        state=TaskState.FAILED,
        run_after=now,
        enqueued_at=now,
        finished_at=now,
    )
    Notice.objects.create(
        user_id=cast.acceptor.user_id, kind="case_dispatched", created_at=now, key="figures"
    )
    handover.close_account(user=cast.tang.user, by=cast.system_administrator.viewer)
    clock.advance(timedelta(days=30))
    Play(cast).until("closed")
    Play(cast).until("accepted").dispatch(assist_unit_ids=[cast.street.office.pk])
    whistled = Play(cast).until("accepted")
    whistled.do(
        actions.whistle,
        cast.supervisor.viewer,
        kind="enforcement",
        unit_ids=[cast.street.office.pk],
        due_at=clock.now() + timedelta(hours=2),
        words="到场清理",
    )
    for _ in range(6):
        accounts.begin_try(staff_number=cast.zhao.staff_number, address="10.0.0.1")


def test_whoever_presses_a_number_finds_as_many_lines(cast: Cast, stage: Stage) -> None:
    _a_month_later(cast)
    counted = list(_counted(cast))
    wrong = [
        (who, name, count, found)
        for who, name, count, mark, client in counted
        if (found := _lines(client, count.url, mark)) != count.number
    ]

    assert not wrong
    # Each of them counts something for somebody.
    shown = {name for _, name, count, *_ in counted if count.number}
    assert {name for _, name, *_ in counted} - shown == set()
