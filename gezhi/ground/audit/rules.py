"""How entries, chains and blocks are digested; pure but for the keyed digest."""

import json
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from gezhi.kernel import secrets

if TYPE_CHECKING:
    from gezhi.ground.audit.models import Entry

KEY = "audit"


def keyed(content: dict[str, Any]) -> str:
    """HMAC-SM3 of canonical JSON, as hex; the key is named `audit`."""
    text = json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return secrets.mac(KEY, text.encode()).hex()


def entry_digest(entry: "Entry") -> str:
    """The keyed digest of an audit entry's every field but the digest."""
    return keyed(
        {
            "id": entry.id,
            "district": entry.district_id,
            "at": int(entry.recorded_at.timestamp() * 1_000_000),
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
    )


def chained(head: str, digest: str) -> str:
    """SM3 of the link before and the new digest (hex of each)."""
    return secrets.digest(f"{head}:{digest}".encode()).hex()


def block_digest(before: str, digests: Iterable[str]) -> str:
    """Keyed digest of the block before and the entries' digests in order of id."""
    return keyed({"before": before, "entries": list(digests)})
