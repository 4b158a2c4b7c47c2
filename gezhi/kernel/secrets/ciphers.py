"""SM4-GCM, SM3 and HMAC-SM3 over plain keys: the only file that touches the cipher library.

SM3 is GB/T 32905-2016, SM4 is GB/T 32907-2016, SM4-GCM is RFC 8998 (96-bit nonce, 128-bit tag).
Ciphers that few use move inside the library between its releases, hence the defensive imports.
"""

import hashlib
from collections.abc import Callable
from typing import Protocol

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers import Cipher, modes
from cryptography.hazmat.primitives.hmac import HMAC

try:
    from cryptography.hazmat.primitives.ciphers.algorithms import SM4
except ImportError:  # pragma: no cover - the place the library moves its rarer ciphers to
    from cryptography.hazmat.decrepit.ciphers.algorithms import (  # type: ignore[attr-defined, no-redef] # only there after such a move
        SM4,
    )

__all__ = ["SM4", "FieldCipher", "Mac", "RunningDigest", "digest", "running_digest"]

SM4_KEY_BYTES = 16
MAC_KEY_BYTES = 32
NONCE_BYTES = 12
TAG_BYTES = 16


class RunningDigest(Protocol):
    """A digest that takes its data piece by piece."""

    def update(self, data: bytes, /) -> None: ...

    def digest(self) -> bytes: ...


class _ByLibrary:
    """SM3 of the cipher library, where the interpreter has none."""

    def __init__(self) -> None:
        self._running = hashes.Hash(hashes.SM3())

    def update(self, data: bytes, /) -> None:
        self._running.update(data)

    def digest(self) -> bytes:
        return self._running.finalize()


def _chosen() -> Callable[[], RunningDigest]:
    """SM3 of the interpreter's own library where it has one (half the time of the other)."""
    try:
        empty = hashlib.new("sm3")
    except ValueError:
        return _ByLibrary
    return empty.copy


_begun = _chosen()


def running_digest() -> RunningDigest:
    """SM3 of what is too large to be held at once."""
    return _begun()


def digest(data: bytes) -> bytes:
    """SM3 of the data: 32 bytes (GB/T 32905)."""
    running = _begun()
    running.update(data)
    return running.digest()


class FieldCipher:
    """One SM4 key, ready for GCM; threads may share it."""

    def __init__(self, key: bytes) -> None:
        """Take a key of 16 bytes; any other length is refused (ValueError)."""
        if len(key) != SM4_KEY_BYTES:
            raise ValueError("an SM4 key has 16 bytes")
        self._algorithm = SM4(key)

    def encrypt(self, nonce: bytes, plain: bytes, associated: bytes) -> bytes:
        """Cipher text followed by its tag. The caller never uses a nonce twice under one key."""
        running = Cipher(self._algorithm, modes.GCM(nonce)).encryptor()
        running.authenticate_additional_data(associated)
        return running.update(plain) + running.finalize() + running.tag

    def decrypt(self, nonce: bytes, sealed: bytes, associated: bytes) -> bytes | None:
        """The plain bytes, or None when the tag does not fit text, nonce, associated data or key."""
        text, tag = sealed[:-TAG_BYTES], sealed[-TAG_BYTES:]
        if len(tag) != TAG_BYTES:
            return None
        running = Cipher(self._algorithm, modes.GCM(nonce, tag)).decryptor()
        running.authenticate_additional_data(associated)
        try:
            return running.update(text) + running.finalize()
        except InvalidTag:
            return None


class Mac:
    """One HMAC-SM3 key with its first blocks already hashed; threads may share it."""

    def __init__(self, key: bytes) -> None:
        self._keyed = HMAC(key, hashes.SM3())

    def __call__(self, data: bytes) -> bytes:
        """HMAC-SM3 of the data: 32 bytes."""
        running = self._keyed.copy()
        running.update(data)
        return running.finalize()
