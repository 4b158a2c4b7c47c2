"""/desk/knowledge/: entries written, reviewed by another, found, taken along."""

import io
import re
from datetime import datetime

import pytest
import xlsxwriter

from gezhi.faces.desk.conftest import begin_batch, read_sheet, send_sheet, text_of
from gezhi.ground.audit.models import Entry
from gezhi.ground.sheets.models import SheetBatch
from gezhi.kernel import clock
from gezhi.work.knowledge import actions
from gezhi.work.knowledge.models import Article, Template
from gezhi.work.knowledge.rules import Written

QUESTION = "居住证怎么办？"


def typed(cast, **changes):
    """The form of an entry, filled."""
    return {
        "question": QUESTION,
        "answer": "带身份证和租房合同，到社区居委会办。",
        "basis": "《居住证暂行条例》第九条",
        "unit": str(cast.street.sanitation.pk),
        "audience": "residents",
        "deed_key": "article-typed",
    } | changes


@pytest.fixture
def draft(cast):
    """An entry the acceptor wrote."""
    written = Written(
        QUESTION, "带身份证到社区办。", "《居住证暂行条例》", cast.street.sanitation.pk
    )
    return actions.write(written=written, by=cast.acceptor.viewer, key="draft")


@pytest.fixture
def published(cast, draft):
    """The same, published."""
    return actions.publish(article=draft, by=cast.supervisor.viewer)


def test_written_reviewed_by_another_and_found(cast, desk_of):
    desk, chief = desk_of(cast.acceptor), desk_of(cast.supervisor)
    assert desk.post("knowledge/new/", **typed(cast)).status_code == 303
    row = Article.objects.get()
    assert "知识库还是空的" in text_of(desk.get("knowledge/"))
    assert QUESTION in text_of(chief.get("knowledge/drafts/"))
    assert "审过了，发布" not in text_of(desk.get(f"knowledge/{row.pk}/"))
    assert chief.post(f"knowledge/{row.pk}/publish/").status_code == 303
    assert QUESTION in text_of(desk.get("knowledge/?q=我想办居住证"))
    assert "没有找到" in text_of(desk.get("knowledge/?q=路灯"))


def test_the_day_of_the_review_is_the_day_in_china(cast, draft, desk_of):
    with clock.moved_to(datetime(2026, 12, 1, 3, 28, tzinfo=clock.SHANGHAI)):
        actions.publish(article=draft, by=cast.supervisor.viewer)
        page = text_of(desk_of(cast.acceptor).get(f"knowledge/{draft.pk}/"))
    assert f"{cast.supervisor.name}，2026-12-01" in page
    assert "2026-11-30" not in page


def test_sent_twice_it_is_one_entry(cast, desk_of):
    desk = desk_of(cast.acceptor)
    for _time in range(2):
        assert desk.post("knowledge/new/", **typed(cast)).status_code == 303
    assert Article.objects.count() == 1


def test_what_is_wrong_stands_at_its_row_and_what_was_typed_stays(cast, desk_of):
    page = desk_of(cast.acceptor).post(
        "knowledge/new/", **typed(cast, valid_to="2020-01-01", wordings="怎么办暂住证")
    )
    assert page.status_code == 422
    assert "有效期已经过了" in text_of(page) and "怎么办暂住证" in page.content.decode()
    assert not Article.objects.exists()


def test_several_drafts_are_published_together_but_not_ones_own(cast, draft, desk_of):
    mine = actions.write(
        written=Written("停水到几点？", "看通知。", "供水通知", cast.street.centre.pk),
        by=cast.supervisor.viewer,
        key="mine",
    )
    chief = desk_of(cast.supervisor)
    chief.post("knowledge/drafts/", article=[str(draft.pk), str(mine.pk), "x"])
    page = text_of(chief.get("knowledge/drafts/"))
    assert "已发布 1 条" in page and "谁写的谁不能审" in page
    assert Article.objects.get(state="published").pk == draft.pk
    assert (
        desk_of(cast.acceptor).post("knowledge/drafts/", article=[str(mine.pk)]).status_code == 404
    )


def test_sent_back_it_says_what_to_put_right(cast, draft, desk_of):
    chief = desk_of(cast.supervisor)
    assert chief.post(f"knowledge/{draft.pk}/back/", because="").status_code == 422
    assert chief.post(f"knowledge/{draft.pk}/back/", because="依据写全").status_code == 303
    page = text_of(desk_of(cast.acceptor).get(f"knowledge/{draft.pk}/"))
    assert "审的人请您改" in page and "依据写全" in page


def test_the_next_version_is_written_beside_the_one_in_use(cast, published, desk_of):
    desk = desk_of(cast.acceptor)
    assert "在用的那一版不动" in text_of(desk.get(f"knowledge/{published.pk}/change/"))
    desk.post(f"knowledge/{published.pk}/change/", **typed(cast, answer="网上办。"))
    new = Article.objects.get(version=2)
    assert "带身份证到社区办" in text_of(desk.get("knowledge/"))
    desk_of(cast.supervisor).post(f"knowledge/{new.pk}/publish/")
    assert "网上办。" in text_of(desk.get("knowledge/"))
    assert "有了新的一版" in text_of(desk.get(f"knowledge/{published.pk}/"))
    again = desk.post(f"knowledge/{published.pk}/change/", **typed(cast, deed_key="late"))
    assert again.status_code == 422 and "已经停用" in text_of(again)


