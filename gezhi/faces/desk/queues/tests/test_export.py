"""Lists of cases as sheets: every list, in words, as the viewer may see it, and the taking recorded."""

from datetime import datetime
from urllib.parse import unquote

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from gezhi.faces.desk.conftest import read_sheet, text_of
from gezhi.ground.audit.models import Entry
from gezhi.kernel import clock
from gezhi.work.cases.models import CaseWords, ReportWords
from gezhi.work.cases.queries import QUEUES
from gezhi.work.cases.tests.playing import Play
from tests.access.walk import read


def test_what_waits_is_in_the_sheet_in_words_and_nobody_by_name(cast, play, desk_of):
    play.until("handling")
    (row,) = read_sheet(desk_of(cast.handler).take("queues/handling/export/"))
    assert row["案件号"] == play.case.number
    assert row["环节"] == "办理中"
    assert "建筑垃圾" in row["事由"]
    assert row["紧急程度"] == "一般"
    assert row["现在在谁手里"] == cast.street.sanitation.name
    text = str(row)
    assert cast.chen.phone not in text
    assert cast.chen.name not in text


def test_moments_are_dates_on_the_clock_of_china(cast, play, desk_of):
    play.until("handling")
    (row,) = read_sheet(desk_of(cast.handler).take("queues/handling/export/"))
    wall = clock.local(play.case.due_at).replace(tzinfo=None, second=0, microsecond=0)
    assert row["本环节到期"] == wall
    assert isinstance(row["反映时间"], datetime)


def test_the_file_is_named_in_chinese_with_its_day(cast, play, desk_of):
    play.until("handling")
    response = desk_of(cast.handler).take("queues/handling/export/")
    said = unquote(response.headers["Content-Disposition"])
    assert said == "attachment; filename*=utf-8''办理中-2026-11-23-1000.xlsx"
    response.close()


def test_the_taking_is_recorded(cast, play, desk_of):
    play.until("handling")
    read_sheet(desk_of(cast.handler).take("queues/handling/export/", light="red"))
    entry = Entry.objects.get(verb="cases.export")
    assert entry.user_id == cast.handler.user_id
    assert entry.unit_id == cast.street.sanitation.pk
    serial = entry.detail.pop("serial")
    assert len(serial) >= 12
    assert entry.detail == {"queue": "handling", "filtered": ["light"], "rows": 0}
    assert entry.purpose == "other: 周例会核对"


def test_what_for_is_asked_where_addresses_stand_in_it(cast, play, desk_of):
    play.until("handling")
    desk = desk_of(cast.handler)
    page = text_of(desk.get("queues/handling/export/"))
    assert "拿去做什么用" in page
    assert "表里有“事由”“地点”" in page
    assert "不勾这几列" in page
    refused = desk.take("queues/handling/export/", purpose=" ")
    assert refused.status_code == 422
    assert "“拿去做什么用”还没填" in text_of(refused)
    assert not Entry.objects.filter(verb="cases.export").exists()


def test_a_list_without_addresses_leaves_at_once(cast, play, desk_of):
    play.until("handling")
    desk = desk_of(cast.handler)
    desk.post("queues/handling/columns/", column=["number", "class"], order=["number", "class"])
    (row,) = read_sheet(desk.get("queues/handling/export/"))
    assert set(row) == {"案件号", "类别"}
    assert Entry.objects.get(verb="cases.export").purpose == ""
    assert desk.take("queues/handling/export/").status_code == 405


@pytest.mark.parametrize(
    "person", ["acceptor", "dispatcher", "supervisor", "wang", "checker", "li"]
)
def test_the_centre_takes_its_lists_along_too(cast, play, desk_of, person):
    play.until("handling")
    desk = desk_of(getattr(cast, person))
    (row,) = read_sheet(desk.take("queues/open/export/"))
    assert row["案件号"] == play.case.number
    page = desk.get("queues/open/").content.decode()
    assert "/desk/queues/open/export/" in page


def test_a_sheet_holds_all_pages_of_its_list_in_their_order(
    cast, play, another, desk_of, monkeypatch
):
    monkeypatch.setattr("gezhi.work.cases.queries.queues.EVERY_SIZE", 1)
    play.until("handling")
    another.until("handling")
    rows = read_sheet(desk_of(cast.handler).take("queues/handling/export/"))
    assert [row["案件号"] for row in rows] == [play.case.number, another.case.number]


