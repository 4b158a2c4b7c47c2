"""The authority of an office and the certificate of its server: two files beside the keys.

Each file holds a certificate and its key and is replaced whole, so that whoever reads it finds
two that belong together. The folder is 0700, the files are 0600.
"""

import fcntl
import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec

from gezhi.kernel.certificates.making import Pair, make_authority, make_certificate
from gezhi.kernel.certificates.names import names_of, permits
from gezhi.kernel.certificates.reading import Certificate, read_certificate

# Below the folder of the keys.
FOLDER = "tls"


class Damaged(Exception):
    """A file of the office's does not hold a certificate and its key."""


@dataclass(frozen=True, slots=True)
class State:
    """What there is after a look: `made` says that the certificate is a new one; `left_out` are
    names the authority may not speak for."""

    certificate: Certificate
    authority: Certificate
    made: bool
    left_out: tuple[str, ...]


class Office:
    """The two files of one keys folder."""

    def __init__(self, keys: Path) -> None:
        self.folder = keys / FOLDER
        self.authority_file = self.folder / "authority.pem"
        self.server_file = self.folder / "server.pem"

    def authority(self) -> Certificate | None:
        """The authority's certificate, without a look at its key; None before there is one."""
        try:
            return read_certificate(self.authority_file)
        except FileNotFoundError:
            return None
        except (OSError, ValueError) as error:
            raise Damaged(str(self.authority_file)) from error

    def keep(self, title: str, hosts: Iterable[str], *, now: datetime) -> State:
        """Have an authority and a certificate for these hosts that is not due.

        Makes what is missing; a certificate that is due, that lacks a host or is of another
        authority is replaced. An authority stays as it is until it ends, since phones have it
        installed. Raises Damaged, and OSError when the folder cannot be written.
        """
        names = names_of(hosts)
        with self._locked():
            authority = self._read(self.authority_file)
            if authority is None or _has_ended(authority, now):
                authority = make_authority(title, names, now=now)
                self._write(self.authority_file, authority)
            allowed = _allowed(authority, names)
            present = self._read(self.server_file)
            made = present is None or not _serves(present, authority, allowed, now)
            if present is None or made:
                present = make_certificate(authority, allowed, now=now)
                self._write(self.server_file, present)
        return State(
            Certificate(present.certificate),
            Certificate(authority.certificate),
            made,
            tuple(name for name in names if name not in allowed),
        )

    def begin_anew(self, title: str, hosts: Iterable[str], *, now: datetime) -> State:
        """A new authority and a certificate under it. Every phone and PC has to install it again;
        the old one is gone."""
        with self._locked():
            self._write(self.authority_file, make_authority(title, names_of(hosts), now=now))
        return self.keep(title, hosts, now=now)

    def _read(self, path: Path) -> Pair | None:
        try:
            held = path.read_bytes()
        except FileNotFoundError:
            return None
        try:
            certificate = x509.load_pem_x509_certificate(held)
            key = serialization.load_pem_private_key(held, None)
        except (ValueError, TypeError) as error:
            raise Damaged(str(path)) from error
        if (
            not isinstance(key, ec.EllipticCurvePrivateKey)
            or key.public_key() != certificate.public_key()
        ):
            raise Damaged(str(path))
        return Pair(certificate, key)

    def _write(self, path: Path, pair: Pair) -> None:
        unfinished = path.with_name(f".{path.name}.unfinished")
        unfinished.unlink(missing_ok=True)
        handle = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "wb") as file:
            file.write(pair.pem())
            file.flush()
            os.fsync(file.fileno())
        unfinished.rename(path)

    @contextmanager
    def _locked(self) -> Iterator[None]:
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        handle = os.open(self.folder / ".lock", os.O_RDWR | os.O_CREAT, 0o600)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX)
            yield
        finally:
            os.close(handle)


def _has_ended(pair: Pair, now: datetime) -> bool:
    return pair.certificate.not_valid_after_utc <= now


def _allowed(authority: Pair, names: tuple[str, ...]) -> tuple[str, ...]:
    constraints = authority.certificate.extensions.get_extension_for_class(x509.NameConstraints)
    return tuple(name for name in names if permits(constraints.value, name))


def _serves(present: Pair, authority: Pair, names: tuple[str, ...], now: datetime) -> bool:
    """Whether the certificate is of this authority, of these names, and not due."""
    try:
        present.certificate.verify_directly_issued_by(authority.certificate)
    except Exception:  # of several kinds, by what does not fit; all of them mean no
        return False
    held = Certificate(present.certificate)
    return set(names) <= set(held.names) and not held.is_due(now)
