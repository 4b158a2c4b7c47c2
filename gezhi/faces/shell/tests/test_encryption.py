"""A plain request is led to TLS; what it brought is refused; browsers are bound where TLS is."""

import json

import pytest
from django.http import HttpResponse
from django.test import RequestFactory

from gezhi.faces.shell import encryption
from gezhi.faces.shell.encryption import EncryptionMiddleware

REQUESTS = RequestFactory()


@pytest.fixture
def own(settings):
    settings.ALLOWED_HOSTS = ["gezhi-pc", "localhost", "192.168.1.8"]
    settings.GEZHI_TLS = "own"
    settings.GEZHI_TLS_PORT, settings.GEZHI_PLAIN_PORT = 8443, 8000
    settings.SECURE_SSL_REDIRECT = True
    settings.SECURE_REDIRECT_EXEMPT = [r"^install-certificate(/|$)", r"^static/"]
    return settings


def answered(request):
    return EncryptionMiddleware(lambda request: HttpResponse("served"))(request)


def test_whoever_opens_the_plain_port_is_led_to_tls(own):
    found = answered(REQUESTS.get("/desk/?a=1", headers={"host": "gezhi-pc:8000"}))
    assert (found.status_code, found["Location"]) == (302, "https://gezhi-pc:8443/desk/?a=1")
    assert found["Cache-Control"] == "no-store"


def test_the_usual_port_is_not_named(own):
    own.GEZHI_TLS_PORT = 443
    found = answered(REQUESTS.get("/", headers={"host": "192.168.1.8"}))
    assert found["Location"] == "https://192.168.1.8/"


def test_words_sent_in_clear_are_refused_with_the_right_address(own):
    page = answered(REQUESTS.post("/login/", {"password": "x"}, headers={"host": "gezhi-pc:8000"}))
    assert page.status_code == 403
    assert "https://gezhi-pc:8443/" in page.content.decode()
    program = answered(REQUESTS.post("/api/v1/reports", headers={"host": "gezhi-pc:8000"}))
    assert program.status_code == 403
    assert json.loads(program.content)["code"] == "not_encrypted"


@pytest.mark.parametrize(
    "path", ["/install-certificate", "/install-certificate/gezhi.crt", "/static/shell/shell.css"]
)
def test_what_installs_the_authority_is_served_in_clear(own, path):
    assert answered(REQUESTS.get(path, headers={"host": "localhost"})).content == b"served"


@pytest.mark.parametrize("path", ["/install-certificates", "/staticfiles", "/desk/static/"])
def test_nothing_else_is(own, path):
    assert answered(REQUESTS.get(path, headers={"host": "localhost"})).status_code == 302


def test_over_tls_it_is_served(own):
    assert answered(REQUESTS.post("/", headers={"host": "localhost"}, secure=True)).content


def test_behind_a_proxy_django_leads_as_ever(own):
    own.GEZHI_TLS = "proxy"
    found = answered(REQUESTS.get("/desk/", headers={"host": "gezhi-pc"}))
    assert (found.status_code, found["Location"]) == (301, "https://gezhi-pc/desk/")


def test_a_browser_is_bound_over_tls_only_and_never_to_its_own_machine(own):
    own.SECURE_HSTS_SECONDS = 60
    near = REQUESTS.get("/", secure=True, headers={"host": "localhost"})
    far = REQUESTS.get("/", secure=True, headers={"host": "gezhi-pc"})
    assert "Strict-Transport-Security" in answered(far)
    assert "Strict-Transport-Security" not in answered(near)
    plain = answered(REQUESTS.get("/static/a", headers={"host": "gezhi-pc"}))
    assert "Strict-Transport-Security" not in plain


@pytest.mark.parametrize(
    ("way", "words", "is_bad"),
    [
        ("proxy", "反向代理", False),
        ("own", "自己做 TLS", False),
        ("plain", "明文", True),
        ("", "只能在这台机器上", False),
    ],
)
def test_each_way_is_told_in_words(settings, way, words, is_bad):
    settings.GEZHI_TLS = way
    found = encryption.in_force()
    assert words in found.sentence
    assert found.is_bad is is_bad


@pytest.mark.parametrize(
    ("host", "ports", "address"),
    [
        ("gezhi-pc", (8443, 8000), "http://gezhi-pc:8000/install-certificate"),
        ("192.168.1.8", (8443, 0), "https://192.168.1.8:8443/install-certificate"),
        ("fd00::1", (8443, 8000), "http://[fd00::1]:8000/install-certificate"),
        ("0.0.0.0", (8443, 8000), "http://192.168.1.8:8000/install-certificate"),
    ],
)
def test_the_page_has_an_address_to_type(own, monkeypatch, host, ports, address):
    monkeypatch.setattr(encryption, "office_address", lambda: "192.168.1.8")
    assert encryption.page_address(host, *ports) == address


def test_an_address_nobody_may_open_is_not_shown(own, monkeypatch):
    monkeypatch.setattr(encryption, "office_address", lambda: "172.17.0.1")
    assert encryption.office_host() == "gezhi-pc"
