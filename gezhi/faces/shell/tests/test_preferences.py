"""One's own settings: large text and language, kept with the account and on the device."""

import pytest

from gezhi.ground.accounts.models import User
from gezhi.ground.audit.models import Entry

URL = "/preferences/"


def test_a_stranger_is_asked_to_log_in(client, db):
    assert client.get(URL).url.startswith("/login/")


def test_the_menu_of_the_desk_leads_to_settings_password_and_second_factor(client_of, cast):
    page = client_of(cast.acceptor).get("/desk/").content.decode()
    menu = page.split('class="user-menu"')[1].split("</details>")[0]
    assert all(f'href="{url}"' in menu for url in (URL, "/password/", "/account/factor/"))


def test_a_worker_finds_the_settings_on_the_phone(client_of, cast):
    assert f'href="{URL}"' in client_of(cast.zhang).get("/pocket/").content.decode()


def test_large_text_is_kept_with_the_account_and_follows_to_another_device(client_of, cast):
    browser = client_of(cast.acceptor)
    sent = browser.post(URL, {"large_text": "on", "language": "zh-hans"})
    assert sent.status_code == 303
    assert User.objects.get(pk=cast.acceptor.user_id).large_text
    assert Entry.objects.filter(verb="accounts.set_preferences").count() == 1
    other = client_of(cast.acceptor)
    assert 'data-size="large"' in other.get("/desk/").content.decode()
    other.cookies["gezhi_size"] = "usual"
    assert 'data-size="large"' not in other.get("/desk/").content.decode()


def test_english_is_kept_and_said(client_of, cast):
    browser = client_of(cast.zhang)
    browser.post(URL, {"language": "en"})
    assert User.objects.get(pk=cast.zhang.user_id).language == "en"
    assert "Saved" in browser.get(URL).content.decode()


@pytest.mark.parametrize("language", ["", "tlh"])
def test_an_unknown_language_is_refused_and_changes_nothing(client_of, cast, language):
    answer = client_of(cast.zhang).post(URL, {"large_text": "on", "language": language})
    assert answer.status_code == 422
    assert "“语言”" in answer.content.decode()
    assert not User.objects.get(pk=cast.zhang.user_id).large_text
