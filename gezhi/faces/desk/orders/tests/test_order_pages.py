"""/desk/orders/: brought in, mapped, sent back red and again, said back, reconciled; for whom it is."""

import io
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from python_calamine import CalamineWorkbook

from gezhi.faces.desk.conftest import begin_batch, send_sheet, text_of
from gezhi.work.cases import actions as cases
from gezhi.work.cases.tests.playing import Play, fresh_key
from gezhi.work.orders.models import ClassMatch, Difference, Mapping, Order, Reply
from gezhi.work.orders.tests import cities


@pytest.fixture
def browser(cast, desk_of):
    """The acceptor at their desk."""
    return desk_of(cast.acceptor)


@pytest.fixture
def came(cast, browser):
    """One order, brought in by its page."""
    page = send_sheet(browser.client, "orders", cities.riverside(cities.riverside_row()))
    begin_batch(browser.client, text_of(page))
    return Order.objects.get()


def rows_of(answer):
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0).to_python()


def test_the_list_shows_what_came_and_where_it_is(came, browser):
    page = text_of(browser.get("orders/"))
    assert "BJ20261123000017" in page
    assert "还没对上我们的类别" in page
    assert "没有找到" in text_of(browser.get("orders/", q="X"))


@pytest.mark.parametrize(
    "address",
    [
        "",
        "paste/",
        "export/",
        "classes/",
        "mappings/",
        "mappings/out/",
        "reconciliations/",
        "folder/",
    ],
)
def test_each_page_opens_and_who_does_not_exchange_orders_has_none(cast, desk_of, browser, address):
    assert browser.get(f"orders/{address}").status_code == 200
    assert desk_of(cast.dispatcher).get(f"orders/{address}").status_code == 404


def test_the_search_opens_the_case_an_order_was_merged_into(cast, came, browser):
    other = Play(cast).report(contact=cases.Contact("林女士", "13812340017"))
    browser.post(f"orders/{came.pk}/merge/{other.case.number}/")
    answer = browser.get("search/", q=came.number)
    assert answer.headers["Location"] == f"/desk/cases/{other.case.number}/"


def test_an_order_that_came_when_its_case_had_ended_says_so(cast, browser):
    play = Play(cast).report(origin=cases.Origin("12345", "BJ20261123000017"), channel="hotline")
    cases.reject(number=play.case.number, reason_code="not_here", words="不归我们管", by=cast.acceptor.viewer,
                 key=fresh_key(), version=play.case.version)  # fmt: skip
    page = send_sheet(browser.client, "orders", cities.riverside(cities.riverside_row()))
    begin_batch(browser.client, text_of(page))
    assert "来时已办结" in text_of(browser.get("orders/"))
    page = text_of(browser.get(f"orders/{Order.objects.get().pk}/"))
    assert "会自己写好" not in page
    assert "以前的过程不再自己写成回件" in page


def test_another_street_does_not_see_the_order(cast, came, desk_of):
    assert desk_of(cast.he).get(f"orders/{came.pk}/").status_code == 404
    assert came.number not in text_of(desk_of(cast.he).get("orders/"))


def test_a_wrong_row_comes_back_in_its_own_workbook_for_a_purpose_and_can_be_sent_again(browser):
    wrong = cities.hilltop([cities.hilltop_row(), cities.hilltop_row("８８", phone="1.38E+10")])
    page = text_of(send_sheet(browser.client, "orders", wrong))
    (address,) = re.findall(r'href="(/desk/sheets/batches/\d+/bad/)"', page)
    assert "拿去做什么用" in text_of(browser.client.get(address))
    rows = rows_of(browser.client.post(address, {"purpose": "退回热线改"}))
    assert rows[0][:2] == ["流水号", "诉求人信息"]
    assert rows[1][-1] == "退回原因"
    assert "1.38E+10" in rows[2][-1]
    assert any("用途：退回热线改" in str(row[0]) for row in rows)
    begin_batch(browser.client, page)
    again = [list(map(str, row)) for row in rows[:3]]
    again[2][2] = "13812340020"
    text = "\n".join("\t".join(row) for row in again)
    answer = browser.post("orders/paste/", text=text)
    begin_batch(browser.client, text_of(browser.client.get(answer.url)))
    assert set(Order.objects.values_list("number", flat=True)) == {"00812345", "88"}


def test_nobody_is_named_where_a_sheet_is_looked_at(browser):
    page = text_of(send_sheet(browser.client, "orders", cities.hilltop([cities.hilltop_row()])))
    assert "何**" in page and "何先生" not in page


