"""/desk/cases/<number>/: one case, its list beside it, what can be done now and what cannot."""

import re
from datetime import timedelta

import pytest

from gezhi.faces.desk.cases.deeds import FORMS
from gezhi.faces.desk.conftest import text_of
from gezhi.kernel import clock
from gezhi.work.cases.actions import Contact
from gezhi.work.cases.queries import possible_deeds

STATES = ("reported", "accepted", "dispatched", "handling", "checking", "checked", "closed")


@pytest.mark.parametrize("state", STATES)
def test_the_page_shows_what_can_be_done_and_nothing_else(cast, play, desk_of, state):
    play.until(state)
    for name in ("acceptor", "dispatcher", "handler", "checker", "supervisor", "zhang", "wang"):
        person = getattr(cast, name)
        response = desk_of(person).get(f"cases/{play.case.number}/")
        possible = {deed.value for deed in possible_deeds(person.viewer, play.case)}
        if response.status_code == 404:
            assert not possible
            continue
        page = text_of(response)
        for deed in FORMS:
            shown = f"/desk/cases/{play.case.number}/{deed.value}/" in page
            assert shown == (deed.value in possible), (name, deed)


def test_one_deed_is_filled(cast, play, desk_of):
    play.until("reported")
    page = text_of(desk_of(cast.acceptor).get(f"cases/{play.case.number}/"))
    bar = page.split('class="deed-bar deeds"')[1]
    assert bar.count('class="button main"') == 1
    assert 'data-key="a"' in bar


@pytest.mark.parametrize("name", ["zhao", "sun", "he", "tang", "system_administrator"])
def test_others_find_nothing_here(cast, play, desk_of, name):
    play.until("dispatched")
    person = getattr(cast, name)
    number = play.case.number
    for path in (f"cases/{number}/", f"cases/{number}/sheet/", f"cases/{number}/take/"):
        assert desk_of(person).get(path).status_code == 404


def test_its_limits_lead_to_how_limits_are_reckoned_for_whoever_has_it(cast, play, desk_of):
    play.until("handling")
    desk = desk_of(cast.handler)
    clock_part = text_of(desk.get(f"cases/{play.case.number}/")).partition('id="clock"')[2]
    assert '<a href="/desk/setup/limits/">时限怎么算</a>' in clock_part
    assert desk.get("setup/limits/").status_code == 200


def test_a_number_that_never_was_is_not_found(cast, desk_of):
    assert desk_of(cast.acceptor).get("cases/519901202611230099999/").status_code == 404
    assert desk_of(cast.acceptor).get("cases/words/").status_code == 404


def test_the_list_stands_beside_the_case_it_was_opened_from(cast, play, another, desk_of):
    play.report(text="打开的这一件")
    another.report(text="旁边的那一件")
    page = text_of(desk_of(cast.acceptor).get(f"cases/{play.case.number}/", queue="accepting"))
    assert "旁边的那一件" in page
    assert 'aria-current="true"' in page
    alone = text_of(desk_of(cast.acceptor).get(f"cases/{play.case.number}/"))
    assert "旁边的那一件" not in alone


def test_a_list_of_others_is_not_opened_with_it(cast, play, desk_of):
    play.until("reported")
    page = text_of(desk_of(cast.acceptor).get(f"cases/{play.case.number}/", queue="taking"))
    assert 'id="list-body"' not in page


def test_htmx_gets_the_pane_alone(cast, play, desk_of):
    play.until("reported")
    part = desk_of(cast.acceptor).get(f"cases/{play.case.number}/", into="case", queue="accepting")
    assert "<html" not in text_of(part)
    assert 'id="list-body"' not in text_of(part)
    assert "HX-Request" in part.headers["Vary"]


def test_a_reporter_stands_masked(cast, play, desk_of):
    play.until("reported")
    page = text_of(desk_of(cast.acceptor).get(f"cases/{play.case.number}/"))
    assert "陈**" in page
    assert "138****5678" in page
    assert cast.chen.name not in page
    assert cast.chen.phone not in page


def test_a_handler_reads_no_contact_at_all(cast, play, desk_of):
    play.until("handling")
    page = text_of(desk_of(cast.handler).get(f"cases/{play.case.number}/"))
    assert "陈" not in page.replace(cast.handler.name, "")
    assert "138****5678" not in page
    assert "/reports/" not in page


def test_the_clock_is_explained_with_its_limit_and_hours(cast, play, desk_of):
    play.until("reported")
    page = text_of(desk_of(cast.acceptor).get(f"cases/{play.case.number}/"))
    assert "受理时限 2 个工作时，从 今天 10:00 起算，今天 12:00 到期。" in page
    assert "09:00–12:00、13:00–17:00" in page
    assert "还剩 2 小时（工作时）" in page


