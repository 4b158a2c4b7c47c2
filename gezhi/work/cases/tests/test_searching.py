"""Words find a case wherever they stand in its title or place, and only whoever may read them."""

import pytest
from django.db import connection

from gezhi.work.cases import actions
from gezhi.work.cases.models import Case, CaseSearch, CaseWords
from gezhi.work.cases.queries import Filters, desk, listing
from gezhi.work.cases.searching import line_of, marks_of
from gezhi.work.cases.tests.playing import Play, fresh_key

TEXT = "单元门口的路灯坏了，三天没人修 ＡＢＣ"


@pytest.fixture
def ended(cast):
    """Closed: 环卫所 handled it."""
    where = actions.Where(place_id=cast.street.building.pk, words="桐花苑1栋门口")
    return (
        Play(cast)
        .report(text=TEXT, where=where)
        .accept()
        .dispatch()
        .take()
        .finish()
        .check()
        .close()
    )


@pytest.fixture
def running(cast):
    return Play(cast).report(text=TEXT)


def opened(viewer, words: str) -> list[str]:
    return [row.number for row in desk.found(viewer, words)[0]]


def closed(viewer, words: str) -> list[str]:
    return [row.number for row in desk.found(viewer, words)[1]]


FINDS = [
    "路灯", "路", "修", "灯坏了", "三天没人修", "坏了 路灯", "abc", "ＡＢ", "路灯，", "单元  路灯 修",
]  # fmt: skip
FINDS_NOT = ["路坏", "灯三", "了三", "河马", "路灯 河马", "，", "%", "_", '"', "路灯 OR 河马", "bd"]


@pytest.mark.parametrize("words", FINDS)
def test_words_in_any_order_and_single_signs_find_it(cast, ended, running, words):
    assert opened(cast.acceptor.viewer, words) == [running.case.number]
    assert closed(cast.acceptor.viewer, words) == [ended.case.number]


@pytest.mark.parametrize("words", FINDS_NOT)
def test_what_does_not_stand_there_finds_nothing(cast, ended, running, words):
    assert opened(cast.acceptor.viewer, words) == closed(cast.acceptor.viewer, words) == []


def test_title_and_place_together_hold_the_words(cast, ended):
    assert closed(cast.acceptor.viewer, "桐花苑 路灯") == [ended.case.number]


def test_only_whoever_sees_it_finds_it(cast, ended):
    number = [ended.case.number]
    for name in ("acceptor", "supervisor", "wang", "li", "zhang", "handler"):
        assert closed(getattr(cast, name).viewer, "路灯") == number, name
    for name in ("zhao", "sun", "tang", "he", "audit_administrator"):
        assert closed(getattr(cast, name).viewer, "路灯") == [], name


def test_a_unit_that_returned_it_finds_it_no_more(cast):
    play = Play(cast).report(text=TEXT).accept(kind="consult").dispatch()
    play.do(
        actions.return_to_centre, cast.handler.viewer, reason_code="not_our_duty", duty_id=None,
        right_unit_id=cast.street.water.pk, words="不是我们的职责",
    )  # fmt: skip
    play.do(actions.answer, cast.acceptor.viewer, words="已转告")
    assert closed(cast.acceptor.viewer, "路灯") == [play.case.number]
    assert closed(cast.handler.viewer, "路灯") == []


def test_what_is_reopened_is_found_among_the_open_ones(cast, ended):
    actions.reopen(report=ended.report_row, by=ended.stranger, key=fresh_key(), words="又坏了")
    assert opened(cast.acceptor.viewer, "路灯") == [ended.case.number]
    assert closed(cast.acceptor.viewer, "路灯") == []


def test_erased_words_leave_the_index(cast, ended):
    actions.erase_reporter(
        number=ended.receipt.number, by=cast.security_administrator.viewer, words="本人申请",
        key=fresh_key(),
    )  # fmt: skip
    assert closed(cast.acceptor.viewer, "路灯") == []
    assert CaseSearch.objects.get(case=ended.case).line == ""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT 1 FROM cases_searchindex WHERE cases_searchindex MATCH '路灯'")
            assert cursor.fetchall() == []


