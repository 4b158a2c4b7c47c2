"""The weekly 通报 and the list for the notice board: the figures of the page, and no small number."""

from datetime import timedelta

import pytest

from gezhi.faces.desk.conftest import text_of
from gezhi.ground.audit.models import Entry
from gezhi.insight.figures.nightly import freeze_periods
from gezhi.insight.figures.notice_board import notice_board
from gezhi.insight.figures.periods import Span, holding
from gezhi.kernel import clock
from gezhi.work.cases.tests.playing import Play


@pytest.fixture
def last_week(cast):
    """Seven cases accepted in the week that has ended since."""
    for _case in range(7):
        Play(cast).until("accepted")
    period = holding(Span.WEEK, clock.today())
    clock.advance(timedelta(days=7))
    return period


def test_the_bulletin_says_what_the_page_of_figures_says(cast, last_week, desk_of):
    page = text_of(desk_of(cast.supervisor).get("figures/bulletin/"))
    _year, week, _day = last_week.first.isocalendar()
    assert f"第{week}周" in page and "受理件数 7 件" in page and "一、总体情况" in page
    made = desk_of(cast.supervisor).post("figures/bulletin/", way="pdf")
    assert made.content.startswith(b"%PDF-")
    entry = Entry.objects.get(verb="papers.print")
    assert entry.detail["paper"] == "bulletin" and entry.detail["day"] == str(last_week.first)


def test_a_red_head_is_asked_for(cast, last_week, desk_of):
    desk = desk_of(cast.supervisor)
    plain = text_of(desk.get("figures/bulletin/", number="锦驿街发〔2026〕12号"))
    assert "用什么样的头" in plain and "红头文件" in plain
    assert 'class="red-head"' not in plain and 'class="red-number"' not in plain
    red = text_of(desk.get("figures/bulletin/", red="yes", number="锦驿街发〔2026〕12号"))
    assert 'class="red-head"' in red
    assert '<p class="red-number">锦驿街发〔2026〕12号</p>' in red
    address = "figures/bulletin/?red=yes&number=锦驿街发〔2026〕12号"
    assert '<p class="red-number">锦驿街发〔2026〕12号</p>' in text_of(
        desk.post(address, way="page")
    )
    for way in ("pdf", "docx"):
        assert desk.post(address, way=way).status_code == 200


def test_the_paper_says_nothing_of_what_stands_beside_it(cast, last_week, desk_of):
    clock.advance(timedelta(days=7))
    freeze_periods()
    page = text_of(desk_of(cast.supervisor).get("figures/bulletin/", day=str(last_week.first)))
    assert "另行更正" in page and "旁边" not in page


def test_a_week_that_runs_has_no_bulletin(cast, last_week, desk_of):
    today = clock.today().isoformat()
    page = text_of(desk_of(cast.supervisor).get("figures/bulletin/", day=today))
    assert "受理件数 7 件" in page


def test_what_is_pinned_up_writes_no_number_below_five(cast, last_week, desk_of):
    for _case in range(3):
        Play(cast).until("accepted", where=_elsewhere(cast))
    shown = notice_board(cast.supervisor.viewer, last_week)
    assert shown.numbers[-1][-1] == 7
    clock.advance(timedelta(days=7))
    page = text_of(desk_of(cast.supervisor).get("figures/notice-board/"))
    assert "＊" in page and "少于 5 件的不写" in page
    numbers = notice_board(
        cast.supervisor.viewer, holding(Span.WEEK, clock.today()).before()
    ).numbers
    assert all(number is None or number == 0 or number >= 5 for row in numbers for number in row)


def _elsewhere(cast):
    from gezhi.work.cases.actions import Where

    longitude, latitude = cast.street.next_point
    return Where(longitude=longitude, latitude=latitude)


def test_of_a_week_without_cases_it_says_so(cast, desk_of):
    page = text_of(desk_of(cast.supervisor).get("figures/notice-board/"))
    assert "这段时间没有受理的事" in page


def test_who_reads_no_figures_has_neither(cast, desk_of):
    for path in ("figures/bulletin/", "figures/notice-board/"):
        assert desk_of(cast.handler).get(path).status_code == 404
        assert desk_of(cast.handler).post(path, way="pdf").status_code == 404
