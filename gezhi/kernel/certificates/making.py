"""Making an authority and certificates under it: EC P-256, SHA-256, as RFC 5280 wants them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from gezhi.kernel.certificates.names import alternatives, subtrees

AUTHORITY_DAYS = 3650
# Apple takes no more than 825 from an authority somebody installed, browsers no more than 398
# from a public one.
CERTIFICATE_DAYS = 397
# A phone whose clock is behind does not find a new certificate to be of tomorrow.
BACKDATED = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Pair:
    """A certificate with its private key."""

    certificate: x509.Certificate
    key: ec.EllipticCurvePrivateKey

    def pem(self) -> bytes:
        """Certificate, then key (PKCS #8, not encrypted: its file is closed to others)."""
        key = self.key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
        return self.certificate.public_bytes(serialization.Encoding.PEM) + key


def make_authority(title: str, names: Sequence[str], *, now: datetime) -> Pair:
    """A new authority called `title`, good for ten years and for servers only.

    It can sign certificates, no further authorities, and speak for these names and what is
    private; a phone that trusts it believes it nothing else.
    """
    key = ec.generate_private_key(ec.SECP256R1())
    name = _subject(title)
    builder = _begun(name, name, key, now, _end(now, AUTHORITY_DAYS))
    builder = builder.add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
    builder = builder.add_extension(_usage(signs_certificates=True), critical=True)
    builder = builder.add_extension(
        x509.NameConstraints(permitted_subtrees=subtrees(names), excluded_subtrees=None),
        critical=True,
    )
    return Pair(builder.sign(key, hashes.SHA256()), key)


def make_certificate(authority: Pair, names: Sequence[str], *, now: datetime) -> Pair:
    """A certificate for a server of these names, with a key of its own; never past the end of
    its authority."""
    key = ec.generate_private_key(ec.SECP256R1())
    end = min(_end(now, CERTIFICATE_DAYS), authority.certificate.not_valid_after_utc)
    builder = _begun(_subject("Gezhi server"), authority.certificate.subject, key, now, end)
    builder = builder.add_extension(
        x509.BasicConstraints(ca=False, path_length=None), critical=True
    )
    builder = builder.add_extension(_usage(signs_certificates=False), critical=True)
    builder = builder.add_extension(
        x509.SubjectAlternativeName(alternatives(names)), critical=False
    )
    builder = builder.add_extension(
        x509.AuthorityKeyIdentifier.from_issuer_public_key(authority.key.public_key()),
        critical=False,
    )
    return Pair(builder.sign(authority.key, hashes.SHA256()), key)


def _begun(
    subject: x509.Name,
    issuer: x509.Name,
    key: ec.EllipticCurvePrivateKey,
    now: datetime,
    end: datetime,
) -> x509.CertificateBuilder:
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - BACKDATED)
        .not_valid_after(end)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), critical=False)
    )


def _end(now: datetime, days: int) -> datetime:
    return now - BACKDATED + timedelta(days=days)


def _subject(title: str) -> x509.Name:
    # 64 signs are the most a common name holds.
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, title[:64])])


def _usage(*, signs_certificates: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not signs_certificates,
        content_commitment=False,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=signs_certificates,
        crl_sign=signs_certificates,
        encipher_only=False,
        decipher_only=False,
    )
