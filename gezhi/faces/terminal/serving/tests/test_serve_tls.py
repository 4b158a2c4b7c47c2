"""`gezhi serve`: which of the three ways it takes, refuses, and tells of."""

import pytest
from django.core.management import CommandError, call_command

from gezhi.faces.terminal.management.commands import serve

COMMAND = "gezhi.faces.terminal.management.commands.serve"


@pytest.fixture
def ready(monkeypatch):
    """Nothing else stands in the way, and nothing is started."""
    monkeypatch.setattr(f"{COMMAND}.faults", list)
    monkeypatch.setattr("django.db.connections.close_all", lambda: None)
    started = []
    monkeypatch.setattr(f"{COMMAND}.Supervisor.run", lambda self: started.append(self))
    monkeypatch.setattr(f"{COMMAND}.programs.refusal_to_listen", lambda host, port: 0)
    monkeypatch.setattr("gezhi.ground.jobs.stopping.Stop.on_signals", lambda self: None)
    monkeypatch.setattr(f"{COMMAND}._tell_children", lambda *told: None)
    return started


@pytest.mark.parametrize("host", ["127.0.0.1", "0.0.0.0"])
def test_production_without_any_of_the_three_ways_is_refused(settings, ready, host):
    settings.PRODUCTION = True
    with pytest.raises(CommandError) as refusal:
        call_command("serve", host=host)
    for way in ("GEZHI_PROXY_TLS_HEADER", "--tls", "GEZHI_TLS=plain"):
        assert way in str(refusal.value)
    assert not ready


def test_plain_http_for_others_is_refused_unless_it_was_meant(settings, ready):
    with pytest.raises(CommandError, match="GEZHI_TLS=plain"):
        call_command("serve", host="192.0.2.7")
    settings.GEZHI_TLS = "plain"
    call_command("serve", host="192.0.2.7")
    assert ready


def test_plain_http_begins_with_a_red_sentence(settings, ready, capsys):
    settings.GEZHI_TLS = "plain"
    call_command("serve", force_color=True)
    assert "\x1b[31;1m没有加密" in capsys.readouterr().err


def test_on_its_own_machine_a_demo_just_starts(ready, capsys):
    call_command("serve")
    assert ready
    assert capsys.readouterr().err == ""


def test_names_the_authority_may_not_speak_for_are_told_on_start(settings, ready, tmp_path, capsys):
    settings.GEZHI_KEYS, settings.GEZHI_TLS = tmp_path, "own"
    settings.ALLOWED_HOSTS = ["localhost"]
    call_command("serve")
    settings.ALLOWED_HOSTS = ["localhost", "new.example.cn"]
    call_command("serve")
    assert "new.example.cn" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("options", "ports"),
    [
        ({}, (8443, 8000)),
        ({"port": 443, "redirect_port": 80}, (443, 80)),
        ({"port": 8000}, (8000, 8080)),
        ({"redirect_port": 0}, (8443, 0)),
    ],
)
def test_with_tls_there_is_a_plain_port_beside_it(settings, options, ports):
    settings.GEZHI_TLS = "own"
    given = {"port": None, "redirect_port": None, "tls": True} | options
    assert serve._ports(given | {"certificate": None, "key": None}) == ports


def test_one_port_cannot_be_both(settings, ready):
    settings.GEZHI_TLS = "own"
    with pytest.raises(CommandError, match="--redirect-port"):
        call_command("serve", port=8443, redirect_port=8443)


@pytest.mark.parametrize("given", [{"certificate": "a.pem"}, {"key": "a"}, {"redirect_port": 80}])
def test_what_belongs_to_tls_is_refused_without_it(ready, given):
    with pytest.raises(CommandError, match="--tls"):
        call_command("serve", **given)


def test_a_certificate_needs_its_key(settings, ready):
    settings.GEZHI_TLS = "own"
    with pytest.raises(CommandError, match="--key"):
        call_command("serve", certificate="a.pem")


def test_a_port_of_the_systems_is_told_as_such(settings, ready, monkeypatch):
    monkeypatch.setattr(f"{COMMAND}.programs.refusal_to_listen", lambda host, port: 13)
    with pytest.raises(CommandError, match="1024"):
        call_command("serve", port=443)