def test_what_was_pasted_without_a_table_stays_and_is_told(browser):
    page = browser.post("orders/paste/", text="工单编号 A-1")
    assert page.status_code == 422
    assert "没有看到表格" in text_of(page)
    assert "工单编号 A-1" in text_of(page)


def test_a_sheet_is_mapped_by_hand_once_and_known_from_then_on(browser):
    text = "单子\t说的啥\tdue\nQ-1\t路灯坏了\t2026-12-01 12:00\n"
    page = text_of(send_sheet(browser.client, "orders", text.encode(), "表.csv"))
    assert "表里没有找到：工单编号、内容" in page
    (match,) = re.findall(r'action="(/desk/sheets/batches/\d+/match/)"', page)
    chosen = {"column_0": "number", "column_1": "text", "column_2": "due_at"}
    browser.client.post(match, chosen)
    (keep,) = re.findall(
        r'action="(/desk/orders/mappings/in/\d+/)"',
        text_of(browser.client.get(match.replace("match/", ""))),
    )
    browser.client.post(keep, {"name": "土法表"})
    browser.client.post(keep, {"name": "土法表"})
    assert list(Mapping.objects.values_list("name", "version")) == [("土法表", 1)]
    later = text.replace("Q-1", "Q-2").encode()
    begin_batch(browser.client, text_of(send_sheet(browser.client, "orders", later, "表.csv")))
    assert Order.objects.get().due_at is not None


def test_a_hole_is_settled_on_its_page_and_the_next_order_has_the_class(came, browser):
    row = ClassMatch.objects.get()
    page = browser.post(f"orders/classes/{row.pk}/", class_code="no-such")
    assert page.status_code == 422
    browser.post(f"orders/classes/{row.pk}/", class_code="event-0102")
    sheet = cities.riverside(cities.riverside_row(工单编号="B-9"))
    begin_batch(browser.client, text_of(send_sheet(browser.client, "orders", sheet)))
    assert Order.objects.get(number="B-9").report.case.class_code == "event-0102"


def test_a_class_is_found_by_words_where_one_of_theirs_is_settled(came, browser):
    row = ClassMatch.objects.get()
    address = f"orders/classes/{row.pk}/"
    page = text_of(browser.get(address))
    assert "<option" not in page and "（选填）" not in page
    assert 'hx-get="/desk/classes/"' in page and "当作我们的哪一类" in page
    # Without scripts, by the button; the only one the words find needs no choosing.
    looked = browser.post(address, class_words="暴露垃圾", look="class")
    assert looked.status_code == 200 and 'value="event-0102"' in text_of(looked)
    assert ClassMatch.objects.get().class_code == ""
    assert "请选一个最接近的类别" in text_of(browser.post(address))
    browser.post(address, class_words="暴露垃圾")
    assert ClassMatch.objects.get().class_code == "event-0102"
    assert "checked" in text_of(browser.get(address))
    browser.post(address, open_again="1")
    assert ClassMatch.objects.get().class_code == ""


def test_a_reply_by_hand_keeps_what_was_typed_and_is_one_when_sent_twice(came, browser):
    said = {"kind": "return", "said": "这条路归柳荫街道", "deed_key": fresh_key()}
    page = browser.post(f"orders/{came.pk}/reply/", **said)
    assert page.status_code == 422
    assert "这条路归柳荫街道" in text_of(page)
    for _twice in range(2):
        browser.post(f"orders/{came.pk}/reply/", **said, unit_words="柳荫街道")
    assert Reply.objects.count() == 1
    assert "建议由柳荫街道承办" in text_of(browser.get(f"orders/{came.pk}/"))


def test_replies_leave_for_a_purpose_once_and_the_same_file_again(cast, came, browser):
    browser.get("orders/export/")
    page = browser.post("orders/export/", purpose="")
    assert page.status_code == 422
    cases.accept(
        number=came.report.case.number, class_code="event-0102", kind="complaint",
        by=cast.acceptor.viewer, key=fresh_key(),
    )  # fmt: skip
    rows = rows_of(browser.post("orders/export/", purpose="回传市热线"))
    assert rows[1][0] == came.number
    assert rows[1][2] == "签收"
    serial = Reply.objects.get().file
    again = rows_of(browser.post("orders/export/", purpose="再传一次", serial=serial))
    assert again[1] == rows[1]
    assert "没有等着传的回件" in text_of(browser.get("orders/export/"))


