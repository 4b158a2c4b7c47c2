"""What went wrong is said where one works: staff keep the rail and find the way back."""

import json
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.handlers.wsgi import WSGIRequest
from django.test import Client

from gezhi.faces.shell.errors import refused, server_error
from gezhi.faces.shell.menu import entries_for
from gezhi.kernel.errors import Conflict


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
    answer = browser.post("/login/", headers={"HX-Request": "true"})
    piece = answer.content.decode()
    assert answer.status_code == 403
    assert (answer["HX-Retarget"], answer["HX-Reselect"]) == ("#toasts", ".toast")
    assert "没有开 Cookie" in piece and "<html" not in piece


@pytest.mark.parametrize(
    ("state", "leads"),
    [
        ("logged in", "/login/over/"),
        ("logged out", "/login/?next=%2Flogin%2Fover%2F"),
        ("cookies cleared", "/login/?next=%2Flogin%2Fover%2F"),
    ],
)
def test_a_piece_whose_token_is_old_gets_the_log_in_over_its_page(cast, state, leads):
    browser = Client(enforce_csrf_checks=True)
    if state != "cookies cleared":
        browser.get("/login/")
    if state == "logged in":
        browser.force_login(cast.acceptor.user)
    answer = browser.post("/desk/notices/read/", headers={"HX-Request": "true"})
    assert (answer.status_code, answer["HX-Reswap"], answer.content) == (401, "none", b"")
    assert json.loads(answer["HX-Trigger"]) == {"log-in-over": {"url": leads}}


_SENT = {
    "text": "灯<b>坏了",
    "place_words": "桐花苑",
    "password": "gezhi-secret",
    "phone": "13800000000",
}


def _keeps_the_words(answer):
    page = answer.content.decode()
    assert "灯&lt;b&gt;坏了" in page and "桐花苑" in page
    assert "gezhi-secret" not in page and "13800000000" not in page


def test_words_stand_on_the_page_of_our_own_fault_and_in_no_log(cast, monkeypatch, caplog):
    def full(*given, **asked):
        raise ValueError("ours")

    monkeypatch.setattr("gezhi.faces.resident.report.report.count_write", full)
    answer = Client(raise_request_exception=False).post("/", _SENT | {"place": "none"})
    assert answer.status_code == 500
    assert "系统出了点问题" in answer.content.decode()
    _keeps_the_words(answer)
    assert "坏了" not in caplog.text and "13800000000" not in caplog.text


def test_words_stand_there_too_where_a_photo_could_not_be_put_down(rf, monkeypatch):
    sent = _SENT | {"photos": SimpleUploadedFile("灯.jpg", b"x" * 3_000_000)}
    request = rf.post("/", sent)
    body = BytesIO(request.META["wsgi.input"].read())
    request = WSGIRequest(request.META | {"wsgi.input": body})

    def full(*of_file, **named):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("django.core.files.uploadhandler.TemporaryUploadedFile", full)
    with pytest.raises(OSError, match="No space"):
        request.POST.get("text")
    _keeps_the_words(server_error(request))


@pytest.mark.parametrize("body", ["none", "broken"])
def test_our_fault_is_said_where_the_body_cannot_be_read(rf, body):
    request = rf.get("/")
    if body == "broken":
        request = rf.post("/", b"--x", content_type="multipart/form-data")
    answer = server_error(request)
    assert answer.status_code == 500 and "您写的还在这里" not in answer.content.decode()


def test_words_stand_on_the_page_of_whoever_may_not(client_of, cast):
    answer = client_of(cast.zhang).post("/desk/intake/", _SENT)
    assert answer.status_code == 404
    _keeps_the_words(answer)


def test_words_stand_on_the_page_that_says_it_was_open_too_long(cast):
    browser = Client(enforce_csrf_checks=True)
    browser.get("/login/")
    answer = browser.post("/desk/intake/", _SENT)
    assert "页面开得太久了" in answer.content.decode()
    _keeps_the_words(answer)


def test_words_stand_on_the_page_of_a_refusal_nobody_caught(rf, db):
    answer = refused(rf.post("/", _SENT), Conflict("别人刚刚改过"))
    assert answer.status_code == 409
    _keeps_the_words(answer)
