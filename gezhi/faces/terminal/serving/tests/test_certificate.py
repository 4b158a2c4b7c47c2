"""A running server comes by the successor of its certificate, and says so when it cannot."""

import time
from datetime import timedelta

import pytest
from cryptography.hazmat.primitives import serialization
from django.core.management import CommandError, call_command

from gezhi.faces.terminal.serving import certificate
from gezhi.faces.terminal.serving.certificate import GivenCertificate, OwnCertificate
from gezhi.kernel import clock, secrets
from gezhi.kernel.certificates import Office, making

RENEWED: list[object] = []


@pytest.fixture(autouse=True)
def hosts(settings):
    settings.ALLOWED_HOSTS = ["localhost", "127.0.0.1"]
    RENEWED.clear()


@pytest.fixture
def own(tmp_path):
    shown = OwnCertificate(Office(tmp_path / "keys"))
    shown.begin()
    return shown


@pytest.fixture
def later(monkeypatch):
    """The machine's own clock of seconds, a day on."""
    now = time.monotonic() + 86_400
    monkeypatch.setattr(time, "monotonic", lambda: now)


def look(shown):
    shown.look(lambda: RENEWED.append(shown))


def test_it_is_looked_at_once_an_hour(own):
    own.office.server_file.unlink()
    look(own)
    assert not own.office.server_file.exists()


def test_what_is_not_due_is_left_alone(own, later):
    look(own)
    assert not RENEWED


def test_what_is_due_is_renewed_and_served(own, later):
    before = own.office.server_file.read_bytes()
    with clock.moved_to(clock.now() + timedelta(days=300)):
        look(own)
    assert own in RENEWED
    assert own.office.server_file.read_bytes() != before


def test_a_new_address_of_the_machine_is_taken_in(own, later, monkeypatch):
    monkeypatch.setattr(certificate, "own_hosts", lambda: ["192.168.77.7"])
    look(own)
    assert own in RENEWED


def test_what_cannot_be_renewed_is_logged_and_served_on(own, later, caplog):
    own.office.authority_file.write_text("nothing")
    look(own)
    assert not RENEWED
    assert "authority.pem" in caplog.text


def test_what_cannot_be_made_is_told_before_anything_starts(own):
    own.office.authority_file.write_text("nothing")
    with pytest.raises(CommandError, match=r"authority\.pem"):
        own.begin()


@pytest.fixture
def given(tmp_path):
    write_given(tmp_path)
    shown = GivenCertificate(tmp_path / "given.crt", tmp_path / "given.key")
    shown.begin()
    return shown


def write_given(folder, names=("localhost",)):
    authority = making.make_authority("somebody", names, now=clock.now())
    pair = making.make_certificate(authority, names, now=clock.now())
    (folder / "given.crt").write_bytes(pair.certificate.public_bytes(serialization.Encoding.PEM))
    (folder / "given.key").write_bytes(
        pair.key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )


def test_a_given_one_that_somebody_renewed_is_served(given, later, tmp_path):
    write_given(tmp_path)
    look(given)
    assert given in RENEWED


def test_a_given_one_that_stayed_is_left_alone(given, later):
    look(given)
    assert not RENEWED


def test_a_half_written_one_waits(given, later, tmp_path, caplog):
    (tmp_path / "given.crt").write_text("half")
    look(given)
    assert not RENEWED
    assert "given.crt" in caplog.text


def test_a_given_one_of_another_name_is_refused_on_start(tmp_path):
    write_given(tmp_path, ("other.example.cn",))
    with pytest.raises(CommandError, match="GEZHI_HOSTS"):
        GivenCertificate(tmp_path / "given.crt", tmp_path / "given.key").begin()


@pytest.mark.django_db
def test_the_command_shows_the_fingerprint_and_begins_anew(settings, tmp_path, capsys, monkeypatch):
    monkeypatch.setattr("gezhi.ground.audit.keymarks.faults", lambda folder: [])
    settings.GEZHI_KEYS = tmp_path / "keys"
    secrets.create_keys(settings.GEZHI_KEYS)
    call_command("certificate")
    authority = Office(settings.GEZHI_KEYS).authority()
    assert authority
    first = authority.sha256
    assert first in capsys.readouterr().out
    call_command("certificate")
    assert first in capsys.readouterr().out
    call_command("certificate", new_authority=True)
    assert first not in capsys.readouterr().out


@pytest.mark.django_db
def test_where_the_keys_are_missing_no_authority_is_made(settings, tmp_path, monkeypatch):
    monkeypatch.setattr("gezhi.ground.audit.keymarks.faults", lambda folder: [])
    settings.GEZHI_KEYS = tmp_path / "keys"
    with pytest.raises(CommandError, match="gezhi prepare"):
        call_command("certificate")
    assert not (settings.GEZHI_KEYS / "tls").exists()
