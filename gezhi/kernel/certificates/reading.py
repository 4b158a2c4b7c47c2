"""What a certificate says: for whom, until when, and by which fingerprint it is known."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization

from gezhi.kernel.certificates.names import address_of


@dataclass(frozen=True, slots=True)
class Certificate:
    """A certificate without its key: nothing in it is secret."""

    held: x509.Certificate

    @property
    def title(self) -> str:
        """The common name of whom it is for, which is what a phone lists it under."""
        names = self.held.subject.get_attributes_for_oid(x509.NameOID.COMMON_NAME)
        return str(names[0].value) if names else ""

    @property
    def begins(self) -> datetime:
        return self.held.not_valid_before_utc

    @property
    def ends(self) -> datetime:
        return self.held.not_valid_after_utc

    @property
    def names(self) -> tuple[str, ...]:
        """The names and addresses it speaks for."""
        try:
            found = self.held.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
        except x509.ExtensionNotFound:
            return ()
        return (
            *found.get_values_for_type(x509.DNSName),
            *map(str, found.get_values_for_type(x509.IPAddress)),
        )

    def speaks_for(self, name: str) -> bool:
        """Whether a browser that opens this name would find it to be meant (RFC 6125)."""
        if name in self.names:
            return True
        head, _, rest = name.partition(".")
        return bool(head and rest) and address_of(name) is None and f"*.{rest}" in self.names

    def is_due(self, now: datetime) -> bool:
        """Whether less than a third of its time is left, or it has not begun."""
        return self.ends - now < (self.ends - self.begins) / 3 or now < self.begins

    @property
    def sha256(self) -> str:
        """The fingerprint phones show, in sixteen groups of four, to be read aloud."""
        return _grouped(self.held.fingerprint(hashes.SHA256()))

    @property
    def sha1(self) -> str:
        """The fingerprint Windows shows; for the eye only, nothing rests on it."""
        return _grouped(self.held.fingerprint(hashes.SHA1()))  # noqa: S303 — what Windows shows

    def der(self) -> bytes:
        """As phones and PCs install it."""
        return self.held.public_bytes(serialization.Encoding.DER)


def _grouped(digest: bytes) -> str:
    digits = digest.hex().upper()
    return " ".join(digits[at : at + 4] for at in range(0, len(digits), 4))


def read_certificate(path: Path) -> Certificate:
    """The first certificate of a PEM file; raises OSError and ValueError."""
    return Certificate(x509.load_pem_x509_certificates(path.read_bytes())[0])
