"""Whose network a request comes from: what is declared is believed, nothing else."""

import pytest
from django.test import RequestFactory

from gezhi.faces.shell.sender import hides_senders, is_known, sender_of


def asked(peer="8.8.4.4", **headers):
    return RequestFactory().get("/", REMOTE_ADDR=peer, headers=headers)


@pytest.mark.parametrize(
    ("peer", "network"),
    [
        ("8.8.4.4", "8.8.4.4"),
        ("::ffff:8.8.4.4", "8.8.4.4"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("fe80::1%eth0", "fe80::/64"),
        ("", ""),
        ("unix", ""),
    ],
)
def test_a_peer_is_one_network(peer, network):
    assert sender_of(asked(peer)) == network


def test_a_header_nobody_declared_changes_nothing():
    assert sender_of(asked(**{"X-Forwarded-For": "10.0.0.1"})) == "8.8.4.4"


@pytest.mark.parametrize(
    ("declared", "header", "network"),
    [
        (1, "198.51.100.7", "198.51.100.7"),
        (1, "10.9.9.9, 198.51.100.7", "198.51.100.7"),
        (2, "198.51.100.7, 10.0.0.2", "198.51.100.7"),
        (2, "10.0.0.2", "8.8.4.4"),
        (1, "nonsense", ""),
        (1, "", "8.8.4.4"),
    ],
)
def test_a_declared_proxy_names_the_sender(settings, declared, header, network):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = declared
    assert sender_of(asked(**({"X-Forwarded-For": header} if header else {}))) == network


@pytest.mark.django_db
def test_a_proxy_nobody_declared_is_noticed_and_told(client_of, cast):
    page = "/desk/setup/"
    for _request in range(19):
        assert sender_of(asked("10.0.0.5", **{"X-Forwarded-For": "198.51.100.7"})) == "10.0.0.5"
    assert not hides_senders()
    assert "GEZHI_PROXIES" not in client_of(cast.system_administrator).get(page).content.decode()
    assert sender_of(asked("10.0.0.5", Forwarded="for=198.51.100.7")) == ""
    assert sender_of(asked("8.8.4.4", Forwarded="for=198.51.100.7")) == "8.8.4.4"
    assert hides_senders()
    assert "GEZHI_PROXIES" in client_of(cast.system_administrator).get(page).content.decode()
    assert "GEZHI_PROXIES" not in client_of(cast.security_administrator).get(page).content.decode()


def test_named_addresses_and_networks_are_known(settings):
    from ipaddress import ip_network

    settings.GEZHI_KNOWN_ADDRESSES = [ip_network("10.1.0.0/16"), ip_network("2001:db8::/32")]
    assert is_known("10.1.2.3") and is_known("2001:db8:1:2::/64")
    assert not is_known("10.2.0.1") and not is_known("")
