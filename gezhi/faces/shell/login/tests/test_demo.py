"""The demo's accounts: shown and working in the demo, dead in production."""

import pytest
from django.contrib.auth.hashers import make_password
from django.test import Client

from gezhi.faces.shell.login.demo import demo_accounts, demo_words, encode_demo_password
from gezhi.ground.accounts.models import User
from gezhi.ground.accounts.published import DEMO_PASSWORD


@pytest.fixture
def demo(cast, settings):
    settings.DEMO = True
    encoded = encode_demo_password()
    User.objects.filter(pk__in=[cast.zhang.user_id, cast.zhao.user_id, cast.li.user_id]).update(
        password=encoded
    )
    return cast


def test_one_account_for_each_role_is_listed(demo):
    listed = [(account.staff_number, account.role_name) for account in demo_accounts()]
    assert listed == [("WG101", "网格员"), ("SQ101", "社区经办")]


def test_handlers_of_two_units_are_listed(demo):
    people = [demo.handler.user_id, demo.tang.user_id]
    User.objects.filter(pk__in=people).update(password=encode_demo_password())
    units = [one.unit_name for one in demo_accounts() if one.role_name == "承办经办人"]
    assert len(units) == len(set(units)) == 2


def test_a_click_fills_the_form_in(demo):
    page = Client().get("/login/?account=WG101").content.decode()
    assert 'value="WG101"' in page
    assert f'value="{DEMO_PASSWORD}"' in page


def test_a_number_that_is_no_demo_account_fills_nothing_in(demo):
    page = Client().get("/login/?account=ZX101").content.decode()
    assert 'value="ZX101"' not in page
    assert DEMO_PASSWORD not in page


def test_the_demo_password_opens_the_demo(demo):
    answer = Client().post("/login/", {"login": "WG101", "password": DEMO_PASSWORD})
    assert answer.status_code == 302


def test_the_demo_password_opens_nothing_in_production(demo, settings):
    settings.DEMO, settings.PRODUCTION = False, True
    answer = Client().post("/login/", {"login": "WG101", "password": DEMO_PASSWORD})
    assert answer.status_code == 200
    with pytest.raises(RuntimeError):
        encode_demo_password()


def test_who_changed_the_password_leaves_the_list(demo):
    User.objects.filter(pk=demo.zhang.user_id).update(password=make_password("another-one"))
    assert demo_accounts()[0].staff_number == "WG102"


def test_the_banner_says_that_the_second_factor_is_off(demo, settings):
    assert "登录不要求动态码" in Client().get("/login/").content.decode()
    settings.GEZHI_REQUIRE_TOTP = True
    assert "登录不要求动态码" not in Client().get("/login/").content.decode()


def test_an_own_street_in_the_usual_mode_is_not_called_a_demo(cast, settings, monkeypatch):
    monkeypatch.setattr("gezhi.faces.shell.login.demo._seen", [])
    settings.DEMO = True
    assert "演示环境" not in Client().get("/login/").content.decode()


def test_outside_the_demo_nobody_is_listed(demo, settings):
    settings.DEMO = False
    assert demo_accounts() == []


def test_the_stored_form_fits_its_column(demo, settings):
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.ScryptPasswordHasher"]
    assert len(encode_demo_password()) <= 128


def test_a_demo_says_whether_its_messages_are_real(settings):
    settings.GEZHI_REPLAY = False
    assert "都是编的" in demo_words()
    settings.GEZHI_REPLAY = True
    assert "留言是当年真实的" in demo_words()
