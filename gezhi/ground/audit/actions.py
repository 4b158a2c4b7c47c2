"""Writing the trail; nothing here reads it."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django.db.models import QuerySet

from gezhi.ground.audit import anchoring, blocks
from gezhi.ground.audit.models import Entry, Head
from gezhi.ground.audit.rules import (
    chained,
    entry_digest,
    fits,
    head_content,
    keyed,
    plain,
)
from gezhi.ground.audit.seals import SPOILED, Seals, added
from gezhi.kernel import clock, prepared, rows
from gezhi.kernel.viewer import Viewer


def record(
    *,
    by: Viewer,
    verb: str,
    subject_kind: str,
    subject_id: int | None = None,
    outcome: str = "done",
    purpose: str = "",
    detail: dict[str, Any] | None = None,
    subject_digest: str = "",
    post_id: int | None = None,
    unit_id: int | None = None,
    district_id: int | None = None,
) -> Entry:
    """Append one entry, sealed by its own keyed digest.

    Promises that the entry is written in the caller's transaction. `detail` holds ids, codes and
    counts only. The seat is named by the caller when the deed used one; the district, when a task
    of the whole machine did it: an entry of no district is read by the auditors of all.
    """
    entry = Entry(
        district_id=by.district_id if by.district_id is not None else district_id,
        recorded_at=clock.now(),
        user_id=by.user_id,
        system_name=by.system_name,
        post_id=post_id,
        unit_id=unit_id,
        verb=verb,
        subject_kind=subject_kind,
        subject_id=subject_id,
        outcome=outcome,
        purpose=purpose,
        detail=plain(detail) if detail else {},
        subject_digest=subject_digest,
    )
    entry.digest = entry_digest(entry)
    rows.insert(entry)
    return entry


def extend_chain(subject_kind: str, subject_id: int, digest: str, *, first: bool = False) -> Head:
    """Link one digest to a subject's chain: its head as it is after that, locked, not saved yet.

    `settle_head` saves it, once everything the deed writes is written. `first` begins the chain
    of a new subject.
    """
    if first:
        head = Head(subject_kind=subject_kind, subject_id=subject_id)
    else:
        head = locked_head(subject_kind, subject_id)
    head.digest = chained(head.digest, digest)
    head.length += 1
    return head


def locked_head(subject_kind: str, subject_id: int) -> Head:
    """The head of a subject for a change in the caller's transaction.

    One that does not fit its seal, having been changed by hand, will not fit after it either.
    """
    found = prepared.ask(_heads_to_change, subject_kind, subject_id)
    if not found:
        raise Head.DoesNotExist
    head = found[0]
    if head.seal and not fits(head_content(head), head.seal):
        head.seal = SPOILED
    return head


def _heads_to_change(subject_kind: str, subject_id: int) -> QuerySet[Head]:
    rows_of = Head.objects.filter(subject_kind=subject_kind, subject_id=subject_id)
    return rows_of.order_by().select_for_update()


def settle_head(head: Head, seals: Seals) -> None:
    """Add to a head what its rows' seals have moved by, seal it and save it.

    A head from before there were seals stays without one until `covering` counts all its rows.
    """
    fresh = head._state.adding
    if fresh or head.seal:
        head.rows = added(head.rows, seals.moved)
        if head.seal != SPOILED:
            head.seal = keyed(head_content(head))
    if fresh:
        rows.insert(head)
    else:
        rows.change(head, ["digest", "length", "rows", "seal"])


def record_read(
    *, by: Viewer, what: str, subject_kind: str, subject_id: int, purpose: str
) -> Entry:
    """Record that something sensitive was opened, and for which to-do or coded purpose."""
    return record(
        by=by,
        verb=f"read.{what}",
        subject_kind=subject_kind,
        subject_id=subject_id,
        purpose=purpose,
    )


def seal_block() -> int:
    """Seal what was written up to two minutes ago into blocks; answers how many entries.

    Machinery without a viewer: done each minute by beat; a second one at the same moment waits and
    finds nothing left.
    """
    until = blocks.watermark()
    count = 0
    while part := blocks.seal_next(until):
        count += part
    return count


def write_anchor(folder: Path, *, by: Viewer) -> Path | None:
    """Write today's anchor (`anchoring`) as a text file of the day; None before the first block.

    By the machine once a day; whoever keeps the trail copies the file to another machine.
    """
    anchor = anchoring.taken()
    if anchor is None:
        return None
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{clock.local(anchor.taken_at):%Y-%m-%d}.txt"
    fresh = path.with_suffix(".part")
    fresh.write_text(anchor.text, encoding="utf-8")
    fresh.replace(path)
    record(by=by, verb=blocks.ANCHORED, subject_kind=blocks.CHAIN, detail={"blocks": anchor.blocks})
    return path


def record_given_up(names: Sequence[str], *, by: Viewer) -> None:
    """Write into the trail which keys were given up (`keymarks`), once there is an audit key again."""
    record(by=by, verb="audit.give_up_key", subject_kind="keys", detail={"keys": sorted(names)})
