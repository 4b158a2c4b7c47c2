"""The log-in page: the right person in, everybody else with the same answer."""

from datetime import timedelta

import pytest
from django.contrib.auth.hashers import make_password
from django.core import signing
from django.test import Client

from gezhi.faces.shell.login import device
from gezhi.ground.accounts import actions as accounts
from gezhi.ground.accounts.models import User
from gezhi.ground.audit.models import Entry
from gezhi.ground.counters.models import Counter
from gezhi.kernel import clock
from tests.cast import PASSWORD, SYSTEM

WRONG = "工号或密码不对"
LOCKED = "试的次数太多了"


def log_in(client, staff_number="ZX101", password=PASSWORD, **more):
    return client.post("/login/", {"login": staff_number, "password": password, **more})


def text_of(response):
    return response.content.decode()


@pytest.fixture
def client():
    return Client()


def test_the_page_has_the_two_fields_and_no_sign_up(client, db):
    page = text_of(client.get("/login/"))
    assert 'name="login"' in page
    assert 'name="password"' in page
    assert "signup" not in page
    assert "<style" not in page


def test_the_page_reads_english_when_chosen(client, db):
    answer = client.post("/language/", {"language": "en", "next": "/login/"})
    assert answer.url == "/login/"
    assert client.get("/login/").headers["Content-Language"] == "en"


def test_the_right_password_opens_the_start_page(client, cast):
    answer = log_in(client)
    assert answer.status_code == 302
    assert answer.url == "/work/"
    assert client.session["_auth_user_id"] == str(cast.acceptor.user_id)


def test_a_staff_number_may_be_typed_small(client, cast):
    assert log_in(client, "zx101").status_code == 302


def test_a_log_in_is_recorded(client, cast):
    log_in(client)
    entry = Entry.objects.get(verb="accounts.log_in")
    assert (entry.user_id, entry.outcome) == (cast.acceptor.user_id, "done")


def test_the_session_gets_a_new_id(client, cast):
    client.get("/login/")
    session = client.session
    session["planted"] = True
    session.save()
    before = session.session_key
    client.cookies["gezhi_session"] = before
    log_in(client)
    assert client.session.session_key != before


def test_unknown_wrong_and_closed_get_the_same_answer(client, cast):
    accounts.deactivate(user=cast.sun.user, by=SYSTEM)
    pages = [
        text_of(log_in(Client(), number, password)).replace(number, "")
        for number, password in (
            ("ZX101", "wrong-password"),
            ("NOBODY9", "wrong-password"),
            (cast.sun.staff_number, PASSWORD),
        )
    ]
    bodies = {page[page.index("<main") :].split("csrfmiddlewaretoken")[0] for page in pages}
    assert len(bodies) == 1
    assert WRONG in pages[0]


@pytest.mark.parametrize("known", [True, False])
def test_every_try_costs_one_run_of_the_hasher(client, cast, monkeypatch, known):
    runs = []
    hasher = "django.contrib.auth.hashers.MD5PasswordHasher.encode"

    def counted(self, password, salt):
        runs.append(password)
        return "md5$salt$nothing"

    monkeypatch.setattr(hasher, counted)
    number = cast.acceptor.staff_number if known else "NOBODY9"
    log_in(client, number, "wrong-password")
    assert len(runs) == 1


def test_a_one_time_password_costs_the_same_when_wrong(client, cast, monkeypatch):
    User.objects.filter(pk=cast.acceptor.user_id).update(
        password=accounts.encode_one_time("one-time-password")
    )
    runs = []
    monkeypatch.setattr(
        "gezhi.faces.shell.login.backend.make_password", lambda password: runs.append(1)
    )
    log_in(client, password="wrong-password")
    assert len(runs) == 1


def test_a_refused_log_in_is_recorded_without_the_number(client, cast):
    log_in(client, "NOBODY9", "wrong-password")
    entry = Entry.objects.get(verb="accounts.log_in")
    assert entry.outcome == "refused"
    assert entry.detail == {"reason": "password"}
    assert "NOBODY9" not in str(list(Counter.objects.values()))


def test_five_failures_lock_the_number_even_for_the_right_password(client, cast):
    for _try in range(5):
        log_in(client, password="wrong-password")
    assert LOCKED in text_of(log_in(client))


def test_an_unknown_number_locks_just_the_same(client, cast):
    for _try in range(5):
        log_in(client, "NOBODY9", "wrong-password")
    assert LOCKED in text_of(log_in(client, "NOBODY9", "wrong-password"))


def test_the_lock_ends_after_ten_minutes(client, cast):
    for _try in range(5):
        log_in(client, password="wrong-password")
    clock.advance(timedelta(minutes=9, seconds=59))
    assert LOCKED in text_of(log_in(client))
    clock.advance(timedelta(seconds=1))
    assert log_in(client).status_code == 302


def test_thirty_failures_lock_the_address_for_every_number(client, cast):
    for place in range(30):
        log_in(client, f"NOBODY{place}", "wrong-password")
    assert LOCKED in text_of(log_in(client))
    other = Client(REMOTE_ADDR="10.1.2.3")
    assert log_in(other).status_code == 302