def test_a_case_put_elsewhere_is_found_by_its_new_place_and_not_by_the_old(cast, running):
    where = actions.Where(place_id=cast.street.next_compound.pk)
    running.do(actions.relocate, cast.acceptor.viewer, where=where)
    assert opened(cast.acceptor.viewer, "柏树里") == [running.case.number]
    assert opened(cast.zhang.viewer, "柏树里") == []


@pytest.mark.parametrize("name", ["acceptor", "supervisor", "wang", "li", "zhang", "handler"])
def test_a_confidential_case_is_found_by_nobody_who_has_it_not_in_hand(cast, name):
    play = Play(cast).until("closed", text=TEXT, confidential=True)
    viewer = getattr(cast, name).viewer
    # For fifteen days whoever calls back has it in hand.
    expected = [play.case.number] if name == "acceptor" else []
    assert closed(viewer, "路灯") == expected
    assert [row.number for row in listing(viewer, "ended", filters=Filters(words="路灯")).rows] == (
        expected
    )


def test_a_list_of_ended_ones_is_narrowed_page_by_page(cast):
    plays = [Play(cast).until("closed") for _ in range(5)]
    viewer, narrowed = cast.acceptor.viewer, Filters(words="建筑垃圾")
    first = listing(viewer, "ended", filters=narrowed, size=2)
    second = listing(viewer, "ended", filters=narrowed, size=2, after=first.after)
    third = listing(viewer, "ended", filters=narrowed, size=2, after=second.after)
    rows = [*first.rows, *second.rows, *third.rows]
    assert [row.number for row in rows] == [play.case.number for play in reversed(plays)]
    assert third.after == ""


def test_more_are_looked_at_until_the_page_is_full(cast, monkeypatch):
    monkeypatch.setattr("gezhi.work.cases.queries.searched._FIRST", 1)
    plays = [Play(cast).until("closed") for _ in range(4)]
    Case.objects.filter(pk__in=[plays[3].case.pk, plays[2].case.pk]).update(class_code="x-1")
    found = listing(
        cast.acceptor.viewer, "ended",
        filters=Filters(words="建筑垃圾", class_code=plays[0].case.class_code), size=5,
    )  # fmt: skip
    assert [row.number for row in found.rows] == [plays[1].case.number, plays[0].case.number]


@pytest.mark.parametrize("newest", [1, 2, 20_000])
@pytest.mark.parametrize("reader", ["acceptor", "handler"])
def test_a_single_sign_finds_the_newest_however_many_hold_it(cast, monkeypatch, newest, reader):
    """Among the newest of all, or, where these are too few, in the index: the same cases."""
    monkeypatch.setattr("gezhi.work.cases.queries.searched._NEWEST", newest)
    monkeypatch.setattr("gezhi.work.cases.queries.searched._FIRST", 2)
    plays = [Play(cast).until("closed") for _ in range(3)]
    other = Play(cast).report(text="河马在路上").accept().dispatch().take().finish().check().close()
    viewer = getattr(cast, reader).viewer
    newest_first = [play.case.number for play in reversed(plays)]
    assert closed(viewer, "垃") == newest_first
    assert closed(viewer, "河") == [other.case.number]


def test_a_list_of_open_ones_is_narrowed_by_words_and_by_numbers(cast, running):
    viewer = cast.acceptor.viewer
    for words in ("路灯 单元", running.case.number, running.receipt.number):
        rows = listing(viewer, "accepting", filters=Filters(words=words)).rows
        assert [row.number for row in rows] == [running.case.number], words
    assert listing(viewer, "accepting", filters=Filters(words="河马")).rows == []


def test_the_lines_are_what_the_words_say(cast, ended, running):
    for words in CaseWords.objects.select_related("case"):
        marks = () if words.case.is_open else marks_of(words.case)
        kept = CaseSearch.objects.get(case=words.case)
        assert (kept.line, kept.ended) == (line_of(words, marks), not words.case.is_open)
