"""/desk/queues/<name>/: list left, case right, filters, keyset pages, nobody else's queue."""

from datetime import timedelta

import pytest

from gezhi.faces.desk.conftest import text_of
from gezhi.kernel import clock, prepared
from gezhi.work.cases.queries import QUEUES, queues_for
from gezhi.work.cases.tests.playing import Play


def test_only_ones_own_queues_exist(cast, desk_of):
    for name in ("handler", "li", "system_administrator"):
        person = getattr(cast, name)
        own = {queue.name for queue in queues_for(person.viewer)}
        desk = desk_of(person)
        for queue in QUEUES:
            expected = 200 if queue in own else 404
            assert desk.get(f"queues/{queue}/").status_code == expected, (name, queue)


def test_a_queue_that_never_was_is_not_found(cast, desk_of):
    assert desk_of(cast.acceptor).get("queues/nothing/").status_code == 404


def test_an_empty_queue_says_so(cast, desk_of):
    assert "这里没有要办的" in text_of(desk_of(cast.acceptor).get("queues/accepting/"))


def test_a_line_leads_to_its_case_and_keeps_the_list(cast, play, desk_of):
    play.until("reported")
    page = text_of(desk_of(cast.acceptor).get("queues/accepting/"))
    number = play.case.number
    assert f'href="/desk/cases/{number}/?queue=accepting"' in page
    assert f'hx-get="/desk/cases/{number}/?queue=accepting" hx-target="#case"' in page


def test_words_narrow_the_list_and_stand_in_the_filter(cast, play, another, desk_of):
    play.report(text="下水道返臭")
    another.report(text="路灯不亮")
    page = text_of(desk_of(cast.acceptor).get("queues/accepting/", q="路灯"))
    assert "路灯不亮" in page
    assert "下水道返臭" not in page
    assert "“路灯”" in page
    assert f"queue=accepting&amp;q={'%E8%B7%AF%E7%81%AF'}" in page


def test_a_filter_that_finds_nothing_offers_all(cast, play, desk_of):
    play.until("reported")
    page = text_of(desk_of(cast.acceptor).get("queues/accepting/", q="没有这个词"))
    assert "没有符合条件的" in page
    assert 'href="/desk/queues/accepting/"' in page


def test_red_ones_alone(cast, play, another, desk_of):
    with clock.moved_to(clock.now() - timedelta(days=3)):
        play.report(text="早就该受理的")
    another.report(text="刚刚来的")
    page = text_of(desk_of(cast.acceptor).get("queues/accepting/", light="red"))
    assert "早就该受理的" in page
    assert "刚刚来的" not in page


def test_a_class_and_a_community_narrow_too(cast, play, desk_of):
    play.until("accepted")
    desk = desk_of(cast.dispatcher)
    family = play.case.class_code.split("-")[0]
    inside = desk.get("queues/dispatching/", **{"class": family})
    assert play.case.number in text_of(inside)
    elsewhere = desk.get("queues/dispatching/", community=cast.street.other_community.pk)
    assert play.case.number not in text_of(elsewhere)


def test_pages_go_on_by_key_and_miss_nobody(cast, desk_of):
    numbers = [Play(cast).report().receipt.case_number for _ in range(33)]
    desk = desk_of(cast.acceptor)
    first = text_of(desk.get("queues/accepting/"))
    assert sum(number in first for number in numbers) == 30
    address = first.split('id="more"><a class="button" href="')[1].split('"')[0]
    more = desk.client.get(
        address.replace("&amp;", "&"), headers={"HX-Request": "true", "HX-Target": "more"}
    )
    rest = text_of(more)
    assert sum(number in rest for number in numbers) == 3
    assert all((number in first) != (number in rest) for number in numbers)
    assert "<html" not in rest


def test_a_made_up_cursor_is_refused_in_words(cast, desk_of):
    response = desk_of(cast.acceptor).get("queues/accepting/", after="nonsense")
    assert response.status_code == 422
    assert "翻页的位置不对" in text_of(response)


def test_htmx_gets_the_list_without_the_page(cast, play, desk_of):
    play.until("reported")
    part = text_of(desk_of(cast.acceptor).get("queues/accepting/", into="list-body"))
    assert play.case.number in part
    assert "<html" not in part


@pytest.mark.parametrize("queue", ["accepting", "closing", "callback", "overdue", "open", "ended"])
def test_no_list_takes_more_than_twelve_statements(
    cast, desk_of, django_assert_max_num_queries, queue
):
    for state in ("reported", "checked", "closed"):
        for _ in range(4):
            Play(cast).until(state)
    desk = desk_of(cast.acceptor)
    desk.get(f"queues/{queue}/")
    with django_assert_max_num_queries(12):
        desk.get(f"queues/{queue}/")


def test_what_anybody_may_type_into_an_address_is_kept_nowhere(cast, desk_of):
    desk = desk_of(cast.acceptor)
    known = {"light": "red", "class": "01", "community": cast.street.community.pk, "days": "7"}
    desk.get("queues/accepting/")
    for name, value in known.items():
        desk.get("queues/accepting/", **{name: value})
    kept = len(prepared._statements)
    for number in range(5):
        for name in known:
            typed = {"community": 10**9 + number, "days": 50 + number}.get(name, f"x{number}")
            desk.get("queues/accepting/", **{name: typed})

    assert len(prepared._statements) == kept


def test_what_has_ended_says_when_and_an_overseer_reads_who_has_it(cast, play, another, desk_of):
    another.until("closed")
    play.until("handling")
    page = text_of(desk_of(cast.supervisor).get("queues/ended/"))
    assert "今天 10:00 办完" in page.split(f"row-{another.case.number}")[1]
    page = text_of(desk_of(cast.supervisor).get("queues/open/"))
    assert cast.street.sanitation.name in page.split(f"row-{play.case.number}")[1]
    own = text_of(desk_of(cast.handler).get("queues/open/"))
    assert (
        cast.street.sanitation.name not in own.split(f"row-{play.case.number}")[1].split("</li>")[0]
    )