def test_a_forged_forwarding_header_does_not_change_the_address(client, cast):
    for place in range(30):
        log_in(client, f"NOBODY{place}", "wrong-password")
    forged = Client(headers={"x-forwarded-for": "10.1.2.3"})
    assert LOCKED in text_of(log_in(forged))


def test_who_has_logged_in_from_this_browser_is_locked_out_by_nobody_else(client, cast):
    log_in(client)
    client.post("/logout/")
    stranger = Client()
    for place in range(6):
        for _try in range(5):
            log_in(stranger, password="wrong-password")
        stranger = Client(REMOTE_ADDR=f"10.1.2.{place}")
    for place in range(30):
        log_in(Client(), f"NOBODY{place}", "wrong-password")
    assert LOCKED in text_of(log_in(Client()))
    assert log_in(client).status_code == 302


def test_a_known_browser_has_five_tries_like_everybody(client, cast):
    log_in(client)
    client.post("/logout/")
    for _try in range(5):
        log_in(client, password="wrong-password")
    assert LOCKED in text_of(log_in(client))


def test_a_browser_is_known_for_whom_it_knows_and_no_forged_one_is(client, cast):
    log_in(client, cast.dispatcher.staff_number)
    client.post("/logout/")
    for _try in range(5):
        log_in(Client(), password="wrong-password")
    assert LOCKED in text_of(log_in(client))
    forged = Client()
    forged.cookies["gezhi_device"] = f"{{'{cast.acceptor.user_id}': 'x'}}"
    assert LOCKED in text_of(log_in(forged))


def test_a_shared_pc_remembers_the_last_twelve(client, cast):
    held = {str(number): "t" for number in range(1, 13)}
    client.cookies[device.COOKIE] = signing.dumps(held, salt="gezhi.login.device")
    cookie = log_in(client).cookies[device.COOKIE]
    kept = signing.loads(cookie.value, salt="gezhi.login.device")
    assert len(kept) == 12
    assert str(cast.acceptor.user_id) in kept and "1" not in kept
    assert cookie["httponly"] and cookie["samesite"] == "Lax"


def test_a_proxy_nobody_declared_locks_nobody_out_by_its_address(client, cast):
    proxied = {"x-forwarded-for": "203.0.113.7"}
    for place in range(60):
        log_in(Client(headers=proxied), f"NOBODY{place}", "wrong-password")
    assert log_in(Client(headers=proxied)).status_code == 302


def test_a_success_forgets_the_failures_of_the_number(client, cast):
    for _try in range(4):
        log_in(client, password="wrong-password")
    log_in(client)
    client.post("/logout/")
    for _try in range(4):
        log_in(client, password="wrong-password")
    assert log_in(client).status_code == 302


def test_the_backend_is_locked_too_whoever_calls_it(client, cast):
    for _try in range(5):
        accounts.begin_try(staff_number="ZX101", address="")
    assert not client.login(username="ZX101", password=PASSWORD)


def test_the_account_without_password_lets_nobody_in(client, cast):
    User.objects.filter(pk=cast.acceptor.user_id).update(password=make_password(None))
    assert WRONG in text_of(log_in(client, password="anything-at-all"))


INSIDE = ["/desk/", "/desk/cases/1?tab=2", "/pocket/#today", "/"]
OUTSIDE = [
    "https://example.com/", "http://example.com", "//example.com", "///example.com",
    "////example.com", "/\\example.com", "\\/example.com", "\\\\example.com", "/\\/example.com",
    "/\t/example.com", "/\n/example.com", "/%0a/\\example.com", "\t//example.com", " //example.com",
    "https:example.com", "https:/example.com", "https:\\\\example.com", "javascript:alert(1)",
    "JaVaScRiPt:alert(1)", "data:text/html,x", "ftp://example.com", "//example.com@testserver/",
    "https://testserver@example.com/", "https://testserver.example.com/", "//testserver/desk/",
    "example.com", "example.com/desk", "?next=//example.com", "@example.com", ".example.com",
    "//example.com\\@testserver", "https://example.com#@testserver", "/\x00/example.com",
    "/\r/example.com", "//[::1]/", "//127.0.0.1/", "http://[", "///", "//", "\\", "/\u2028/x",
    "//example%E3%80%82com", "http:\\/\\/example.com", "https:///example.com/x", "////",
]  # fmt: skip


@pytest.mark.parametrize("path", INSIDE)
def test_the_page_asked_for_comes_after_log_in(client, cast, path):
    assert log_in(client, next=path).url == path


@pytest.mark.parametrize("path", OUTSIDE)
def test_no_address_leads_out_of_the_site(client, cast, path):
    answer = log_in(client, next=path)
    assert answer.status_code == 302
    assert answer.url == "/work/"


def test_who_is_logged_in_already_goes_on(client_of, cast):
    assert client_of(cast.acceptor).get("/login/").status_code == 302


def test_nothing_is_filled_in_outside_the_demo(client, cast):
    page = text_of(client.get("/login/?account=ZX101"))
    assert 'value="ZX101"' not in page


def test_the_doors_nobody_uses_are_not_there(client, db):
    for path in ("/signup/", "/accounts/signup/", "/password/reset/", "/email/", "/inactive/"):
        assert client.get(path).status_code == 404
