"""A log-in that ran out in the middle of work loses nothing that was typed."""

import json
from datetime import timedelta

import pytest
from django.test import Client

from gezhi.kernel import clock
from gezhi.work.cases.models import StepWords

_OVER = {"log-in-over": {"url": "/login/?next=%2Flogin%2Fover%2F"}}


@pytest.mark.parametrize("page", ["/desk/", "/pocket/", "/desk/intake/"])
def test_a_piece_asked_for_by_a_stranger_opens_the_log_in_over_the_page(client, cast, page):
    answer = client.get(page, headers={"HX-Request": "true"})
    assert (answer.status_code, answer["HX-Reswap"], answer.content) == (401, "none", b"")
    assert json.loads(answer["HX-Trigger"]) == _OVER


def test_a_piece_asked_for_after_half_an_hour_too(client_of, cast):
    browser = client_of(cast.acceptor)
    browser.get("/desk/")
    clock.advance(timedelta(minutes=31))
    answer = browser.get("/desk/intake/", headers={"HX-Request": "true"})
    assert json.loads(answer["HX-Trigger"]) == _OVER


def test_words_of_a_plain_form_come_back_on_the_page_that_says_so(client, cast):
    sent = {"words": "灯<b>修好了", "password": "gezhi-secret", "phone": "13800000000"}
    answer = client.post("/desk/cases/1/finish/", sent)
    page = answer.content.decode()
    assert answer.status_code == 401
    assert "灯&lt;b&gt;修好了" in page and "登录已经结束" in page
    assert "gezhi-secret" not in page and "13800000000" not in page
    assert 'href="/login/' in page
    assert not StepWords.objects.exists()


def test_a_form_without_words_is_led_to_the_log_in_as_ever(client, cast):
    answer = client.post("/desk/cases/1/take/", {"deed_key": "1"})
    assert answer.status_code == 302 and answer["Location"].startswith("/login/")


def test_only_the_way_of_the_log_in_may_stand_in_a_frame_and_only_in_ours(client, client_of, cast):
    answer = client.get("/login/")
    assert answer["X-Frame-Options"] == "SAMEORIGIN"
    assert "frame-ancestors 'self'" in answer["Content-Security-Policy"]
    desk = client_of(cast.acceptor)
    end = desk.get("/login/over/")
    assert "frame-ancestors 'self'" in end["Content-Security-Policy"]
    assert f'data-owner="{cast.acceptor.user.pk}"' in end.content.decode()
    for page in ("/desk/", "/preferences/", "/logout/", "/lock/"):
        answer = desk.get(page)
        assert answer["X-Frame-Options"] == "DENY"
        assert "frame-ancestors 'none'" in answer["Content-Security-Policy"]


def test_whether_a_form_would_be_taken_is_told_without_a_page(client, client_of, cast):
    assert client.get("/login/alive/").status_code == 401
    desk = client_of(cast.acceptor)
    assert desk.get("/login/alive/").status_code == 204
    clock.advance(timedelta(minutes=31))
    assert desk.get("/login/alive/").status_code != 204


def test_a_form_whose_token_is_of_an_older_log_in_is_told_so_before_it_is_sent(cast):
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(cast.acceptor.user)
    assert browser.post("/login/alive/").status_code == 403
    browser.get("/desk/")
    token = browser.cookies["gezhi_csrf"].value
    assert browser.post("/login/alive/", headers={"X-CSRFToken": token}).status_code == 204
    browser.cookies.clear()
    assert browser.post("/login/alive/", headers={"X-CSRFToken": token}).status_code == 403


def test_a_log_in_refused_for_want_of_cookies_says_so_in_the_frame(cast):
    answer = Client(enforce_csrf_checks=True).post("/login/", {"login": "1001"})
    assert answer.status_code == 403 and "没有开 Cookie" in answer.content.decode()
    assert answer["X-Frame-Options"] == "SAMEORIGIN"


def test_a_one_time_password_is_changed_over_the_page_too(client_of, cast):
    user = cast.acceptor.user
    user.must_change_password = True
    user.save()
    answer = client_of(cast.acceptor).get("/desk/", headers={"HX-Request": "true"})
    leads = {"log-in-over": {"url": "/password/?next=%2Flogin%2Fover%2F"}}
    assert json.loads(answer["HX-Trigger"]) == leads
