"""Short-lived addresses of photos: who may look, at which, until when, under our own key.

Text of an address: `file.size.holder.expiry.mac`. The mac is HMAC-SM3 under the key `files`, so
that addresses can be cut off by rotating one key and touch no session.
"""

import base64
import hmac
from dataclasses import dataclass

from gezhi.kernel import clock, secrets
from gezhi.kernel.secrets import provider

KEY = "files"
SECONDS = 600
_STEP = 300
SIZES = ("photo", "thumbnail")


@dataclass(frozen=True, slots=True)
class Address:
    """What a signed address says. `holder` is `u` and the id of a user, or `r` and the id of a report."""

    file_id: int
    size: str
    holder: str


def sign(address: Address) -> str:
    """The signed text, good for five to ten minutes: all made within five minutes are equal, so
    that a browser that comes back to a page needs not fetch its photos again."""
    now = int(clock.now().timestamp())
    until = now - now % _STEP + SECONDS
    said = f"{address.file_id}.{address.size}.{address.holder}.{until}"
    return f"{said}.{_text(secrets.mac(KEY, said.encode()))}"


def read(signed: str) -> Address | None:
    """What a signed text says, or None when it is forged, cut, or its time is over."""
    said, _dot, mark = signed.rpartition(".")
    parts = said.split(".")
    if len(parts) != 4 or not _is_ours(said, mark):
        return None
    file_id, size, holder, until = parts
    if int(until) < clock.now().timestamp() or size not in SIZES:
        return None
    return Address(int(file_id), size, holder)


def _is_ours(said: str, mark: str) -> bool:
    """Signed by any living key: an address outlives the rotation of its key by ten minutes."""
    given = mark.encode()
    return any(
        hmac.compare_digest(_text(secrets.mac(KEY, said.encode(), key_id=key_id)).encode(), given)
        for key_id in provider().key_ids(KEY)
    )


def _text(mac: bytes) -> str:
    return base64.urlsafe_b64encode(mac).decode().rstrip("=")
