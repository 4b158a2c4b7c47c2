"""The three ways a browser's words come here, and what each of them sets."""

import json
import os
import subprocess
import sys

import pytest

from gezhi.config import encryption

_ASKED = (
    *("GEZHI_TLS", "SESSION_COOKIE_SECURE", "CSRF_COOKIE_SECURE", "SECURE_SSL_REDIRECT"),
    *("SECURE_HSTS_SECONDS", "SECURE_HSTS_INCLUDE_SUBDOMAINS", "SECURE_HSTS_PRELOAD"),
    *("SECURE_PROXY_SSL_HEADER", "SECURE_REDIRECT_EXEMPT"),
)
# Settings are read once a process; one process reads them again for every environment.
_PRINT = f"""
import importlib, json, os, sys
from gezhi.config import settings
found = {{}}
for name, environment in json.load(sys.stdin).items():
    for key in [key for key in os.environ if key.startswith("GEZHI_")]:
        del os.environ[key]
    os.environ.update(environment)
    vars(settings).pop("SECURE_PROXY_SSL_HEADER", None)
    importlib.reload(settings)
    found[name] = {{asked: getattr(settings, asked, None) for asked in {_ASKED!r}}}
print(json.dumps(found))
"""
_PROXY = {"GEZHI_MODE": "production", "GEZHI_PROXY_TLS_HEADER": "HTTP_X_FORWARDED_PROTO"}
_OWN = {"GEZHI_TLS": "own", "GEZHI_TLS_PORT": "443"}
ENVIRONMENTS = {
    "a proxy": _PROXY,
    "own": _PROXY | _OWN,
    "plain": _PROXY | {"GEZHI_TLS": "plain", "GEZHI_HSTS": "preload"},
    "a demo": {},
    "a demo with tls": _OWN,
    "subdomains": _PROXY | {"GEZHI_HSTS": "subdomains"},
    "preload": _PROXY | {"GEZHI_HSTS": "preload"},
}


@pytest.fixture(scope="module")
def read(tmp_path_factory):
    """The settings a process would read from each of the environments."""
    home = {"GEZHI_HOME": str(tmp_path_factory.mktemp("home")), "GEZHI_SECRET_KEY": "a" * 64}
    done = subprocess.run(
        [sys.executable, "-c", _PRINT],
        input=json.dumps({name: home | given for name, given in ENVIRONMENTS.items()}),
        env={key: value for key, value in os.environ.items() if not key.startswith("GEZHI_")}
        | home,
        capture_output=True,
        text=True,
        check=True,
    )
    return json.loads(done.stdout)


def test_behind_a_proxy_all_is_for_tls_and_the_proxys_header_is_believed(read):
    found = read["a proxy"]
    assert found["GEZHI_TLS"] == "proxy"
    assert found["SESSION_COOKIE_SECURE"]
    assert found["CSRF_COOKIE_SECURE"]
    assert found["SECURE_SSL_REDIRECT"]
    assert found["SECURE_REDIRECT_EXEMPT"] == []
    assert found["SECURE_PROXY_SSL_HEADER"] == ["HTTP_X_FORWARDED_PROTO", "https"]
    assert found["SECURE_HSTS_SECONDS"] == encryption.HSTS_SECONDS
    assert not found["SECURE_HSTS_INCLUDE_SUBDOMAINS"]
    assert not found["SECURE_HSTS_PRELOAD"]


def test_with_tls_of_its_own_no_header_speaks_of_tls(read):
    found = read["own"]
    assert found["GEZHI_TLS"] == "own"
    assert found["SECURE_PROXY_SSL_HEADER"] is None
    assert found["SESSION_COOKIE_SECURE"]
    assert found["SECURE_SSL_REDIRECT"]
    assert found["SECURE_REDIRECT_EXEMPT"]
    assert found["SECURE_HSTS_SECONDS"] == encryption.HSTS_SECONDS


def test_plain_http_on_purpose_binds_nothing_to_tls(read):
    found = read["plain"]
    assert found["GEZHI_TLS"] == "plain"
    assert not found["SESSION_COOKIE_SECURE"]
    assert not found["SECURE_SSL_REDIRECT"]
    assert found["SECURE_HSTS_SECONDS"] == 0
    assert found["SECURE_PROXY_SSL_HEADER"] is None


def test_a_demo_on_its_own_machine_chooses_none(read):
    found = read["a demo"]
    assert found["GEZHI_TLS"] == ""
    assert not found["SESSION_COOKIE_SECURE"]
    assert found["SECURE_HSTS_SECONDS"] == 0


def test_a_demo_with_tls_is_not_remembered_for_a_year(read):
    found = read["a demo with tls"]
    assert found["SESSION_COOKIE_SECURE"]
    assert found["SECURE_HSTS_SECONDS"] == 0


def test_only_the_operator_speaks_for_other_names(read):
    assert read["subdomains"]["SECURE_HSTS_INCLUDE_SUBDOMAINS"]
    assert not read["subdomains"]["SECURE_HSTS_PRELOAD"]
    assert read["preload"]["SECURE_HSTS_INCLUDE_SUBDOMAINS"]
    assert read["preload"]["SECURE_HSTS_PRELOAD"]


@pytest.mark.parametrize(
    ("way", "port", "said", "kept"),
    [
        ("proxy", 0, "", True),
        ("proxy", 0, "no", False),
        ("own", 443, "", True),
        ("own", 443, "no", False),
        ("own", 8443, "", False),
        ("own", 8443, "host", True),
        ("own", 8443, "preload", True),
        ("plain", 443, "host", False),
        ("", 443, "host", False),
    ],
)
def test_browsers_are_bound_to_tls_only_where_it_is_served(way, port, said, kept):
    assert encryption.keeps_browsers(way, port, said) is kept


def test_a_word_may_be_written_in_capitals():
    assert encryption.way_of({"GEZHI_TLS": " OWN "}) == "own"