def test_a_clock_that_stands_still_says_so(cast, play, desk_of):
    with clock.moved_to(clock.now() + timedelta(hours=1)):
        play.until("reported")
    with clock.moved_to(clock.now() + timedelta(hours=2, minutes=30)):
        page = text_of(desk_of(cast.acceptor).get(f"cases/{play.case.number}/"))
    assert "现在不在工作时间，暂停计时" in page
    assert "light-paused" in page


def test_the_story_names_who_did_what(cast, play, desk_of):
    play.until("handling")
    page = text_of(desk_of(cast.supervisor).get(f"cases/{play.case.number}/"))
    assert "派单：桐花街道环卫所" in page
    assert cast.dispatcher.name in page
    assert "桐花街道网格中心" in page


def test_what_a_reporter_wrote_is_never_markup(cast, play, desk_of):
    play.report(text="<script>alert(1)</script><b>粗</b>")
    page = text_of(desk_of(cast.acceptor).get(f"cases/{play.case.number}/"))
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page


def test_very_long_text_is_shown_whole(cast, play, desk_of):
    play.report(text="很长" * 1900 + "结尾")
    assert "结尾" in text_of(desk_of(cast.acceptor).get(f"cases/{play.case.number}/"))


def test_the_sheet_holds_the_whole_file_and_a_masked_contact(cast, play, desk_of):
    play.until("closed")
    page = text_of(desk_of(cast.supervisor).get(f"cases/{play.case.number}/sheet/"))
    for word in ("事件办理案卷", "诉求", "派遣", "时限", "办理经过", "经办人", "结案人"):
        assert word in page
    assert "138****5678" in page
    assert cast.chen.phone not in page


def test_photos_come_by_signed_addresses(cast, play, desk_of):
    play.report()
    play.accept().dispatch().take().finish(photos=[play.photo()])
    page = text_of(desk_of(cast.checker).get(f"cases/{play.case.number}/"))
    assert page.count('href="/files/') >= 1


def test_a_case_page_takes_a_bounded_number_of_statements(
    cast, play, desk_of, django_assert_max_num_queries
):
    play.until("closed")
    desk = desk_of(cast.acceptor)
    desk.get(f"cases/{play.case.number}/", into="case")
    with django_assert_max_num_queries(26):
        desk.get(f"cases/{play.case.number}/", into="case")


def test_the_sheet_shows_the_residents_photos_with_captions_and_breaks_no_date(cast, play, desk_of):
    play.report(photos=(play.photo(), play.photo())).accept().dispatch().take()
    play.finish(photos=[play.photo()])
    page = text_of(desk_of(cast.supervisor).get(f"cases/{play.case.number}/sheet/"))
    assert page.count("<figcaption>反映人的照片，受理号") == 2
    assert page.count("<figure>") == 3
    assert "<figcaption>办结" in page
    sheet = page[page.index("<h1>") :]
    # Every moment of the paper is in two parts that stay whole.
    assert "<span>2026-11-23</span> <span>10:" in sheet
    assert not re.search(r">2026-11-23 \d\d:\d\d", sheet)


def test_the_sheet_says_that_no_contact_was_left(cast, play, desk_of):
    play.report(contact=Contact())
    page = text_of(desk_of(cast.acceptor).get(f"cases/{play.case.number}/sheet/"))
    assert "<td>没有留</td>" in page


def test_the_words_of_a_rating_stand_on_the_sheet_beside_it(cast, play, desk_of):
    play.until("closed")
    rated = desk_of(cast.acceptor).deed(
        play, "call_back", report=play.receipt.number, outcome="reached", resolved="partly", satisfied="acceptable",
        words="角落还有一点没扫到",
    )  # fmt: skip
    assert rated.status_code == 303
    page = text_of(desk_of(cast.supervisor).get(f"cases/{play.case.number}/sheet/"))
    cell = page.partition("部分解决")[2].partition("</td>")[0]
    assert re.sub(r"<[^>]*>", "", cell) == " 基本满意 角落还有一点没扫到"


def test_merging_is_no_main_deed_of_who_cannot_send_the_case(cast, play, desk_of):
    play.report().accept()
    page = text_of(desk_of(cast.acceptor).get(f"cases/{play.case.number}/"))
    (merge,) = set(re.findall(r'<a class="([^"]*)" href="[^"]*/merge/', page))
    assert merge == "button plain"