def test_the_reconciliation_says_of_each_difference_what_to_do(came, browser):
    theirs = cities.riverside(
        cities.riverside_row(版本=2, 办结时限=cities.SERIAL + 2),
        cities.riverside_row(工单编号="B-77"),
    )
    answer = browser.post("orders/reconciliations/", file=SimpleUploadedFile("表.xlsx", theirs))
    page = text_of(browser.client.get(answer.url))
    assert "他们有，我们没有" in page
    assert "时限会照抄过来" in page
    assert set(Difference.objects.values_list("gap", flat=True)) == {"not_here", "version", "due"}
    rows = rows_of(browser.client.get(f"{answer.url}export/"))
    assert {row[0] for row in rows[1:]} == {came.number, "B-77"}


def test_the_reconciliation_names_our_case_its_state_and_why_a_row_is_mended_first(came, browser):
    theirs = cities.riverside(
        cities.riverside_row(状态="已办结"),
        cities.riverside_row(工单编号="B-77", 诉求内容="长" * 4001),
    )
    answer = browser.post("orders/reconciliations/", file=SimpleUploadedFile("表.xlsx", theirs))
    page = text_of(browser.client.get(answer.url))
    assert "垃圾没人清" in page and "待受理" in page
    assert "导入不会收这几行" in page and "整张表导入就行" not in page
    assert "内容：太长" in page
    rows = rows_of(browser.client.get(f"{answer.url}export/"))
    ours = {row[0]: row[3] for row in rows[1:]}
    assert ours[came.number] == "待受理"


def test_an_order_that_is_the_same_matter_is_merged_by_hand_with_both_receipts(cast, came, browser):
    other = Play(cast).report(contact=cases.Contact("林女士", "13812340017"))
    page = text_of(browser.get(f"orders/{came.pk}/"))
    assert "可能是同一件" in page
    browser.post(f"orders/{came.pk}/merge/{other.case.number}/")
    came.refresh_from_db()
    assert came.report.case == other.case
    assert other.case.reports.count() == 2


def test_a_kept_mapping_is_chosen_by_name_and_version_where_the_sheet_is_looked_at(browser):
    text = "单子\t说的啥\tdue\tdue2\nQ-1\t路灯坏了\t2026-12-01 12:00\t2026-12-09 12:00\n".encode()
    page = text_of(send_sheet(browser.client, "orders", text, "表.csv"))
    (match,) = re.findall(r'action="(/desk/sheets/batches/\d+/match/)"', page)
    keep = match.replace("sheets/batches", "orders/mappings/in").replace("match/", "")
    for due in ("column_2", "column_3"):
        chosen = {"column_0": "number", "column_1": "text", "column_2": "", "column_3": ""}
        browser.client.post(match, chosen | {due: "due_at"})
        browser.client.post(keep, {"name": "土法表"})
    other = "工单编号\t内容\t限期\nQ-7\t井盖响\t2026-12-09\n".encode()
    page = text_of(send_sheet(browser.client, "orders", other, "表.csv"))
    assert "这张表里没有：单子、说的啥、due" in page
    page = text_of(send_sheet(browser.client, "orders", text, "表.csv"))
    assert "第2版（正在用）" in "".join(page.split())
    (keep,) = set(re.findall(r'action="(/desk/orders/mappings/in/\d+/)"', page))
    older = Mapping.objects.get(version=1)
    page = text_of(browser.client.post(keep, {"use": older.pk}, follow=True))
    assert "照“土法表”第 1 版认了列" in page
    begin_batch(browser.client, page)
    assert Order.objects.filter(due_at__day=1).exists()


def test_what_is_looked_at_is_begun_from_the_top_and_says_how_it_was_read(browser):
    text = "工单编号\t内容\t办结时限\t问题描述\t标记\nQ-1\t路灯坏了\t46359.7\t不亮\t红\n".encode()
    page = text_of(send_sheet(browser.client, "orders", text, "表.csv"))
    assert "核对 12345 工单" in page
    assert page.index("导入这 1 行") < page.index('class="table')
    assert "这两列没有用上：问题描述、标记" in page
    assert "“问题描述”也像内容，只能用一列，用的是“内容”" in page
    assert "2026-12-03 16:48" in page and "46359.7" not in page
    assert re.search(r'<details class="section">\s*<summary>哪一列是什么', page)
    assert re.search(r'tabindex="0"\s+role="region"\s+aria-label="1 行可以导入"', page)
    (match,) = re.findall(r'action="(/desk/sheets/batches/\d+/match/)"', page)
    keep = match.replace("sheets/batches", "orders/mappings/in").replace("match/", "")
    browser.client.post(keep, {"name": "市热线表"})
    page = text_of(send_sheet(browser.client, "orders", text, "表.csv"))
    assert "照表样“市热线表”第 1 版" in page


