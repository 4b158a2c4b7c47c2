"""The one seam behind which keys live: files today, a certified module (HSM) where one stands.

The protocol speaks of operations, never of key bytes, because a module does not give keys away.
"""

import threading
from typing import Protocol

from gezhi.kernel.secrets.keys import FileProvider, keys_folder


class Provider(Protocol):
    """Does the work that needs a key. Key ids are short ASCII words without dots.

    Every method raises `KeyMissing` when no key of the name exists, `UnknownKey` when the id is
    not known. Methods are called from many threads at once.
    """

    @property
    def is_software(self) -> bool:
        """True when keys lie in ordinary files: for development and small offices, and pages that
        speak of security must say so (GB/T 39786 asks for a certified module at level three)."""
        ...

    def key_ids(self, name: str) -> tuple[str, ...]:
        """Ids of the living keys of a name, the current one first."""
        ...

    def encrypt(self, key_id: str, plain: bytes, associated: bytes) -> bytes:
        """SM4-GCM under a key of the name "field": nonce (12), cipher text, tag (16)."""
        ...

    def decrypt(self, key_id: str, sealed: bytes, associated: bytes) -> bytes | None:
        """The inverse of `encrypt`; None when the tag does not fit."""
        ...

    def mac(self, name: str, key_id: str, data: bytes) -> bytes:
        """HMAC-SM3 (32 bytes) under that key of the name."""
        ...


_lock = threading.Lock()
_provider: Provider | None = None


def configure(chosen: Provider | None) -> None:
    """Use this provider from now on; None goes back to the keys folder of the environment."""
    global _provider
    with _lock:
        _provider = chosen


def provider() -> Provider:
    """The provider in use; opens the keys folder of the environment at the first call.

    Raises KeyMissing when that folder holds no keys: they are made by `create_keys` only.
    """
    global _provider
    chosen = _provider
    if chosen is None:
        with _lock:
            chosen = _provider
            if chosen is None:
                chosen = _provider = FileProvider(keys_folder())
    return chosen