def test_filters_of_the_list_narrow_its_sheet_and_stand_in_its_address(cast, play, desk_of):
    play.until("handling")
    desk = desk_of(cast.acceptor)
    assert read_sheet(desk.take("queues/open/export/", q="没有这样的字")) == []
    page = desk.get("queues/open/", q="没有").content.decode()
    assert "/desk/queues/open/export/?q=%E6%B2%A1%E6%9C%89" in page
    part = desk.get("queues/open/", q="没有", into="list-body").content.decode()
    assert 'id="export" hx-swap-oob="true"' in part
    assert "/desk/queues/open/export/?q=%E6%B2%A1%E6%9C%89" in part


def test_a_formula_is_words(cast, play, desk_of):
    play.report(text="=HYPERLINK(1)").accept().dispatch().take()
    (row,) = read_sheet(desk_of(cast.handler).take("queues/handling/export/"))
    assert row["事由"] == "=HYPERLINK(1)"


def test_what_a_search_found_is_a_sheet(cast, play, desk_of):
    play.until("handling")
    desk = desk_of(cast.acceptor)
    (row,) = read_sheet(desk.take("search/export/", q="建筑垃圾"))
    assert row["案件号"] == play.case.number
    assert "search/export/?q=" in desk.get("search/", q="建筑垃圾").content.decode()
    assert read_sheet(desk.take("search/export/", q="")) == []


def test_nobody_takes_what_they_may_not_see(cast, play, desk_of):
    play.until("handling")
    assert read_sheet(desk_of(cast.tang).take("queues/handling/export/")) == []
    assert read_sheet(desk_of(cast.tang).take("search/export/", q="建筑垃圾")) == []
    assert read_sheet(desk_of(cast.sun).take("queues/open/export/")) == []
    elsewhere = {"taking", "handling", "assisting", "called", "hung", "supervised", "open", "ended"}
    for name in set(QUEUES) - elsewhere:
        assert desk_of(cast.handler).get(f"queues/{name}/export/").status_code == 404
    assert desk_of(cast.acceptor).get("queues/handling/export/").status_code == 404


def test_words_kept_before_they_were_cleaned_turn_no_line_round(cast, play, desk_of):
    play.until("handling")
    CaseWords.objects.filter(case=play.case).update(
        title="路灯\u202e坏了", place_words="\u2066门口"
    )
    ReportWords.objects.filter(report__case=play.case).update(text="三天\u202e\u200f了")
    desk = desk_of(cast.handler)
    (row,) = read_sheet(desk.take("queues/handling/export/"))
    pages = (f"cases/{play.case.number}/", f"cases/{play.case.number}/sheet/", "queues/handling/")
    texts = [str(row), *(desk.get(page).content.decode() for page in pages)]
    for text in texts:
        assert "路灯坏了" in text
        assert not set(text) & set("\u202e\u2066\u200f")


@pytest.mark.parametrize("kind", ["export", "paper"])
def test_a_longer_list_leaves_with_no_more_statements(
    cast, desk_of, django_assert_num_queries, kind
):
    """The page that asks what for is all a GET measures; the rows come with the answer."""
    desk = desk_of(cast.acceptor)
    for _ in range(2):
        Play(cast).until("closed")
    path = f"queues/ended/{kind}/"
    read(desk.take(path))
    with CaptureQueriesContext(connection) as asked:
        few = read(desk.take(path))
    for _ in range(6):
        Play(cast).until("closed")
    with django_assert_num_queries(len(asked)):
        many = read(desk.take(path))
    assert len(many) > len(few)


@pytest.mark.parametrize("purpose", ["\u200b", "\u2800\u3164", "  \u202e "])
def test_a_purpose_nobody_can_read_is_none(cast, play, desk_of, purpose):
    play.until("handling")
    answer = desk_of(cast.handler).post("queues/handling/export/", purpose=purpose)
    assert answer.status_code == 422
    assert not Entry.objects.filter(verb="cases.export").exists()


def test_a_file_lies_about_as_paper_does_a_confidential_case_leaves_without_its_words(
    cast, play, desk_of
):
    play.report(text="举报三栋二单元王家夜里倒垃圾", confidential=True)
    desk = desk_of(cast.acceptor)
    assert "王家" in text_of(desk.get("queues/accepting/"))
    (row,) = read_sheet(desk.take("queues/accepting/export/"))
    assert row["案件号"] == play.case.number
    assert (row["事由"], row["地点"]) == ("保密事项", "")
