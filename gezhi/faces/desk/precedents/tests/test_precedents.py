"""/desk/precedents/: what was ruled, found by words, ended by whoever rules."""

import pytest

from gezhi.faces.desk.conftest import read_sheet, text_of
from gezhi.ground.audit.models import Entry
from gezhi.kernel import clock
from gezhi.work.cases import actions
from gezhi.work.cases.models import Case, Precedent


@pytest.fixture
def kept(cast, play):
    """A ruling kept for the whole street."""
    asked = actions.PrecedentAsked(cast.street.street.pk, "门口道路上的垃圾")
    play.disputed().rule(precedent=asked)
    return Precedent.objects.get()


def test_the_list_says_what_where_whose_and_why(cast, kept, desk_of):
    page = text_of(desk_of(cast.dispatcher).get("precedents/"))
    assert "门口道路上的垃圾" in page
    assert cast.street.sanitation.name in page
    assert "道路红线以内" in page
    assert f"{kept.valid_from:%Y-%m-%d} 起" in page
    assert "结束</a>" not in page


def test_it_leads_to_the_case_it_was_ruled_in_for_who_may_see_that(cast, kept, play, desk_of):
    link = f"/desk/cases/{play.case.number}/"
    assert link in text_of(desk_of(cast.supervisor).get("precedents/"))
    Case.objects.filter(pk=play.case.pk).update(confidentiality="restricted")
    clerk = text_of(desk_of(cast.dispatcher).get("precedents/"))
    assert "门口道路上的垃圾" in clerk and link not in clerk


def test_it_is_found_by_words_and_says_when_nothing_is(cast, kept, desk_of):
    desk = desk_of(cast.supervisor)
    assert "门口道路上的垃圾" in text_of(desk.get("precedents/?q=环卫"))
    assert "没有找到" in text_of(desk.get("precedents/?q=路灯"))


def test_the_chief_ends_one_and_finds_it_among_the_ended(cast, kept, desk_of):
    desk = desk_of(cast.supervisor)
    path = f"precedents/{kept.pk}/end/"
    assert "结束这条先例" in text_of(desk.get(path))
    assert desk.post(path).status_code == 303
    kept.refresh_from_db()
    assert kept.valid_to == clock.today()
    assert "还没有先例" in text_of(desk.get("precedents/"))
    assert "门口道路上的垃圾" in text_of(desk.get("precedents/?show=ended"))
    assert desk.post(path).status_code == 404


def test_nobody_else_ends_one(cast, kept, desk_of):
    for person in (cast.dispatcher, cast.wang, cast.handler):
        assert desk_of(person).post(f"precedents/{kept.pk}/end/").status_code == 404


def test_who_sends_nothing_reads_none(cast, kept, desk_of):
    for person in (cast.handler, cast.acceptor, cast.checker):
        assert desk_of(person).get("precedents/").status_code == 404


def test_they_are_taken_along_as_the_page_finds_them(cast, kept, desk_of):
    Precedent.objects.filter(pk=kept.pk).update(reason="＝HYPERLINK(1)")
    desk = desk_of(cast.dispatcher)
    assert "precedents/export/?q=" in text_of(desk.get("precedents/?q=环卫"))
    (row,) = read_sheet(desk.get("precedents/export/?q=环卫"))
    assert row["这类事"] == "门口道路上的垃圾"
    assert row["归谁办"] == cast.street.sanitation.name
    assert row["理由"] == "＝HYPERLINK(1)"
    assert read_sheet(desk.get("precedents/export/?show=ended")) == []
    assert Entry.objects.filter(verb="precedents.export").count() == 2
