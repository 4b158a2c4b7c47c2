"""How many SQL statements each page takes, as the person who uses it most; committed and compared.

Counted on the second request (process caches warm, the session seen), with more rows in every
list than one page of a phone: a list that asks once a row shows itself at once.
"""

from collections.abc import Callable

import pytest
from django.db import connection, transaction
from django.http import HttpResponseBase
from django.test import Client
from django.test.utils import CaptureQueriesContext

from gezhi.work.cases import actions
from gezhi.work.cases.tests.playing import Play, a_class
from tests.access.routes import Route, routes
from tests.access.scans import questions, read_whole
from tests.access.scenes import Scene, Stage
from tests.access.tables import read_counts, write_counts
from tests.access.walk import STRANGER, TIES, read
from tests.cast import Cast

MOST_OF_A_LIST = 12
MANY = 8
# Whose daily page it is: the first of these who is answered with 200 (design §4.1, interface.md).
USERS = (
    STRANGER, "acceptor", "li", "dispatcher", "handler", "checker", "supervisor",
    "system_administrator", "security_administrator", "audit_administrator", "zhang",
)  # fmt: skip
_LIST_SIGNS = (b'class="rows', b"<table", b"data-rows")
# One line each for eight lists, none of them shown; pieces of many rooms, a few lines each; the board
# and the report of one emergency, which hold its cases, grids, crew and log; figures, six sums for each of three periods.
OVERVIEWS = (
    "desk:setup:home",
    "desk:home",
    "pocket:today",
    "desk:emergency",
    "desk:emergency_report",
    "desk:figures",
    "desk:bulletin",
)
# Pages that read a table that grows from end to end, and why that is right.
READ_WHOLE = {
    ("desk:setup:audit", "audit_entry"): "the newest fifty; nearly every entry is of the district",
    ("desk:doctor", "audit_entry"): "the newest alone, and what no block holds yet",
    ("desk:doctor", "audit_head"): "the newest fifty",
    ("desk:doctor", "cases_reporter"): "the newest that left a name, and a phone",
}
# Files and sessions are measured elsewhere; they read one row.
_LEFT_OUT = ("files/", "logout/", "lock/")


def _fill(cast: Cast, photo: Callable[[], int]) -> None:
    """Eight cases in every state a list shows, each with a photo."""
    for _ in range(MANY):
        for state in (
            "reported", "accepted", "dispatched", "handling", "checking", "checked", "closed",
        ):  # fmt: skip
            Play(cast).until(state)
        play = Play(cast).report()
        play.do(actions.ask, cast.acceptor.viewer)
        play = Play(cast).report(
            by=cast.zhang.viewer, channel="grid_worker", photos=(photo(),),
            class_code=a_class(intake="community"),
        )  # fmt: skip
        spot = actions.handle_on_the_spot
        play.do(spot, cast.zhang.viewer, words="已清走", photos=[photo()])


def _measure(cast: Cast, stage: Stage) -> dict[str, dict[str, object]]:
    clients: dict[str, Client] = {}
    for name in USERS:
        clients[name] = Client()
        if name != STRANGER:
            clients[name].force_login(getattr(cast, name).user)
    found: dict[str, dict[str, object]] = {}
    for route in routes():
        if route.pattern.startswith(_LEFT_OUT):
            continue
        for name in USERS:
            measured = _as(clients[name], route, _first(stage.scenes(route), route))
            if measured is not None:
                found[_page(route)] = {"as": name, **measured}
                break
    return found


def _page(route: Route) -> str:
    return f"{route.name} {route.pattern}"


def _first(scenes: list[Scene], route: Route) -> Scene:
    """Of a case's scenes the one with most in it: sent, and another unit assists."""
    return next((scene for scene in scenes if scene.name == "sent, water assists"), scenes[0])


def _as(client: Client, route: Route, scene: Scene) -> dict[str, object] | None:
    """Statements and kind of the page, or None when this person is not answered with 200."""
    path = route.path(scene.values)
    with transaction.atomic():
        if _status(client.get(path, headers=scene.headers)) != 200:
            transaction.set_rollback(True)
            return None
        with CaptureQueriesContext(connection) as queries, questions() as asked:
            response = client.get(path, headers=scene.headers)
            _status(response)
        whole = [(table, one.sql) for one in asked for table in read_whole(one)]
        _whole.setdefault(route.name, []).extend(whole)
        transaction.set_rollback(True)
    shows_rows = any(sign in getattr(response, "content", b"") for sign in _LIST_SIGNS)
    # A case's page has tables too, of one case; a list is what grows with the office.
    is_list = "number" not in route.parameters and route.name not in OVERVIEWS and shows_rows
    counted = [one for one in queries.captured_queries if "SAVEPOINT" not in one["sql"]]
    return {"queries": len(counted), "list": is_list}


def _status(response: HttpResponseBase) -> int:
    read(response)
    return response.status_code


# By page: the tables that grow which a statement of it reads from end to end.
_whole: dict[str, list[tuple[str, str]]] = {}
_measured: list[dict[str, dict[str, object]]] = []


@pytest.fixture
def measured(cast: Cast, stage: Stage, photo: Callable[[], int]) -> dict[str, dict[str, object]]:
    """Every page, measured once a run."""
    if not _measured:
        _fill(cast, photo)
        _measured.append(_measure(cast, stage))
    return _measured[0]


def test_no_page_asks_more_than_is_committed(
    measured: dict[str, dict[str, object]], recording: bool
) -> None:
    if recording:
        rooms = {_page(route): route.room for route in routes()}
        write_counts((rooms[page], page, count) for page, count in measured.items())
    committed = read_counts()
    differing = [
        f"{page}: 提交的是 {committed.get(page)}，现在是 {now}"
        for page, now in measured.items()
        if committed.get(page) != now
    ]
    gone = sorted(set(committed) - set(measured))
    assert not differing and not gone, "\n".join(
        [*differing[:20], *gone, "有意的改动：python -m tests.access.record，读差异后提交"]
    )


def test_no_list_asks_more_than_twelve(measured: dict[str, dict[str, object]]) -> None:
    long = {
        page: row["queries"]
        for page, row in measured.items()
        if row["list"] and int(str(row["queries"])) > MOST_OF_A_LIST
    }
    assert not long, f"列表页最多 {MOST_OF_A_LIST} 条 SQL：{long}"


def test_no_page_reads_a_table_that_grows_from_end_to_end(
    measured: dict[str, dict[str, object]],
) -> None:
    whole = {
        page: [(table, sql[:2000]) for table, sql in found if (page, table) not in READ_WHOLE]
        for page, found in _whole.items()
    }
    told = [f"{page}: {table}\n    {sql}" for page, found in whole.items() for table, sql in found]
    assert not told, "\n".join(told)


def test_the_pages_people_live_on_are_measured(measured: dict[str, dict[str, object]]) -> None:
    names = {page.split(" ")[0] for page in measured}
    assert {"resident:report", "pocket:today", "desk:home", "desk:queue", "desk:case"} <= names
    assert set(USERS) <= set(TIES)