def test_a_kept_sheet_with_one_heading_twice_is_read_as_it_was(browser):
    text = "单子\t内容\t内容\nQ-1\t路灯坏了\t不亮\n".encode()
    page = text_of(send_sheet(browser.client, "orders", text, "表.csv"))
    (match,) = re.findall(r'action="(/desk/sheets/batches/\d+/match/)"', page)
    browser.client.post(match, {"column_0": "number", "column_1": "text", "column_2": ""})
    keep = match.replace("sheets/batches", "orders/mappings/in").replace("match/", "")
    browser.client.post(keep, {"name": "两个内容"})
    page = text_of(send_sheet(browser.client, "orders", text, "表.csv"))
    assert "导入这 1 行" in page


def test_a_batch_shows_its_newest_order_first(browser):
    rows = [cities.riverside_row(工单编号=number) for number in ("B-1", "B-2", "B-3")]
    page = text_of(send_sheet(browser.client, "orders", cities.riverside(*rows)))
    begin_batch(browser.client, page)
    (batch,) = set(re.findall(r"/desk/sheets/batches/(\d+)/", page))
    page = text_of(browser.get(f"orders/batches/{batch}/"))
    assert re.findall(r">(B-\d)</a>", page) == ["B-3", "B-2", "B-1"]


def test_a_mapping_that_does_not_fit_the_sheet_or_is_none_is_refused_in_words(browser):
    text = "单子\t说的啥\nQ-1\t路灯坏了\n".encode()
    page = text_of(send_sheet(browser.client, "orders", text, "表.csv"))
    (match,) = re.findall(r'action="(/desk/sheets/batches/\d+/match/)"', page)
    keep = match.replace("sheets/batches", "orders/mappings/in").replace("match/", "")
    browser.client.post(match, {"column_0": "number", "column_1": "text"})
    browser.client.post(keep, {"name": "土法表"})
    other = "编号\t内容\nQ-1\t路灯坏了\n".encode()
    page = text_of(send_sheet(browser.client, "orders", other, "表.csv"))
    (keep,) = set(re.findall(r'action="(/desk/orders/mappings/in/\d+/)"', page))
    for use, said in ((Mapping.objects.get().pk, "没有这种表样要的列"), (1, "没有这种表样")):
        assert said in text_of(browser.client.post(keep, {"use": use}, follow=True))


def test_a_settled_class_is_offered_to_the_open_cases_that_came_without_it(came, browser):
    row = ClassMatch.objects.get()
    answer = browser.post(f"orders/classes/{row.pk}/", class_code="event-0102")
    page = text_of(browser.client.get(answer.url))
    assert "给这1件归好类" in "".join(page.split())
    answer = browser.post(f"orders/classes/{row.pk}/", class_open="1")
    assert answer.url.endswith("/classes/")
    came.refresh_from_db()
    assert came.report.case.class_code == "event-0102"
    assert "class_open" not in text_of(browser.get(f"orders/classes/{row.pk}/"))


def test_nothing_is_classed_by_a_hole(came, browser):
    row = ClassMatch.objects.get()
    answer = browser.post(f"orders/classes/{row.pk}/", class_open="1")
    assert "先定下当作我们的哪一类" in text_of(browser.client.get(answer.url))
    assert came.report.case.class_code == ""


def test_open_orders_stand_before_ended_ones_and_the_newest_first_over_all_pages(
    cast, browser, monkeypatch
):
    monkeypatch.setattr("gezhi.faces.desk.orders.listing.SIZE", 2)
    numbers = [f"BJ2026112300010{place}" for place in range(5)]
    rows = [
        cities.riverside_row(工单编号=number, 诉求内容=f"第 {number[-1]} 处路灯不亮")
        for number in numbers
    ]
    begin_batch(
        browser.client, text_of(send_sheet(browser.client, "orders", cities.riverside(*rows)))
    )
    for number in (numbers[1], numbers[4]):
        case = Order.objects.select_related("report__case").get(number=number).report.case
        cases.reject(number=case.number, reason_code="not_here", words="不归我们管", by=cast.acceptor.viewer,
                     key=fresh_key(), version=case.version)  # fmt: skip
    pages, address = [], "orders/"
    while address:
        page = text_of(browser.client.get(f"/desk/{address}"))
        pages.append(re.findall(r"BJ2026112300010\d(?=</a>)", page))
        found = re.search(r'href="(\?[^"]*after=[^"]+)"', page)
        address = f"orders/{found[1]}".replace("&amp;", "&") if found else ""
    assert pages == [
        [numbers[3], numbers[2]], [numbers[0], numbers[4]], [numbers[1]],
    ]  # fmt: skip
