"""Sessions end when they must, and what they end with tells nothing."""

from datetime import timedelta
from urllib.parse import quote

import pytest
from django.test import Client

from gezhi.ground.accounts import actions as accounts
from gezhi.ground.audit.models import Entry
from gezhi.kernel import clock
from gezhi.records.posts import actions as posts
from gezhi.records.posts.models import Appointment
from tests.cast import PASSWORD, SYSTEM


@pytest.fixture
def browser(client_of, cast):
    return client_of(cast.acceptor)


def is_in(client):
    return "_auth_user_id" in client.session


def test_after_thirty_minutes_alone_the_session_locks(browser):
    browser.get("/work/")
    clock.advance(timedelta(minutes=30))
    answer = browser.get("/work/?a=1")
    assert answer.url == "/lock/?next=" + quote("/work/?a=1", safe="")
    assert not is_in(browser)
    assert Entry.objects.get(verb="accounts.log_out").detail == {"why": "idle"}


def test_who_works_on_is_not_locked(browser):
    for _page in range(4):
        browser.get("/work/")
        clock.advance(timedelta(minutes=29))
    browser.get("/work/")
    assert is_in(browser)


def test_what_a_page_asks_for_by_itself_keeps_no_session_alive(browser):
    browser.get("/work/")
    for _minute in range(3):
        clock.advance(timedelta(minutes=9))
        browser.get("/work/", headers={"X-By-Itself": "true"})
        assert is_in(browser)
    clock.advance(timedelta(minutes=3))
    browser.get("/work/", headers={"X-By-Itself": "true"})
    assert not is_in(browser)


def test_a_part_of_a_page_gets_the_log_in_over_it_after_an_hour(browser):
    browser.get("/work/")
    clock.advance(timedelta(hours=1))
    answer = browser.post("/work/", headers={"HX-Request": "true"})
    assert answer.status_code == 401
    assert "log-in-over" in answer.headers["HX-Trigger"]
    assert "_auth_user_id" not in browser.session, "the session ended all the same"


def test_locking_keeps_the_page_and_forgets_the_person(browser, cast):
    answer = browser.post("/lock/", headers={"referer": "http://testserver/desk/cases/1"})
    assert answer.url == "/lock/?next=%2Fdesk%2Fcases%2F1"
    page = browser.get(answer.url).content.decode()
    assert cast.acceptor.name not in page
    assert cast.acceptor.staff_number not in page
    assert 'name="next" value="/desk/cases/1"' in page
    assert not browser.session.keys()
    assert Entry.objects.get(verb="accounts.log_out").detail == {"why": "locked"}


def test_the_lock_takes_no_page_of_another_site(browser):
    answer = browser.post("/lock/", headers={"referer": "https://example.com/desk/"})
    assert answer.url == "/lock/"
    page = browser.get("/lock/?next=//example.com/").content.decode()
    assert 'value="//example.com' not in page


def test_looking_at_the_lock_page_locks_nothing(browser):
    assert browser.get("/lock/").status_code == 200
    assert is_in(browser)


def test_locking_from_the_lock_page_does_not_lead_back_to_it(browser):
    answer = browser.post("/lock/", headers={"referer": "http://testserver/lock/"})
    assert answer.url == "/lock/"


def test_the_lock_page_passes_the_page_on(browser):
    assert 'name="next" value="/desk/"' in browser.get("/lock/?next=/desk/").content.decode()
    assert browser.post("/lock/", {"next": "/desk/"}).url == "/lock/?next=%2Fdesk%2F"


def test_the_next_person_goes_on_with_their_own_rights(browser, cast):
    browser.post("/lock/")
    answer = browser.post(
        "/login/", {"login": cast.dispatcher.staff_number, "password": PASSWORD, "next": "/work/"}
    )
    assert answer.url == "/work/"
    assert browser.session["_auth_user_id"] == str(cast.dispatcher.user_id)


def test_logging_out_asks_on_get_and_does_on_post(browser):
    assert browser.get("/logout/").status_code == 200
    assert is_in(browser)
    assert browser.post("/logout/").url == "/login/"
    assert not is_in(browser)
    assert Entry.objects.get(verb="accounts.log_out").detail == {"why": "asked"}


def test_logging_out_needs_the_token_of_the_page(cast):
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(cast.acceptor.user)
    assert strict.post("/logout/").status_code == 403
    assert is_in(strict)


def test_an_ended_appointment_ends_the_session(browser, cast):
    appointment = Appointment.objects.get(user_id=cast.acceptor.user_id)
    posts.mark_ended(appointment, by=SYSTEM, at=clock.now())
    assert browser.get("/work/").url.startswith("/login/")


def test_a_closed_account_ends_the_session(browser, cast):
    accounts.deactivate(user=cast.acceptor.user, by=SYSTEM)
    assert browser.get("/work/").url.startswith("/login/")


def test_a_new_password_ends_all_other_sessions(browser, client_of, cast):
    other = client_of(cast.acceptor)
    answer = browser.post(
        "/password/", {"old": PASSWORD, "new": "another-long-one", "again": "another-long-one"}
    )
    assert answer.url == "/work/"
    assert browser.get("/work/").url == "/desk/"
    assert other.get("/work/").url.startswith("/login/")


def test_pages_of_staff_are_kept_by_no_cache(browser):
    assert "no-store" in browser.get("/password/").headers["Cache-Control"]
