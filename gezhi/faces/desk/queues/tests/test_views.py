"""Shapes, columns and saved views of a list: kept on the server, shared with the unit, never a right."""

import re
from unittest import mock

import pytest

from gezhi.faces.desk.conftest import read_sheet, text_of
from gezhi.ground.audit.models import Entry
from gezhi.ground.lists import actions
from gezhi.ground.lists.models import ListView
from gezhi.kernel.errors import Invalid
from gezhi.work.cases.models import Case


def _save(desk, name, queue="open", query="", **fields):
    return desk.post(f"queues/{queue}/save/{query}", name=name, **fields)


def test_the_table_leads_to_the_words_for_a_group_while_something_is_to_be_done(
    cast, play, desk_of
):
    play.report()
    desk = desk_of(cast.acceptor)
    desk.post("queues/open/shape/", shape="table")
    words = f"/desk/guests/group-text/{play.case.number}/"
    table = text_of(desk.get("queues/open/")).split('id="table-rows"')[1].split("</table>")[0]
    assert table.count(words) == 1
    play.accept().dispatch().take().finish().check().close()
    desk.post("queues/ended/shape/", shape="table")
    ended = text_of(desk.get("queues/ended/"))
    assert play.case.number in ended and words not in ended


def test_a_table_is_kept_for_the_account_and_for_nobody_else(cast, play, desk_of):
    play.until("handling")
    desk = desk_of(cast.acceptor)
    answer = desk.post("queues/open/shape/?light=red", shape="table")
    assert answer.url == "/desk/queues/open/?light=red"
    page = text_of(desk_of(cast.acceptor).get("queues/open/"))
    assert '<table class="table" data-rows' in page
    assert f'href="/desk/cases/{play.case.number}/?queue=open"' in page
    assert "<table" not in text_of(desk_of(cast.dispatcher).get("queues/open/"))
    assert "<table" not in text_of(desk.get("queues/closing/"))


def test_beside_a_case_the_list_stays_a_list(cast, play, desk_of):
    play.until("handling")
    desk = desk_of(cast.acceptor)
    desk.post("queues/open/shape/", shape="table")
    assert "case-table" not in text_of(desk.get(f"cases/{play.case.number}/?queue=open"))


def test_columns_are_moved_by_buttons_and_kept_by_saving(cast, play, desk_of):
    play.until("handling")
    desk = desk_of(cast.acceptor)
    page = text_of(
        desk.post("queues/open/columns/", order=["title", "due"], column=["due"], move="due up")
    )
    assert re.findall(r'name="order" value="(\w+)"', page)[:2] == ["due", "title"]
    assert not ListView.objects.exists()
    desk.post("queues/open/columns/", order=["due", "title", "number"], column=["number", "due"])
    page = text_of(desk.get("queues/open/"))
    assert re.findall(r'<th scope="col"[^>]*>(?:<a [^>]*>)?([^<]+)<', page) == [
        "本环节到期",
        "案件号",
    ]
    (row,) = read_sheet(desk.get("queues/open/export/"))
    assert list(row) == ["本环节到期", "案件号"]


@pytest.mark.parametrize(
    ("fields", "words"),
    [({}, "至少勾选一列"), ({"column": ["phone"]}, "有一列已经没有了")],
)
def test_no_column_and_a_made_up_one_are_refused_in_words(cast, desk_of, fields, words):
    answer = desk_of(cast.acceptor).post("queues/open/columns/", **fields)
    assert answer.status_code == 422
    assert words in text_of(answer)
    assert not ListView.objects.exists()


def test_nobody_may_choose_a_column_of_who_reported(cast, desk_of):
    page = text_of(desk_of(cast.acceptor).get("queues/open/columns/"))
    assert "电话" not in page
    assert "反映人" not in page


def test_a_view_opens_with_its_filters_and_order(cast, play, another, desk_of):
    play.report(text="下水道返臭")
    another.report(text="路灯不亮")
    desk = desk_of(cast.acceptor)
    answer = _save(desk, "路灯的事", query="?q=%E8%B7%AF%E7%81%AF&order=newest")
    page = text_of(desk.client.get(answer.url))
    assert "路灯不亮" in page
    assert "下水道返臭" not in page
    assert 'aria-current="true"' in page
    assert "路灯的事" in text_of(desk.get("queues/open/"))
    assert "路灯的事" not in text_of(desk.get("queues/closing/"))
    assert "路灯的事" not in text_of(desk_of(cast.dispatcher).get("queues/open/"))


def test_a_shared_view_is_the_units_and_gives_no_right(cast, play, desk_of):
    play.until("handling")
    _save(desk_of(cast.acceptor), "在办", share="on")
    row = ListView.objects.get()
    assert row.unit_id == cast.acceptor.viewer.seats[0].unit_id
    colleague, stranger = desk_of(cast.dispatcher), desk_of(cast.handler)
    assert "在办" in text_of(colleague.get("queues/open/"))
    assert colleague.get("queues/open/", view=row.pk).status_code == 200
    assert stranger.get("queues/open/", view=row.pk).status_code == 404
    assert stranger.get(f"queues/views/{row.pk}/remove/").status_code == 404
    assert colleague.post(f"queues/views/{row.pk}/remove/").status_code == 403
    assert ListView.objects.filter(pk=row.pk).exists()


def test_of_a_list_one_has_not_there_is_no_view(cast, desk_of):
    _save(desk_of(cast.acceptor), "我的", queue="closing", share="on")
    row = ListView.objects.get()
    dispatcher = desk_of(cast.dispatcher)
    assert dispatcher.get("queues/closing/", view=row.pk).status_code == 404
    assert dispatcher.get(f"queues/views/{row.pk}/remove/").status_code == 404
    for page in ("columns", "save", "paper"):
        assert dispatcher.get(f"queues/closing/{page}/").status_code == 404


