"""Sealing of single fields, blind indexes and named MACs, over the provider in use.

A sealed value reads `sm4.<key id>.<base64url of nonce, cipher text, tag>`. Its associated data are
table, column and row, so a value copied to another place does not open there. The length of the
plain text shows; nothing else does.
"""

from base64 import urlsafe_b64decode, urlsafe_b64encode

from gezhi.kernel.secrets.errors import Malformed, Unopenable
from gezhi.kernel.secrets.keys import FIELD
from gezhi.kernel.secrets.providers import provider

_MARK = "sm4"
_SHORTEST = 28
_INDEX = "index"


def seal(plain: str, *, table: str, column: str, row: int) -> str:
    """The sealed form of a text for exactly this place; two calls never give the same value.

    Raises KeyMissing without a field key, ValueError for a table or column name with a NUL.
    """
    use = provider()
    key_id = use.key_ids(FIELD)[0]
    sealed = use.encrypt(key_id, plain.encode(), _place(table, column, row))
    return f"{_MARK}.{key_id}.{urlsafe_b64encode(sealed).decode()}"


def unseal(value: str, *, table: str, column: str, row: int) -> str:
    """The text sealed for this place.

    Raises Malformed when it is no sealed value, UnknownKey when its key is not here, Unopenable
    when it was altered or sealed for another place.
    """
    key_id, sealed = _parts(value)
    plain = provider().decrypt(key_id, sealed, _place(table, column, row))
    if plain is None:
        raise Unopenable(f"a sealed value of {table}.{column} is altered or of another row")
    return plain.decode()


def is_sealed(value: str) -> bool:
    """Whether the text has the form of a sealed value (nothing is opened)."""
    try:
        _parts(value)
    except Malformed:
        return False
    return True


def is_current(value: str) -> bool:
    """Whether the value was sealed under the current key; False asks for sealing it again."""
    return _parts(value)[0] == provider().key_ids(FIELD)[0]


def blind_index(name: str, plain: str) -> str:
    """What stands in the column beside a sealed field so that equal texts can be found.

    `name` says what is indexed ("phone"); equal texts under different names get different values.
    The caller gives the normal form (`phones.normal`, upper-case number). 41 characters: key id,
    dot, the first 128 bits of HMAC-SM3. Store this one; search with `blind_indexes`.
    """
    return blind_indexes(name, plain)[0]


def blind_indexes(name: str, plain: str) -> tuple[str, ...]:
    """The blind index under every living key, the current first: search with `IN` these, so that
    rows written before a rotation are found."""
    use = provider()
    data = _joined(name) + plain.encode()
    return tuple(
        f"{key_id}.{use.mac(_INDEX, key_id, data)[:16].hex()}" for key_id in use.key_ids(_INDEX)
    )


def mac(name: str, data: bytes, *, key_id: str | None = None) -> bytes:
    """HMAC-SM3 (32 bytes) of the data under the named key, the current one unless an id is given.

    Whoever stores a MAC stores `current_key(name)` with it, so that it can be checked after a
    rotation. Raises KeyMissing for a name without key, UnknownKey for an id that is not here.
    """
    use = provider()
    return use.mac(name, key_id or use.key_ids(name)[0], data)


def current_key(name: str) -> str:
    """Id of the current key of a name; raises KeyMissing when there is none."""
    return provider().key_ids(name)[0]


def _parts(value: str) -> tuple[str, bytes]:
    mark, _, rest = value.partition(".")
    key_id, _, body = rest.partition(".")
    if mark != _MARK or not key_id or not body.isascii():
        raise Malformed("this is not a sealed value")
    try:
        sealed = urlsafe_b64decode(body)
    except ValueError:
        sealed = b""
    # Decoding skips signs that are not base64; writing it again shows that none was there.
    if len(sealed) < _SHORTEST or urlsafe_b64encode(sealed).decode() != body:
        raise Malformed("this is not a sealed value")
    return key_id, sealed


def _place(table: str, column: str, row: int) -> bytes:
    return _joined(table, column) + str(row).encode()


def _joined(*names: str) -> bytes:
    """Names with a NUL after each: no two lists of names give the same bytes."""
    joined = "".join(f"{name}\x00" for name in names)
    if joined.count("\x00") != len(names):
        raise ValueError("a name has no NUL in it")
    return joined.encode()
