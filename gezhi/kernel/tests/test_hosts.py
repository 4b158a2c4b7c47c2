"""Without a word about names, an installation answers to this machine's own and to no other."""

import socket

import pytest
from django.http.request import validate_host
from django.test import Client

from gezhi.kernel import hosts


@pytest.mark.parametrize("host", ["localhost", "a.localhost", "127.0.0.1", "[::1]"])
def test_this_machine_is_known_by_its_common_names(host):
    assert validate_host(host, hosts.own_hosts())


def test_a_machine_is_known_by_its_name_and_its_addresses_in_the_office_net(monkeypatch):
    monkeypatch.setattr(socket, "gethostname", lambda: "Front-Desk.office.lan")
    monkeypatch.setattr(hosts, "_addresses", lambda: ["192.168.3.17", "[fd00::2]"])
    for host in ("front-desk", "front-desk.office.lan", "192.168.3.17", "[fd00::2]"):
        assert validate_host(host, hosts.own_hosts())


@pytest.mark.parametrize("host", ["evil.example", "localhost.evil.example", "10.99.99.99"])
def test_a_name_from_outside_is_no_host(host):
    assert not validate_host(host, hosts.own_hosts())


def test_a_machine_without_a_network_still_serves_itself(monkeypatch):
    def away():
        raise OSError

    monkeypatch.setattr(hosts, "_of_interfaces", away)
    monkeypatch.setattr(hosts, "_of_name", away)
    assert "127.0.0.1" in hosts.own_hosts()


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/login/", "/track", "/api/v1/"])
def test_a_request_under_a_foreign_name_is_answered_with_no_page(path, settings):
    settings.ALLOWED_HOSTS = hosts.own_hosts()
    answer = Client().get(path, headers={"Host": "evil.example"})
    assert answer.status_code == 400
    assert "evil.example" not in answer.text
