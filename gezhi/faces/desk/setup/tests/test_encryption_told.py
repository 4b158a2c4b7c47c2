"""Administrators are told on their first page how this installation is encrypted."""

import pytest

from gezhi.kernel import clock
from gezhi.kernel.certificates import Office


@pytest.fixture
def office(settings, tmp_path):
    settings.GEZHI_KEYS, settings.GEZHI_TLS, settings.GEZHI_CERTIFICATE = tmp_path, "own", ""
    return Office(tmp_path).keep("office", ["localhost"], now=clock.now())


@pytest.mark.parametrize("who", ["admin", "security", "auditor"])
def test_plain_http_is_red_for_every_administrator(who, request, settings, text_of):
    settings.GEZHI_TLS = "plain"
    browser = request.getfixturevalue(who)
    shown = text_of(browser.get("/desk/setup/"))
    assert "notice-bad" in shown
    assert "没有加密" in shown


def test_the_system_administrator_reads_the_fingerprint_aloud(admin, office, text_of):
    shown = text_of(admin.get("/desk/setup/"))
    assert office.authority.sha256 in shown
    assert 'href="/install-certificate"' in shown
    assert "没有加密" not in shown


def test_the_others_need_none(security, office, text_of):
    assert office.authority.sha256 not in text_of(security.get("/desk/setup/"))


def test_on_its_own_machine_nothing_is_said(admin, settings, text_of):
    settings.GEZHI_TLS = ""
    assert "加密" not in text_of(admin.get("/desk/setup/"))
