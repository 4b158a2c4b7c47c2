"""A certificate somebody else made, looked at before it is served."""

from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

from cryptography.hazmat.primitives import serialization

from gezhi.kernel.certificates.names import names_of
from gezhi.kernel.certificates.reading import read_certificate

UNREADABLE = "unreadable certificate"
UNREADABLE_KEY = "unreadable key"
LOCKED_KEY = "locked key"
KEY_FORM = "key form"
FOREIGN_KEY = "foreign key"
ENDED = "ended"
NAMES = "names"


def faults_of_given(
    certificate: Path, key: Path, hosts: Iterable[str], *, now: datetime
) -> list[str]:
    """What keeps the two files from being served, by the words above; empty when nothing does.

    A certificate that speaks for one of the hosts is enough: others may be names of inside.
    """
    try:
        read = read_certificate(certificate)
    except (OSError, ValueError, IndexError):
        return [UNREADABLE]
    try:
        held = key.read_bytes()
        private = serialization.load_pem_private_key(held, None)
    except TypeError:
        return [LOCKED_KEY]
    except (OSError, ValueError):
        return [UNREADABLE_KEY]
    if b"-----BEGIN PRIVATE KEY-----" not in held:
        return [KEY_FORM]
    if private.public_key() != read.held.public_key():
        return [FOREIGN_KEY]
    found = [] if read.begins <= now < read.ends else [ENDED]
    names = names_of(hosts)
    if names and not any(read.speaks_for(name) for name in names):
        found.append(NAMES)
    return found
