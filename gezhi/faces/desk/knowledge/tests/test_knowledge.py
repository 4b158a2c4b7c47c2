"""/desk/knowledge/: entries written, reviewed by another, found, taken along."""

import pytest

from gezhi.faces.desk.conftest import read_sheet, text_of
from gezhi.ground.audit.models import Entry
from gezhi.work.knowledge import actions
from gezhi.work.knowledge.models import Article
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