def test_its_maker_and_the_supervisor_of_the_unit_remove_a_shared_view(cast, desk_of):
    for name, remover in (("一", "acceptor"), ("二", "supervisor")):
        _save(desk_of(cast.acceptor), name, share="on")
        row = ListView.objects.get()
        desk = desk_of(getattr(cast, remover))
        assert name in text_of(desk.get(f"queues/views/{row.pk}/remove/"))
        desk.post(f"queues/views/{row.pk}/remove/")
        assert not ListView.objects.exists()
    verbs = set(Entry.objects.filter(subject_kind="list_view").values_list("verb", flat=True))
    assert verbs == {"lists.share_view", "lists.remove_view"}


def test_the_trail_holds_no_name_of_a_view(cast, desk_of):
    _save(desk_of(cast.acceptor), "陈阿姨家的事")
    entry = Entry.objects.get(verb="lists.save_view")
    assert entry.detail == {"list": "open"}


@pytest.mark.parametrize("name", ["", "   ", "\u200b", "长" * 21])
def test_a_name_that_is_none_is_asked_for_again(cast, desk_of, name):
    answer = _save(desk_of(cast.acceptor), name)
    assert answer.status_code == 422
    assert not ListView.objects.exists()


def test_a_name_that_is_there_is_said(cast, desk_of):
    desk = desk_of(cast.acceptor)
    _save(desk, "急的")
    assert "已经有这个名字" in text_of(_save(desk, "急的"))


def test_two_hundred_views_are_not_kept(cast):
    def save(number, share):
        actions.save_view(
            list_name="open", name=f"视图 {number}", parameters={}, shape="lines", columns=[],
            share=share, by=cast.acceptor.viewer,
        )  # fmt: skip

    for number in range(actions.MOST_OF_ONE):
        save(number, share=False)
    with pytest.raises(Invalid, match="最多存 20 个"):
        save(200, share=False)


def test_a_shape_that_is_none_is_refused_in_words(cast, desk_of):
    desk = desk_of(cast.acceptor)
    answer = desk.post("queues/open/shape/", shape="cloud")
    assert "请在列表和表格里选一样" in text_of(desk.client.get(answer.url))
    assert desk.get("queues/open/shape/").status_code == 302


def test_paper_says_what_it_lists_and_when(cast, play, desk_of):
    play.until("handling")
    page = text_of(desk_of(cast.acceptor).take("queues/open/paper/", q="垃圾"))
    assert "全部在办" in page
    assert "“垃圾”" in page
    assert "2026-11-23" in page
    assert "建筑垃圾" in page
    assert "共 1 件" in page


def test_paper_with_addresses_says_who_printed_it_and_what_for(cast, play, desk_of):
    play.until("handling")
    desk = desk_of(cast.acceptor)
    assert "拿去做什么用" in text_of(desk.get("queues/open/paper/"))
    page = text_of(desk.take("queues/open/paper/", "周例会"))
    entry = Entry.objects.get(verb="cases.print_list")
    assert entry.purpose == "other: 周例会"
    assert entry.detail["rows"] == 1
    for said in (cast.acceptor.name, "用途：周例会", entry.detail["serial"]):
        assert said in page


def test_of_a_restricted_case_no_words_stand_on_paper(cast, play, desk_of):
    play.until("accepted")
    Case.objects.filter(pk=play.case.pk).update(confidentiality="restricted")
    desk = desk_of(cast.dispatcher)
    assert "建筑垃圾" in text_of(desk.get("queues/dispatching/"))
    page = text_of(desk.take("queues/dispatching/paper/"))
    assert "保密事项" in page
    assert "建筑垃圾" not in page


def test_a_name_taken_meanwhile_is_said_and_not_broken_on(cast):
    """Sent twice at once, the second finds the name although it did not stand there before."""
    asked = {
        "list_name": "cases:open", "name": "红灯", "parameters": {}, "shape": "lines",
        "columns": [], "share": False, "by": cast.supervisor.viewer,
    }  # fmt: skip
    actions.save_view(**asked)
    nobody = ListView.objects.none()
    with (
        mock.patch.object(ListView.objects, "select_for_update", return_value=nobody),
        pytest.raises(Invalid, match="已经有这个名字"),
    ):
        actions.save_view(**asked)
    assert ListView.objects.filter(name="红灯").count() == 1


def test_a_head_leads_to_the_order_it_stands_for_and_says_which_way(cast, play, desk_of):
    play.until("reported")
    desk = desk_of(cast.supervisor)
    desk.post("queues/open/shape/", shape="table")
    desk.post(
        "queues/open/columns/",
        order=["title", "reported", "due"],
        column=["title", "reported", "due"],
    )

    def head(address, word):
        heads = text_of(desk.get(address)).split("<thead>")[1].split("</thead>")[0].split("<th")
        return next(one for one in heads if word in one)

    assert 'aria-sort="ascending"' in head("queues/open/", "本环节到期")
    assert "order=first" in head("queues/open/", "反映时间")
    assert "order=newest" in head("queues/open/?order=first", "反映时间")
    assert 'aria-sort="descending"' in head("queues/open/?order=newest", "反映时间")
    assert "order=" not in head("queues/open/?order=newest", "本环节到期")
    assert "aria-sort" not in head("queues/open/?order=newest", "本环节到期")
    assert "href" not in head("queues/open/", "事由")
