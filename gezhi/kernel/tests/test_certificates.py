"""An office's own authority: what it makes is believed where it is installed, and nowhere else."""

import socket
import ssl
import stat
import threading
from contextlib import suppress
from datetime import UTC, datetime, timedelta

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID

from gezhi.kernel import certificates
from gezhi.kernel.certificates import Damaged, Office, making
from gezhi.kernel.certificates.names import permits

HOSTS = ["localhost", ".localhost", "127.0.0.1", "[::1]", "gezhi-pc", "192.168.1.8", "街道.cn", "*"]
# Read by `ssl`, which knows no clock but the machine's.
NOW = datetime.now(UTC)  # noqa: TID251 - TLS asks the machine
TITLE = "格治 gezhi-pc"


@pytest.fixture
def office(tmp_path):
    return Office(tmp_path / "keys")


@pytest.fixture
def state(office):
    return office.keep(TITLE, HOSTS, now=NOW)


def shake_hands(office, authority, name):
    """One TLS connection by the `ssl` module: what the client verified; raises SSLError."""
    serving = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    serving.load_cert_chain(office.server_file)
    trusting = ssl.create_default_context(
        cadata=authority.held.public_bytes(serialization.Encoding.PEM).decode()
        if authority
        else None
    )
    trusting.verify_flags |= ssl.VERIFY_X509_STRICT
    near, far = socket.socketpair()

    def serve():
        with suppress(OSError), serving.wrap_socket(far, server_side=True) as connection:
            connection.recv(1)

    thread = threading.Thread(target=serve)
    thread.start()
    try:
        with trusting.wrap_socket(near, server_hostname=name) as connection:
            return connection.getpeercert()
    finally:
        near.close()
        thread.join()
        far.close()


@pytest.mark.parametrize(
    "name", ["localhost", "127.0.0.1", "::1", "gezhi-pc", "192.168.1.8", "xn--un2an7n.cn"]
)
def test_whoever_installed_the_authority_believes_the_server(office, state, name):
    assert shake_hands(office, state.authority, name)


def test_whoever_did_not_install_it_does_not(office, state):
    with pytest.raises(ssl.SSLCertVerificationError, match="unable to get local issuer"):
        shake_hands(office, None, "localhost")


def test_no_other_name_is_believed(office, state):
    with pytest.raises(ssl.SSLCertVerificationError, match="mismatch"):
        shake_hands(office, state.authority, "bank.example")


def test_a_stolen_authority_opens_no_bank(office, state):
    """Signed past `keep`, which would have left the name out."""
    authority = office._read(office.authority_file)
    forged = making.make_certificate(authority, ["bank.example"], now=NOW)
    office._write(office.server_file, forged)
    with pytest.raises(ssl.SSLCertVerificationError, match="permitted subtree violation"):
        shake_hands(office, state.authority, "bank.example")


def test_it_is_a_p256_key_of_at_most_397_days_for_servers_only(state):
    for certificate, is_authority in ((state.certificate, False), (state.authority, True)):
        held = certificate.held
        assert isinstance(held.public_key().curve, ec.SECP256R1)
        basic = held.extensions.get_extension_for_class(x509.BasicConstraints)
        assert (basic.critical, basic.value.ca) == (True, is_authority)
        usage = held.extensions.get_extension_for_class(x509.ExtendedKeyUsage).value
        assert list(usage) == [ExtendedKeyUsageOID.SERVER_AUTH]
    assert state.certificate.ends - state.certificate.begins <= timedelta(days=397)
    assert state.authority.ends - NOW > timedelta(days=3600)
    basic = state.authority.held.extensions.get_extension_for_class(x509.BasicConstraints)
    assert basic.value.path_length == 0
    names = state.authority.held.extensions.get_extension_for_class(x509.NameConstraints)
    assert names.critical
    assert state.authority.title == TITLE


def test_all_is_its_owners_alone(office, state):
    assert stat.S_IMODE(office.folder.stat().st_mode) == 0o700
    for path in office.folder.iterdir():
        assert stat.S_IMODE(path.stat().st_mode) == 0o600, path


def test_a_second_look_changes_nothing(office, state):
    before = office.server_file.read_bytes()
    again = office.keep(TITLE, HOSTS, now=NOW + timedelta(days=200))
    assert (again.made, office.server_file.read_bytes()) == (False, before)


def test_it_is_renewed_before_a_third_of_its_time_is_left(office, state):
    last = state.certificate.ends - timedelta(days=397) / 3
    assert not office.keep(TITLE, HOSTS, now=last - timedelta(minutes=1)).made
    renewed = office.keep(TITLE, HOSTS, now=last + timedelta(minutes=1))
    assert renewed.made
    assert renewed.certificate.ends > state.certificate.ends + timedelta(days=200)
    assert renewed.authority.sha256 == state.authority.sha256, "phones stay as they are"


def test_a_new_name_is_taken_in_and_an_old_one_is_no_reason(office, state):
    assert not office.keep(TITLE, HOSTS[:3], now=NOW).made
    wider = office.keep(TITLE, [*HOSTS, "10.9.8.7"], now=NOW)
    assert wider.made
    assert wider.certificate.speaks_for("10.9.8.7")
    assert wider.left_out == ()


def test_what_the_authority_may_not_speak_for_is_left_out_and_told(office, state):
    wider = office.keep(TITLE, [*HOSTS, "gezhi.example.cn", "203.0.113.9"], now=NOW)
    assert wider.left_out == ("gezhi.example.cn", "203.0.113.9")
    assert wider.certificate.names == state.certificate.names


