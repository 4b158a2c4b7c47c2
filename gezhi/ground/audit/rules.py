"""How entries, chains and blocks are digested; pure but for the keyed digest."""

import hmac
import json
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from gezhi.kernel import secrets
from gezhi.kernel.secrets import provider

if TYPE_CHECKING:
    from gezhi.ground.audit.models import Block, Entry, Head

KEY = "audit"
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)


def keyed(content: dict[str, Any]) -> str:
    """HMAC-SM3 of canonical JSON under the current key named `audit`, as hex."""
    return secrets.mac(KEY, _canonical(content)).hex()


def fits(content: dict[str, Any], digest: str, *, use: secrets.Provider | None = None) -> bool:
    """Whether the digest is the keyed one of this content, by the current key or an older one.

    A rotated key stays in the keys folder for this; a digest does not say which key made it. `use`
    asks other keys than those of this installation.
    """
    text = _canonical(content)
    keys = use or provider()
    return any(
        hmac.compare_digest(keys.mac(KEY, key_id, text).hex().encode(), digest.encode())
        for key_id in keys.key_ids(KEY)
    )


def _canonical(content: dict[str, Any]) -> bytes:
    return json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def plain(detail: dict[str, Any]) -> dict[str, Any]:
    """The detail as the database will give it back: keys are text, tuples are lists."""
    result: dict[str, Any] = json.loads(json.dumps(detail))
    return result


def entry_content(entry: "Entry") -> dict[str, Any]:
    """What the digest of an entry covers: every field but the digest."""
    return {
        "id": entry.id,
        "district": entry.district_id,
        "at": microseconds(entry.recorded_at),
        "user": entry.user_id,
        "system": entry.system_name,
        "post": entry.post_id,
        "unit": entry.unit_id,
        "verb": entry.verb,
        "kind": entry.subject_kind,
        "subject": entry.subject_id,
        "outcome": entry.outcome,
        "purpose": entry.purpose,
        "detail": entry.detail,
        "subject_digest": entry.subject_digest,
    }


def entry_digest(entry: "Entry") -> str:
    """The keyed digest of an audit entry."""
    return keyed(entry_content(entry))


def microseconds(moment: datetime) -> int:
    """Whole microseconds since 1970, what both databases keep of a moment."""
    return (moment - _EPOCH) // _MICROSECOND


def chained(head: str, digest: str) -> str:
    """SM3 of the link before and the new digest (hex of each)."""
    return secrets.digest(f"{head}:{digest}".encode()).hex()


def head_content(head: "Head") -> dict[str, Any]:
    """What the seal of a head covers: whose it is, its length, its link, its rows' sum."""
    return {
        "kind": head.subject_kind,
        "subject": head.subject_id,
        "length": head.length,
        "digest": head.digest,
        "rows": head.rows,
    }


def block_content(block: "Block", before: str, digests: Iterable[str]) -> dict[str, Any]:
    """What the digest of a block covers: its own fields, the block before and its entries'
    digests in order of id."""
    return {
        "before": before,
        "at": microseconds(block.sealed_at),
        "after": block.after_entry_id,
        "up_to": block.up_to_entry_id,
        "entries": list(digests),
    }
