"""/desk/search/: by case number, report number, words of title and place; only one's own."""

import re

from gezhi.faces.desk.conftest import text_of
from gezhi.work.cases.actions import Origin


def test_a_case_number_opens_its_case_at_once(cast, play, desk_of):
    play.until("reported")
    number = play.case.number
    spoken = f"{number[:6]} {number[6:14]} {number[14:]}"
    for typed in (number, spoken):
        response = desk_of(cast.acceptor).get("search/", q=typed)
        assert response.status_code == 302
        assert response.headers["Location"] == f"/desk/cases/{number}/"


def test_a_report_number_opens_the_case_it_is_in_now(cast, play, desk_of):
    play.until("closed")
    response = desk_of(cast.acceptor).get("search/", q=play.receipt.number)
    assert response.headers["Location"] == f"/desk/cases/{play.case.number}/"


def test_words_find_open_and_ended_ones(cast, play, another, desk_of):
    play.report(text="垃圾堆在门口")
    another.report(text="垃圾没人清").accept().dispatch().take().finish().check().close()
    page = text_of(desk_of(cast.acceptor).get("search/", q="垃圾"))
    assert "在办" in page
    assert "已办完" in page
    assert f"/desk/cases/{play.case.number}/?find=" in page


def test_the_place_is_searched_too(cast, play, desk_of):
    play.until("reported")
    assert play.case.number in text_of(desk_of(cast.acceptor).get("search/", q="1栋门口"))


def test_what_is_not_ones_own_is_not_found(cast, play, desk_of):
    play.report(text="只在第一网格的事")
    for person in (cast.zhao, cast.sun, cast.he, cast.handler):
        page = text_of(desk_of(person).get("search/", q="第一网格的事"))
        assert "没有找到" in page
        number = desk_of(person).get("search/", q=play.case.number)
        assert number.status_code == 200


def test_administrators_find_no_cases(cast, play, desk_of):
    play.until("reported")
    page = text_of(desk_of(cast.system_administrator).get("search/", q="垃圾"))
    assert "没有找到" in page


def test_the_list_of_a_search_stays_beside_its_case(cast, play, another, desk_of):
    play.report(text="垃圾堆在门口")
    another.report(text="垃圾没人清")
    page = text_of(desk_of(cast.acceptor).get(f"cases/{play.case.number}/", find="垃圾"))
    assert "垃圾没人清" in page
    assert "查“垃圾”" in page


def test_nothing_typed_says_how_to_begin(cast, desk_of):
    page = text_of(desk_of(cast.acceptor).get("search/"))
    assert "想查什么" in page


def test_signs_of_a_pattern_are_words_like_others(cast, play, desk_of):
    play.until("reported")
    assert "没有找到" in text_of(desk_of(cast.acceptor).get("search/", q="%"))


def test_a_search_takes_at_most_twelve_statements(
    cast, play, another, desk_of, django_assert_max_num_queries
):
    play.until("reported")
    another.until("closed")
    desk = desk_of(cast.acceptor)
    desk.get("search/", q="垃圾")
    with django_assert_max_num_queries(12):
        desk.get("search/", q="垃圾")


def test_a_phone_leads_to_where_phones_are_looked_up_and_stands_in_no_address(cast, play, desk_of):
    play.until("reported")
    phone = cast.chen.phone
    for typed in (phone, f"{phone[:3]} {phone[3:7]} {phone[7:]}", f"+86{phone}"):
        page = text_of(desk_of(cast.acceptor).get("search/", q=typed))
        assert "这是一个电话号码，这里不按电话查" in page and "没有找到" not in page
        assert f'<input type="hidden" name="phone" value="{phone}">' in page
        assert not re.search(rf'(?:href|action)="[^"]*{phone}', page)
    found = text_of(desk_of(cast.acceptor).post("intake/", phone=phone, look="all"))
    assert f'value="{phone}"' in found and f"/desk/cases/{play.case.number}/" in found


def test_who_may_not_look_up_a_phone_is_told_who_can(cast, play, desk_of):
    play.until("reported")
    page = text_of(desk_of(cast.dispatcher).get("search/", q=cast.chen.phone))
    assert "电话由社区经办、受理员在“来电登记”里查" in page
    assert 'action="/desk/intake/"' not in page and "没有找到" not in page


def test_other_numbers_are_no_phones(cast, desk_of):
    for typed in ("12345", "垃圾 13800138", "2611230000017"):
        page = text_of(desk_of(cast.acceptor).get("search/", q=typed))
        assert "电话号码" not in page and "没有找到" in page


def test_the_number_of_an_order_opens_its_case_for_who_may_read_it(cast, play, another, desk_of):
    play.report(origin=Origin("12345", "BJ20261123000017"), channel="hotline")
    another.report(origin=Origin("12345", "00812345"), channel="hotline")
    for typed, number in (
        ("BJ20261123000017", play.case.number),
        (" bj20261123000017 ", play.case.number),
        ("ＢＪ２０２６１１２３００００１７", play.case.number),
        ("00812345", another.case.number),
    ):
        response = desk_of(cast.acceptor).get("search/", q=typed)
        assert response.headers["Location"] == f"/desk/cases/{number}/"
    for person in (cast.he, cast.handler, cast.system_administrator):
        assert desk_of(person).get("search/", q="BJ20261123000017").status_code == 200


def test_a_phone_or_an_identity_number_is_answered_and_led_to_no_address(cast, play, desk_of):
    phone = cast.chen.phone
    play.report(text=f"打{phone}没人接")
    desk = desk_of(cast.acceptor)
    assert '<form class="search" role="search" method="post"' in text_of(desk.get("search/"))
    words = desk.post("search/", q="1栋 门口")
    assert words.status_code == 303
    assert words.headers["Location"].startswith("/desk/search/?q=1")
    for typed in (phone, f"陈 {phone}", "510104196001010012", "51010419600101001X"):
        answer = desk.post("search/", q=typed)
        assert answer.status_code == 200
        page = text_of(answer)
        assert not re.search(rf'(?:href|action|hx-get)="[^"]*{typed[-11:]}', page)
    number = desk.post("search/", q=play.case.number)
    assert number.headers["Location"] == f"/desk/cases/{play.case.number}/"
