"""Secrets 国密: sealed fields, blind indexes, named MACs and digests with SM3 and SM4.

Every other package imports from here; the files beneath are nobody else's business.
"""

from gezhi.kernel.secrets.ciphers import RunningDigest, digest, running_digest
from gezhi.kernel.secrets.errors import (
    KeyDamaged,
    KeyMissing,
    Malformed,
    SecretsError,
    UnknownKey,
    Unopenable,
)
from gezhi.kernel.secrets.keys import (
    PURPOSES,
    FileProvider,
    create_keys,
    exposed,
    keys_folder,
    rotate,
)
from gezhi.kernel.secrets.providers import Provider, configure, provider
from gezhi.kernel.secrets.receipts import receipt_code, receipt_matches
from gezhi.kernel.secrets.sealing import (
    blind_index,
    blind_indexes,
    current_key,
    is_current,
    is_sealed,
    mac,
    seal,
    unseal,
)

__all__ = [
    "PURPOSES",
    "FileProvider",
    "KeyDamaged",
    "KeyMissing",
    "Malformed",
    "Provider",
    "RunningDigest",
    "SecretsError",
    "UnknownKey",
    "Unopenable",
    "blind_index",
    "blind_indexes",
    "configure",
    "create_keys",
    "current_key",
    "digest",
    "exposed",
    "is_current",
    "is_sealed",
    "keys_folder",
    "mac",
    "provider",
    "receipt_code",
    "receipt_matches",
    "rotate",
    "running_digest",
    "seal",
    "unseal",
]
