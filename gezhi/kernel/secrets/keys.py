"""Keys as files: one file a key, readable by its owner only.

A file is called `<name>.<generation>.<id>.key` and holds the key in hexadecimal. The highest
generation of a name is current; older ones still open what they sealed until somebody deletes
their file. The id is a check value of the key itself, so a foreign or damaged folder is told
apart from an altered value.
"""

import fcntl
import os
import re
import secrets
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from gezhi.kernel.secrets.ciphers import (
    MAC_KEY_BYTES,
    NONCE_BYTES,
    SM4_KEY_BYTES,
    FieldCipher,
    Mac,
)
from gezhi.kernel.secrets.errors import KeyDamaged, KeyMissing, UnknownKey

FIELD = "field"
# Every key of an installation and what it is for; a new purpose is a new line here.
PURPOSES: Mapping[str, str] = {
    FIELD: "SM4-GCM of reporters' names, numbers and phones",
    "index": "blind indexes for exact search of sealed fields",
    "receipt": "the 16-digit codes of receipts",
    "audit": "the chain of the audit trail",
    "steps": "the chain of steps of a case",
    "files": "short-lived addresses of photos",
}
_FILE = re.compile(r"([a-z]+)\.(\d{4})\.([0-9a-f]{8})\.key")


@dataclass(frozen=True, slots=True)
class _Key:
    name: str
    generation: int
    key_id: str
    material: bytes


def keys_folder() -> Path:
    """`$GEZHI_KEYS`, else `$GEZHI_HOME/keys`, else `var/keys` under the current directory."""
    if own := os.environ.get("GEZHI_KEYS"):
        return Path(own)
    return Path(os.environ.get("GEZHI_HOME") or "var") / "keys"


def create_keys(folder: Path) -> tuple[str, ...]:
    """Make the key of every purpose that has none yet; answers the names made.

    Never replaces a key. The folder is made 0700 and files 0600; both are on disk when it returns.
    A folder that is complete may be read-only. Whether data sealed with lost keys exist is the
    caller's question (`ground.audit.keymarks`): this one knows no database.
    """
    if not _without_key(folder):
        return ()
    with _locked(folder):
        missing = _without_key(folder)
        for name in missing:
            _write(folder, name, 1)
    return missing


def _without_key(folder: Path) -> tuple[str, ...]:
    present = {key.name for key in _read(folder)}
    return tuple(name for name in PURPOSES if name not in present)


def rotate(folder: Path, name: str) -> str:
    """Make a new current key of the name and answer its id; older keys stay and still open.

    Refuses (KeyMissing) a name that has no key yet. Running processes notice at their next call.
    """
    with _locked(folder):
        generations = [key.generation for key in _read(folder) if key.name == name]
        if not generations:
            raise KeyMissing(f"there is no key named {name!r} in {folder} to rotate")
        return _write(folder, name, max(generations) + 1)


def exposed(folder: Path, pattern: str = "*.key") -> tuple[str, ...]:
    """Names of key files that others than their owner may read; empty when all is well."""
    return tuple(sorted(path.name for path in folder.glob(pattern) if path.stat().st_mode & 0o077))


