"""What went wrong is said where one works: staff keep the rail and find the way back."""

import json

import pytest
from django.test import Client

from gezhi.faces.shell.menu import entries_for


@pytest.mark.parametrize("path", ["/desk/setup/units/", "/nowhere/at/all/", "/desk/cases/1/"])
def test_who_works_at_the_desk_keeps_the_rail(client_of, cast, path):
    answer = client_of(cast.acceptor).get(path)
    page = answer.content.decode()
    assert answer.status_code == 404
    rail = page.split('class="rail"')[1].split("</nav>")[0]
    assert all(entry.url in rail for entry in entries_for(cast.acceptor.viewer))
    assert 'href="/work/"' in page
    assert "不归您看" in page


def test_no_page_of_the_rail_is_called_the_current_one(client_of, cast):
    page = client_of(cast.acceptor).get("/desk/setup/units/").content.decode()
    assert "aria-current" not in page.split('class="rail"')[1].split("</nav>")[0]


def test_every_administrator_keeps_the_own_rail(client_of, cast):
    page = client_of(cast.security_administrator).get("/desk/setup/units/").content.decode()
    assert "账号安全" in page.split('class="rail"')[1]
    assert "/desk/setup/units/" not in page.split('class="rail"')[1].split("</nav>")[0]


def test_a_worker_with_a_phone_gets_a_plain_page_and_the_way_back(client_of, cast):
    page = client_of(cast.zhang).get("/pocket/nowhere/").content.decode()
    assert 'class="rail"' not in page
    assert 'href="/work/"' in page


def test_a_stranger_gets_a_plain_page_that_leads_home(client, db):
    page = client.get("/nowhere/").content.decode()
    assert 'class="rail"' not in page
    assert "回首页" in page
    assert "查询码" in page


def test_a_form_too_old_keeps_the_rail(cast):
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(cast.acceptor.user)
    answer = browser.post("/desk/notices/read/")
    assert answer.status_code == 403
    assert 'class="rail"' in answer.content.decode()


@pytest.mark.parametrize("path", ["/login/", "/desk/notices/read/"])
def test_a_browser_without_cookies_is_told_so_and_keeps_its_words(cast, path):
    sent = {"text": "楼道灯坏了<b>三天", "password": "gezhi-secret"}
    answer = Client(enforce_csrf_checks=True).post(path, sent)
    page = answer.content.decode()
    assert answer.status_code == 403
    assert "允许本网站使用 Cookie" in page and "太久" not in page
    assert "楼道灯坏了&lt;b&gt;三天" in page and "gezhi-secret" not in page
    assert 'href="/phones"' in page


def test_words_another_site_sent_are_not_shown_as_the_readers(cast):
    browser = Client(enforce_csrf_checks=True)
    answer = browser.post("/", {"text": "别处的话"}, headers={"Sec-Fetch-Site": "cross-site"})
    assert answer.status_code == 403
    assert "别处的话" not in answer.content.decode()


def test_with_cookies_the_page_was_open_too_long(cast):
    browser = Client(enforce_csrf_checks=True)
    browser.get("/login/")
    assert "页面开得太久了" in browser.post("/login/").content.decode()


def test_a_piece_refused_for_want_of_cookies_leaves_the_page_and_what_is_typed(cast):
    browser = Client(enforce_csrf_checks=True)
    answer = browser.post("/desk/notices/read/", headers={"HX-Request": "true"})
    piece = answer.content.decode()
    assert answer.status_code == 403
    assert (answer["HX-Retarget"], answer["HX-Reselect"]) == ("#toasts", ".toast")
    assert "没有开 Cookie" in piece and "<html" not in piece


@pytest.mark.parametrize(
    ("logged_in", "leads"), [(True, "/login/over/"), (False, "/login/?next=%2Flogin%2Fover%2F")]
)
def test_a_piece_whose_token_is_old_gets_the_log_in_over_its_page(cast, logged_in, leads):
    browser = Client(enforce_csrf_checks=True)
    browser.get("/login/")
    if logged_in:
        browser.force_login(cast.acceptor.user)
    answer = browser.post("/desk/notices/read/", headers={"HX-Request": "true"})
    assert (answer.status_code, answer["HX-Reswap"], answer.content) == (401, "none", b"")
    assert json.loads(answer["HX-Trigger"]) == {"log-in-over": {"url": leads}}