def test_the_owner_says_it_is_still_right_withdraws_or_drops_it(cast, published, desk_of):
    desk = desk_of(cast.handler)
    assert desk.post(f"knowledge/{published.pk}/confirm/", review_on="x").status_code == 422
    assert (
        desk.post(f"knowledge/{published.pk}/confirm/", review_on="2027-06-01").status_code == 303
    )
    assert "停用这一条" in text_of(desk.get(f"knowledge/{published.pk}/withdraw/"))
    assert desk.post(f"knowledge/{published.pk}/withdraw/").status_code == 303
    assert QUESTION in text_of(desk.get("knowledge/ended/"))
    desk.post("knowledge/new/", **typed(cast))
    row = Article.objects.get(state="draft")
    assert desk.post(f"knowledge/{row.pk}/drop/").status_code == 303
    row.refresh_from_db()
    assert row.ended_because == "dropped"


def test_another_unit_changes_nothing_and_who_reads_none_has_no_page(cast, published, desk_of):
    other = desk_of(cast.tang)
    assert QUESTION in text_of(other.get(f"knowledge/{published.pk}/"))
    assert other.get(f"knowledge/{published.pk}/change/").status_code == 403
    assert other.post(f"knowledge/{published.pk}/withdraw/").status_code == 403
    assert desk_of(cast.dispatcher).get("knowledge/new/").status_code == 404
    assert desk_of(cast.system_administrator).get("knowledge/").status_code == 404


def test_it_is_taken_along_with_the_columns_that_are_brought_in(cast, published, desk_of):
    (row,) = read_sheet(desk_of(cast.acceptor).get("knowledge/export/"))
    assert (row["问题"], row["归口单位"], row["给谁看"]) == (
        QUESTION,
        cast.street.sanitation.name,
        "居民",
    )
    assert Entry.objects.filter(verb="knowledge.export").count() == 1


def whole_row(cast, question, **changes):
    """A row of the sheet, filled."""
    return {
        "问题": question, "答复": "到社区居委会办。", "依据": "《条例》第九条",
        "归口单位": cast.street.sanitation.name, "给谁看": "居民",
    } | changes  # fmt: skip


def sheet_of(rows):
    """A workbook of these rows."""
    titles = list(dict.fromkeys(title for row in rows for title in row))
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        for at, cells in enumerate(
            [titles, *([row.get(one, "") for one in titles] for row in rows)]
        ):
            sheet.write_row(at, 0, cells)
    return buffer.getvalue()


def imported(cast, desk, *rows):
    """The rows brought in by their page; the page of the preview."""
    content = sheet_of(rows)
    page = text_of(send_sheet(desk.client, "articles", content, "知识.xlsx"))
    begin_batch(desk.client, page)
    return page


def test_a_sheet_brings_drafts_says_what_is_wrong_and_again_changes_nothing(cast, desk_of):
    desk = desk_of(cast.acceptor)
    rows = [
        whole_row(cast, "居住证怎么办？"),
        whole_row(cast, "停水到几点？", 归口单位="没有的单位"),
        whole_row(cast, "公园几点关门？", 有效期到="下个月"),
    ]
    page = imported(cast, desk, *rows)
    assert "没有这个单位" in page and "日期写成 2027-01-01" in page
    assert list(Article.objects.values_list("question", "state")) == [("居住证怎么办？", "draft")]
    again = text_of(send_sheet(desk.client, "articles", sheet_of(rows[:1]), "知识.xlsx"))
    assert "都和现在一样" in again


def test_a_changed_row_of_a_published_entry_is_its_next_version(cast, published, desk_of):
    imported(cast, desk_of(cast.acceptor), whole_row(cast, QUESTION, 答复="网上也能办。"))
    new = Article.objects.get(version=2)
    assert (new.entry_id, new.state, new.answer) == (published.entry_id, "draft", "网上也能办。")
    published.refresh_from_db()
    assert published.state == "published"


def test_a_whole_sheet_is_published_by_another_in_one_deed(cast, published, desk_of):
    desk, chief = desk_of(cast.acceptor), desk_of(cast.supervisor)
    rows = [whole_row(cast, f"第 {at} 个问题怎么办？") for at in range(3)]
    imported(cast, desk, *rows, whole_row(cast, QUESTION, 答复="网上也能办。"))
    page = text_of(chief.get("knowledge/drafts/"))
    (address,) = re.findall(r'href="\?batch=(\d+)"', page)
    assert "4 条等审" in page
    page = text_of(chief.get(f"knowledge/drafts/?batch={address}"))
    assert "整批发布4条" in "".join(page.split())
    returned = Article.objects.get(question="第 1 个问题怎么办？")
    actions.send_back(article=returned, because="依据写全", by=cast.supervisor.viewer)
    page = text_of(chief.client.post("/desk/knowledge/drafts/", {"batch": address}, follow=True))
    assert "整批发布了 3 条" in page and "还有 1 条没有发布" in page
    assert Article.objects.get(state="draft").pk == returned.pk
    published.refresh_from_db()
    assert published.ended_because == "replaced"
    assert "网上也能办。" in text_of(chief.get("knowledge/?q=我想办居住证"))
    assert "第 2 个问题" in text_of(chief.get("knowledge/?q=第 2 个问题怎么办"))
    entry = Entry.objects.get(verb="knowledge.publish_batch")
    assert (entry.detail, entry.subject_id) == ({"articles": 3, "stay": 1}, int(address))
    assert Entry.objects.filter(verb="knowledge.publish", subject_id=returned.pk).count() == 0
    again = text_of(chief.client.post("/desk/knowledge/drafts/", {"batch": address}, follow=True))
    assert "没有等着审的了" in again


