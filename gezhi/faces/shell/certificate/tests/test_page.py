"""The page that installs the office's authority: there when there is one, and no secret on it."""

import pytest
from cryptography import x509

from gezhi.faces.shell import encryption
from gezhi.faces.shell.certificate.steps import DEVICES, device_of
from gezhi.kernel import clock
from gezhi.kernel.certificates import Office

PAGE = "/install-certificate"
FILE = "/install-certificate/gezhi.crt"


@pytest.fixture
def office(settings, tmp_path):
    """This installation serves TLS under an authority of its own, at ports of its own."""
    settings.GEZHI_KEYS = tmp_path / "keys"
    settings.GEZHI_TLS = "own"
    settings.GEZHI_TLS_PORT, settings.GEZHI_PLAIN_PORT = 8443, 8000
    settings.GEZHI_CERTIFICATE = ""
    settings.ALLOWED_HOSTS = ["testserver", "gezhi-pc", "127.0.0.1"]
    office = Office(settings.GEZHI_KEYS)
    office.keep("格治 test", ["localhost"], now=clock.now())
    return office


@pytest.fixture
def page(office, db, client):
    return client.get(PAGE, headers={"host": "gezhi-pc:8000"})


def test_a_stranger_finds_the_fingerprint_in_groups_and_the_file(page, office):
    shown = page.content.decode()
    assert page.status_code == 200
    for group in office.authority().sha256.split():
        assert f"<span>{group}</span>" in shown
    assert f'href="{FILE}"' in shown
    assert '<svg class="qr"' in shown


def test_it_leads_to_the_addresses_of_this_office(page):
    shown = page.content.decode()
    assert "http://gezhi-pc:8000/install-certificate" in shown
    assert "https://gezhi-pc:8443/" in shown


def test_every_device_has_its_steps_in_both_languages(page, client):
    assert page.content.decode().count('<details class="device"') == len(DEVICES)
    english = client.get(f"{PAGE}?language=en").content.decode()
    for words in ("Windows PC", "Android phones", "HarmonyOS", "iPhone and iPad"):
        assert words in english
    assert "装一次" not in english


def test_it_needs_no_cookie_and_leaves_none(page, client):
    assert not page.cookies
    assert not client.get(f"{PAGE}?language=en").cookies


def test_its_policy_lets_nothing_foreign_in(page):
    policy = page.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy


def test_the_file_is_the_certificate_and_nothing_else(office, client):
    answer = client.get(FILE)
    assert answer.headers["Content-Type"] == "application/x-x509-ca-cert"
    held = x509.load_der_x509_certificate(answer.content)
    assert held == office.authority().held
    assert b"PRIVATE" not in answer.content


@pytest.mark.parametrize(
    "change",
    [{"GEZHI_TLS": "proxy"}, {"GEZHI_TLS": ""}, {"GEZHI_CERTIFICATE": "/etc/given.pem"}],
)
def test_where_there_is_nothing_to_install_there_is_no_page(office, db, client, settings, change):
    for name, value in change.items():
        setattr(settings, name, value)
    assert client.get(PAGE).status_code == 404
    assert client.get(FILE).status_code == 404


def test_a_damaged_authority_is_no_page_and_no_error(office, db, client):
    office.authority_file.write_text("nothing")
    assert client.get(FILE).status_code == 404


def test_opened_on_the_server_itself_it_names_an_address_others_can_open(
    office, db, client, monkeypatch
):
    monkeypatch.setattr(encryption, "office_address", lambda: "")
    shown = client.get(PAGE, headers={"host": "127.0.0.1:8000"}).content.decode()
    assert "http://testserver:8000/install-certificate" in shown
    assert "http://127.0.0.1" not in shown


@pytest.mark.parametrize(
    ("agent", "name"),
    [
        ("Mozilla/5.0 (Linux; Android 12; HarmonyOS; NOH-AN00) Chrome/99", "华为"),
        ("Mozilla/5.0 (Linux; Android 14; 23127PN0CC) Chrome/120", "安卓"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X)", "苹果"),
        ("Mozilla/5.0 (Windows NT 10.0; Win64; x64)", "Windows"),
        ("Mozilla/5.0 (X11; Linux x86_64) Chrome/120", "麒麟"),
    ],
)
def test_the_likely_device_is_open(agent, name):
    assert str(DEVICES[device_of(agent)].name).startswith(name)


def test_an_unknown_device_opens_none():
    assert device_of("curl/8") == -1