def test_an_authority_begun_anew_speaks_for_them(office, state):
    anew = office.begin_anew(TITLE, [*HOSTS, "gezhi.example.cn"], now=NOW)
    assert anew.made
    assert anew.left_out == ()
    assert anew.authority.sha256 != state.authority.sha256
    assert shake_hands(office, anew.authority, "gezhi.example.cn")
    with pytest.raises(ssl.SSLCertVerificationError):
        shake_hands(office, state.authority, "localhost")


def test_near_the_authoritys_end_its_certificates_end_with_it(office, state):
    late = state.authority.ends - timedelta(days=30)
    assert office.keep(TITLE, HOSTS, now=late).certificate.ends == state.authority.ends
    after = office.keep(TITLE, HOSTS, now=state.authority.ends)
    assert after.authority.sha256 != state.authority.sha256


def test_a_damaged_file_is_named_and_not_replaced(office, state):
    office.authority_file.write_text("nothing")
    with pytest.raises(Damaged, match=r"authority\.pem"):
        office.keep(TITLE, HOSTS, now=NOW)
    assert office.authority_file.read_text() == "nothing"
    with pytest.raises(Damaged, match=r"authority\.pem"):
        office.authority()


def test_a_key_of_another_certificate_is_damage(office, state):
    other = making.make_authority("other", (), now=NOW)
    own = office._read(office.authority_file)
    office._write(office.authority_file, making.Pair(own.certificate, other.key))
    with pytest.raises(Damaged):
        office.keep(TITLE, HOSTS, now=NOW)


def test_before_there_is_an_authority_there_is_none(office):
    assert office.authority() is None


def test_what_phones_install_holds_no_key(state):
    held = x509.load_der_x509_certificate(state.authority.der())
    assert held.public_bytes(serialization.Encoding.DER) == state.authority.der()


def test_fingerprints_are_read_in_groups(state):
    assert [len(group) for group in state.authority.sha256.split()] == [4] * 16
    assert [len(group) for group in state.authority.sha1.split()] == [4] * 10


@pytest.mark.parametrize(
    ("hosts", "names"),
    [
        ([".example.cn"], ("example.cn", "*.example.cn")),
        ([".localhost"], ("localhost",)),
        (["*", "", "two words", "[fe80::1]"], ()),
        (["[FD00::1]", "LOCALHOST"], ("fd00::1", "localhost")),
        (["2001:db8::1"], ()),
    ],
)
def test_hosts_are_named_as_certificates_name_them(hosts, names):
    assert certificates.names_of(hosts) == names


@pytest.mark.parametrize(
    ("name", "permitted"),
    [
        ("gezhi-pc", True),
        ("below.gezhi-pc", True),
        ("notgezhi-pc", False),
        ("printer.lan", True),
        ("172.31.0.1", True),
        ("172.32.0.1", False),
        ("fd00::1", True),
        ("2001:db8::1", False),
    ],
)
def test_an_authority_speaks_for_its_names_and_what_is_private(state, name, permitted):
    held = state.authority.held.extensions.get_extension_for_class(x509.NameConstraints)
    assert permits(held.value, name) is permitted


def test_a_star_speaks_for_one_label(office):
    held = office.keep(TITLE, [".example.cn"], now=NOW).certificate
    assert held.speaks_for("example.cn")
    assert held.speaks_for("a.example.cn")
    assert not held.speaks_for("a.b.example.cn")


@pytest.fixture
def given(tmp_path):
    """A certificate and its key in two files, as somebody else's authority hands them out."""
    pair = making.make_certificate(
        making.make_authority("somebody", ["gezhi.example.cn"], now=NOW),
        ["gezhi.example.cn"],
        now=NOW,
    )
    (tmp_path / "given.crt").write_bytes(pair.certificate.public_bytes(serialization.Encoding.PEM))
    write_key(tmp_path, pair.key, serialization.PrivateFormat.PKCS8)
    return tmp_path


def write_key(folder, key, form, lock=None):
    lock = lock or serialization.NoEncryption()
    (folder / "given.key").write_bytes(key.private_bytes(serialization.Encoding.PEM, form, lock))


def faults(folder, hosts=("gezhi.example.cn",), now=NOW):
    return certificates.faults_of_given(folder / "given.crt", folder / "given.key", hosts, now=now)


def test_a_given_certificate_that_fits_is_taken(given):
    assert faults(given) == []
    assert faults(given, ["10.0.0.1", "gezhi.example.cn"]) == []
    assert faults(given, []) == []


def test_a_given_certificate_of_another_name_or_time_is_told(given):
    assert faults(given, ["other.example.cn"]) == ["names"]
    assert faults(given, now=NOW + timedelta(days=400)) == ["ended"]


def test_a_given_key_must_be_the_certificates_and_readable(given):
    other = ec.generate_private_key(ec.SECP256R1())
    write_key(given, other, serialization.PrivateFormat.PKCS8)
    assert faults(given) == ["foreign key"]
    write_key(given, other, serialization.PrivateFormat.TraditionalOpenSSL)
    assert faults(given) == ["key form"]
    locked = serialization.BestAvailableEncryption(b"secret")
    write_key(given, other, serialization.PrivateFormat.PKCS8, locked)
    assert faults(given) == ["locked key"]
    (given / "given.key").unlink()
    assert faults(given) == ["unreadable key"]
    (given / "given.crt").write_text("")
    assert faults(given) == ["unreadable certificate"]
