"""Numbers are counted by the database, however few of the cases a page shows; pages stay as light."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from gezhi.faces.desk.conftest import text_of
from gezhi.faces.shell.paging import SIZE
from gezhi.kernel.viewer import Viewer
from gezhi.work.cases.tests.playing import Play, fresh_key
from gezhi.work.emergency import actions
from gezhi.work.emergency.actions.enlisting import take_in
from gezhi.work.emergency.queries import cases as case_queries
from gezhi.work.emergency.queries import story
from gezhi.work.emergency.rules import How
from tests import emergencies

MANY = SIZE + 3
PAGES = ("?show=cases", "?show=grids", "?show=major", "?show=crew", "?show=log", "report/", "off/")


@pytest.fixture
def flood(cast):
    return emergencies.flood(cast)


def _bring(cast, row, number):
    """So many cases more, each of a grid that is in trouble again; their numbers in order."""
    found = []
    for _ in range(number):
        play = Play(cast).report()
        take_in(row, play.case, How.CLASS, by=Viewer.system("emergency", row.district_id))
        found.append(play.case.number)
    return found


def _answer(cast, row):
    actions.answer(
        emergency_id=row.pk, grid_id=cast.street.grid.pk, said="trouble", text="地下室进水",
        by=cast.zhang.viewer, key=fresh_key(),
    )  # fmt: skip


def test_every_page_counts_all_and_shows_some(cast, desk_of, flood, monkeypatch):
    monkeypatch.setattr(case_queries, "PRINTED", 10)
    monkeypatch.setattr(story, "PRINTED", 20)
    numbers = _bring(cast, flood, MANY)
    desk = desk_of(cast.supervisor)
    board = desk.get(f"emergency/{flood.pk}/")
    assert board.context["tabs"][0].number == MANY
    assert len(board.context["cases"]) == SIZE
    assert f"第 1–{SIZE} 条，共 {MANY} 条" in text_of(board)
    last = desk.get(f"emergency/{flood.pk}/", page="2")
    assert len(last.context["cases"]) == MANY - SIZE
    shown = {one.row.number for page in (board, last) for one, _line in page.context["cases"]}
    assert shown == set(numbers)
    assert f"/desk/emergency/{flood.pk}/?show=cases&amp;page=2" in text_of(last)
    major = f"emergency/{flood.pk}/cases/{numbers[-1]}/major/"
    assert desk.get(major).status_code == 200
    assert desk.post(major, named=cast.wang.user_id).status_code == 303
    tabs = desk.get(f"emergency/{flood.pk}/", show="major").context["tabs"]
    assert tabs[2].number == 1
    report = desk.get(f"emergency/{flood.pk}/report/")
    assert f"{MANY} 件，办完 0 件，重大 1 件" in text_of(report)
    _still_on, _facts, cases, _grids, _crew, log, _signs = report.context["paper"].parts
    assert cases.rows[0][-1] == cast.wang.name
    assert len(cases.rows) == 11
    assert f"另有 {MANY - 11} 件没有印" in text_of(report)
    assert f"事件纳入和了结等 {MANY} 行没有印" in text_of(report)
    assert [what for _at, what, *_ in log.rows][-2:] == ["列为重大事件", "点名负责"]
    assert f"还有 {MANY} 件没办完" in text_of(desk.get(f"emergency/{flood.pk}/off/"))


def test_the_log_is_read_a_page_at_a_time_the_last_line_first(cast, desk_of, flood):
    _bring(cast, flood, MANY)
    desk = desk_of(cast.acceptor)
    first = desk.get(f"emergency/{flood.pk}/", show="log")
    assert len(first.context["log"]) == SIZE
    assert first.context["log"][0].code == "case_in"
    last = desk.get(f"emergency/{flood.pk}/", show="log", page="2")
    assert last.context["log"][-1].code == "on"


@pytest.mark.parametrize("page", PAGES)
def test_no_page_asks_more_of_the_database_for_more_cases(cast, desk_of, flood, page):
    desk = desk_of(cast.supervisor)

    def asked():
        desk.client.get(f"/desk/emergency/{flood.pk}/{page}")
        with CaptureQueriesContext(connection) as queries:
            assert desk.client.get(f"/desk/emergency/{flood.pk}/{page}").status_code == 200
        return len(queries)

    _bring(cast, flood, 2)
    _answer(cast, flood)
    few = asked()
    _bring(cast, flood, 20)
    for _ in range(3):
        _answer(cast, flood)
    assert asked() == few
