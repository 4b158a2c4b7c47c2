"""One's own password, and the one-time password that must go first."""

import re

import pytest

from gezhi.records.posts import actions as posts
from tests.cast import PASSWORD


@pytest.fixture
def browser(client_of, cast):
    return client_of(cast.acceptor)


def change(browser, old=PASSWORD, new="three-quiet-geese", again=None, **more):
    sent = {"old": old, "new": new, "again": new if again is None else again, **more}
    return browser.post("/password/", sent)


def test_the_new_password_counts(browser, cast):
    assert change(browser).status_code == 302
    assert cast.acceptor.user.check_password("three-quiet-geese")


@pytest.mark.parametrize(
    ("sent", "words"),
    [
        ({"old": "not-this-one"}, "现在的密码不对"),
        ({"again": "something-else"}, "两遍不一样"),
        ({"new": "short"}, "密码太短，至少要 10 位"),
        ({"new": "zhou min 1a"}, "和工号、姓名太像"),
        ({"new": "password123"}, "太常见"),
        ({"new": PASSWORD}, "不能与原来的相同"),
        ({"new": ""}, "“新密码”还没填，请填上。"),
    ],
)
def test_a_refused_change_says_why_and_changes_nothing(browser, cast, sent, words):
    answer = change(browser, **sent)
    assert answer.status_code == 200
    assert words in answer.content.decode()
    assert cast.acceptor.user.check_password(PASSWORD)


def test_a_refusal_speaks_chinese_and_claims_nothing_of_fields_it_empties(browser):
    page = change(browser, new="short").content.decode()
    rows = re.sub(r"<[^>]*>", " ", page[page.index("<form") : page.index("</form>")])
    assert not re.search(r"[A-Za-z]{4,}", rows)
    assert "内容都还在" not in page
    assert "密码不会留在页面上，请重新输入" in page


def test_guessing_the_old_password_locks_like_a_log_in(browser):
    for _try in range(5):
        change(browser, old="not-this-one")
    assert "试的次数太多了" in change(browser).content.decode()


def test_a_one_time_password_must_be_changed_before_anything(cast, client):
    once = posts.renew_password(user=cast.acceptor.user, by=cast.system_administrator.viewer)
    answer = client.post("/login/", {"login": cast.acceptor.staff_number, "password": once})
    assert answer.url == "/work/"
    assert client.get("/work/").url == "/password/?next=%2Fwork%2F"
    assert "临时密码" in client.get("/password/").content.decode()
    assert change(client, old=once, next="/work/").url == "/work/"
    assert client.get("/work/").url == "/desk/"


def test_the_page_asks_a_stranger_to_log_in(client, db):
    assert client.get("/password/").url == "/login/?next=/password/"


def test_all_that_is_wrong_is_told_at_once(browser, cast):
    page = change(browser, new="abc", again="xyz").content.decode()
    assert "密码太短，至少要 10 位" in page
    assert "两遍不一样" in page
    assert cast.acceptor.user.check_password(PASSWORD)