def test_whoever_brought_a_sheet_in_does_not_publish_it_nor_who_reviews_nothing(cast, desk_of):
    chief = desk_of(cast.supervisor)
    imported(cast, chief, whole_row(cast, "停水到几点？"))
    row = SheetBatch.objects.get()
    page = text_of(chief.get(f"knowledge/drafts/?batch={row.pk}"))
    assert "请另一个人来审" in page and "整批发布" not in page
    page = text_of(chief.client.post("/desk/knowledge/drafts/", {"batch": row.pk}, follow=True))
    assert "这一批是您导入的" in page
    assert desk_of(cast.acceptor).post("knowledge/drafts/", batch=row.pk).status_code == 404
    assert Article.objects.get().state == "draft"


def test_of_another_sheet_nothing_is_published(cast, desk_of):
    row = SheetBatch.objects.create(
        district_id=cast.street.district.pk, sheet="orders", user_id=1, state="done",
        created_at=clock.now(), moved_at=clock.now(), finished_at=clock.now(),
    )  # fmt: skip
    answer = desk_of(cast.supervisor).client.post(
        "/desk/knowledge/drafts/", {"batch": row.pk}, follow=True
    )
    assert "没有等着审的了" in text_of(answer)


def test_a_template_is_kept_used_changed_and_ended(cast, desk_of):
    desk = desk_of(cast.acceptor)
    typed_ = {
        "name": "已派人去看",
        "deed": "answer",
        "text": "已请{承办单位}去看。",
        "deed_key": "t-1",
    }
    page = desk.post("knowledge/templates/new/", **{**typed_, "text": "请{谁}去看。"})
    assert page.status_code == 422 and "没有这样的空：谁" in text_of(page)
    assert "请{谁}去看。" in page.content.decode()
    for _twice in range(2):
        assert desk.post("knowledge/templates/new/", **typed_).status_code == 303
    row = Template.objects.get()
    same = desk.post("knowledge/templates/new/", **{**typed_, "deed_key": "t-2"})
    assert same.status_code == 422 and "请换个名字" in text_of(same)
    desk.post(
        f"knowledge/templates/{row.pk}/", **{**typed_, "text": "今天去看。", "deed_key": "t-3"}
    )
    page = text_of(desk.get("knowledge/templates/"))
    assert "今天去看。" in page and "已请{承办单位}去看。" not in page
    row = Template.objects.get(ended_at=None)
    assert "停用这个模板" in text_of(desk.get(f"knowledge/templates/{row.pk}/end/"))
    desk.post(f"knowledge/templates/{row.pk}/end/")
    assert "今天去看。" not in text_of(desk.get("knowledge/templates/"))
    assert desk_of(cast.handler).get("knowledge/templates/new/").status_code == 404


def test_who_takes_a_call_sees_what_answers_it(cast, published, desk_of):
    desk = desk_of(cast.acceptor)
    page = text_of(desk.post("intake/alike/", text="你好，我想问居住证怎么办"))
    assert QUESTION in page and "带身份证到社区办" in page
    assert QUESTION not in text_of(desk.post("intake/alike/", text="楼下路灯坏了"))


def test_who_answers_a_case_sees_it_and_puts_it_into_the_answer_without_script(
    cast, play, published, desk_of
):
    play.report(text="我想问居住证怎么办", kind="consult")
    desk = desk_of(cast.acceptor)
    page = text_of(desk.get(f"cases/{play.case.number}/answer/"))
    assert QUESTION in page
    (look,) = set(re.findall(rf'value="(article-{published.pk})"', page))
    answer = desk.post(f"cases/{play.case.number}/answer/", look=look, words="")
    assert "带身份证到社区办" in answer.content.decode()
    assert "依据：《居住证暂行条例》" in answer.content.decode()


def test_the_owner_is_the_writers_own_unit_and_never_just_the_first(cast, desk_of):
    page = text_of(desk_of(cast.acceptor).get("knowledge/new/"))
    (chosen,) = re.findall(r'<option value="(\d+)" selected>', page)
    assert int(chosen) in {seat.unit_id for seat in cast.acceptor.viewer.seats}
    refused = desk_of(cast.acceptor).post("knowledge/new/", **typed(cast, unit=""))
    assert refused.status_code == 422 and not Article.objects.exists()