class FileProvider:
    """Keys of one folder, held in memory; looks again whenever the folder has changed."""

    is_software = True

    def __init__(self, folder: Path) -> None:
        """Read the folder; raises KeyMissing when it holds no key, KeyDamaged on a bad file."""
        self._folder = folder
        self._lock = threading.Lock()
        self._seen = -1
        self._ids: dict[str, tuple[str, ...]] = {}
        self._ciphers: dict[str, FieldCipher] = {}
        self._macs: dict[tuple[str, str], Mac] = {}
        self._refresh()

    def key_ids(self, name: str) -> tuple[str, ...]:
        """Ids of the living keys of a name, the current one first; KeyMissing when none."""
        self._refresh()
        ids = self._ids.get(name)
        if not ids:
            raise KeyMissing(
                f"there is no key named {name!r} in {self._folder}; `create_keys` makes those of "
                f"{', '.join(PURPOSES)}"
            )
        return ids

    def encrypt(self, key_id: str, plain: bytes, associated: bytes) -> bytes:
        """Nonce, cipher text and tag of SM4-GCM under that field key.

        Nonces are random, so one key seals at most 2**32 values (NIST SP 800-38D, 8.3); a yearly
        rotation keeps far below that.
        """
        nonce = os.urandom(NONCE_BYTES)
        return nonce + self._cipher(key_id).encrypt(nonce, plain, associated)

    def decrypt(self, key_id: str, sealed: bytes, associated: bytes) -> bytes | None:
        """The plain bytes; None when the tag does not fit."""
        nonce, rest = sealed[:NONCE_BYTES], sealed[NONCE_BYTES:]
        return self._cipher(key_id).decrypt(nonce, rest, associated)

    def mac(self, name: str, key_id: str, data: bytes) -> bytes:
        """HMAC-SM3 under that key of the name."""
        self._refresh()
        found = self._macs.get((name, key_id))
        if found is None:
            raise UnknownKey(_unknown(name, key_id, self._folder))
        return found(data)

    def _cipher(self, key_id: str) -> FieldCipher:
        self._refresh()
        found = self._ciphers.get(key_id)
        if found is None:
            raise UnknownKey(_unknown(FIELD, key_id, self._folder))
        return found

    def _refresh(self) -> None:
        """Read the folder again when its time of change moved (a look costs about 1 µs).

        A single key deleted takes effect at once. A folder that vanished or lost all keys while
        the process runs (a disk not mounted) does not: what is in memory goes on working until
        the process ends, so that no report is refused for it.
        """
        try:
            changed = self._folder.stat().st_mtime_ns
        except FileNotFoundError:
            changed = 0
        if changed == self._seen:
            return
        with self._lock:
            keys = _read(self._folder) if changed else []
            if not keys and not self._ids:
                raise KeyMissing(_empty(self._folder))
            if keys:
                self._take(keys)
            self._seen = changed

    def _take(self, keys: list[_Key]) -> None:
        ids: dict[str, tuple[str, ...]] = {}
        for key in sorted(keys, key=lambda key: -key.generation):
            ids[key.name] = (*ids.get(key.name, ()), key.key_id)
        # New mappings are put in place whole: readers hold no lock.
        self._ciphers = {k.key_id: FieldCipher(k.material) for k in keys if k.name == FIELD}
        self._macs = {(k.name, k.key_id): Mac(k.material) for k in keys if k.name != FIELD}
        self._ids = ids


def _empty(folder: Path) -> str:
    return f"there are no keys in {folder}; they are made once by `create_keys`, or put back there"


def _unknown(name: str, key_id: str, folder: Path) -> str:
    return (
        f"key {key_id} of {name!r} is not in {folder}: the keys folder was changed or replaced; "
        "put the old key files back"
    )


def _check_value(name: str, material: bytes) -> str:
    """Eight hexadecimal digits that show which key this is and give nothing of it away."""
    return Mac(material)(b"gezhi key id\x00" + name.encode()).hex()[:8]


def _read(folder: Path) -> list[_Key]:
    keys = []
    for path in folder.glob("*.key"):
        parts = _FILE.fullmatch(path.name)
        if parts is None:
            # Other secrets of the installation may lie in the same folder.
            continue
        name, generation, key_id = parts.group(1), int(parts.group(2)), parts.group(3)
        try:
            material = bytes.fromhex(path.read_text("ascii").strip())
        except ValueError:
            material = b""
        length = SM4_KEY_BYTES if name == FIELD else MAC_KEY_BYTES
        if len(material) != length or _check_value(name, material) != key_id:
            raise KeyDamaged(f"{path.name} does not hold the key its name promises")
        keys.append(_Key(name, generation, key_id, material))
    return keys


def _write(folder: Path, name: str, generation: int) -> str:
    length = SM4_KEY_BYTES if name == FIELD else MAC_KEY_BYTES
    material = secrets.token_bytes(length)
    key_id = _check_value(name, material)
    unfinished = folder / f".{name}.unfinished"
    unfinished.unlink(missing_ok=True)
    handle = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.write(material.hex() + "\n")
        file.flush()
        os.fsync(file.fileno())
    unfinished.rename(folder / f"{name}.{generation:04d}.{key_id}.key")
    _sync(folder)
    return key_id


def _sync(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


@contextmanager
def _locked(folder: Path) -> Iterator[None]:
    """Only one process makes keys in a folder at a time."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    handle = os.open(folder / ".lock", os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)
