"""Putting the entries of a minute into a block, none of them left out.

Ids are made by the clock when an entry is written, but an entry is seen only when its transaction
commits, which may be later than that of an entry with a greater id. A block that ended at the
newest visible id could therefore skip one that commits a moment later, and a recount would call
it forged. So a block reaches only up to a watermark below which nothing can appear any more: two
minutes ago, and before the start of the oldest transaction that is still writing. The database
ends idle transactions after one minute (`idle_in_transaction_session_timeout`); a long import by
this role is seen in `pg_stat_activity` and waited for. On SQLite there is one writer, and sealing
is it: nothing else is under way.

A block ends at its last entry and the next begins there, so blocks leave no gap between them.

The chain begins once, with an empty block, when an installation is prepared (`begin`). Without its
blocks it is not begun again over entries that must have been sealed: that would make good whatever
was done to them. What says that it had begun cannot be taken away unseen: the heads of cases and
the entries of their steps are missed by the cases.
"""

from collections.abc import Sequence

from django.db import connection, transaction

from gezhi.ground.audit.models import Block, Entry, Head
from gezhi.ground.audit.rules import block_content, fits, head_content, keyed
from gezhi.ground.audit.seals import SPOILED
from gezhi.kernel import clock
from gezhi.kernel.ids import new_id

GRACE_MILLISECONDS = 120_000
# Clocks of two machines may differ by seconds; ids carry the machine's, transactions the server's.
SKEW_MILLISECONDS = 10_000
# Blocks are made each minute: what is older than this was sealed, or somebody is told.
LATE_MILLISECONDS = GRACE_MILLISECONDS + 600_000
LARGEST = 10_000
CHAIN = "audit"
COVERED = "audit.cover"
ANCHORED = "audit.anchor"
# Below every id, above the 0 that a chain begins after.
_BEFORE_ALL = 1


class ChainLost(RuntimeError):
    """The blocks, or their head, are gone: `gezhi audit verify` says so, a backup brings them back."""


def watermark() -> int:
    """The greatest id below which no entry can still appear."""
    return new_id() - (max(GRACE_MILLISECONDS, _oldest_writer()) << 22)


def _oldest_writer() -> int:
    """Milliseconds since the oldest writing transaction of this role began, with some to spare.

    The ages of other roles' transactions are hidden from it; the owner migrates and writes no
    entries while the application runs.
    """
    if connection.vendor != "postgresql":
        return 0
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT EXTRACT(EPOCH FROM clock_timestamp() - min(xact_start)) FROM pg_stat_activity"
            " WHERE datname = current_database() AND backend_xid IS NOT NULL"
            " AND pid <> pg_backend_pid()"
        )
        seconds = cursor.fetchone()[0]
    return int(seconds * 1000) + SKEW_MILLISECONDS if seconds is not None else 0


def oldest_unsealed() -> int:
    """The least id that an entry in no block may have, if blocks are made as they should be."""
    return new_id() - (LATE_MILLISECONDS << 22)


def newest() -> Block | None:
    """The block that was made last; None before the first."""
    return Block.objects.order_by("-up_to_entry_id").first()


def number_of(block: Block) -> int:
    """Which block of the chain it is, from 1 on: how many there are up to it."""
    return Block.objects.filter(up_to_entry_id__lte=block.up_to_entry_id).count()


def is_covered(kind: str) -> bool:
    """Whether all subjects of the kind have had seals from some moment on (`covering`)."""
    return Entry.objects.filter(verb=COVERED, subject_kind=kind).exists()


def must_have_begun() -> bool:
    """Whether something here could only be if blocks had been made: old entries, old chains."""
    old = oldest_unsealed()
    marks = Entry.objects.filter(verb=COVERED, subject_kind=CHAIN)
    return (
        Head.objects.exclude(subject_kind=CHAIN).filter(id__lt=old).exists()
        or Entry.objects.filter(id__lt=old).exists()
        or marks.exists()
        or Entry.objects.filter(verb=ANCHORED).exists()
    )


@transaction.atomic
def begin() -> bool:
    """Make the first block, empty, of an installation that has none; answers whether it did.

    Nothing where the chain has begun, or must have and is gone.
    """
    if Head.objects.filter(subject_kind=CHAIN).exists() or Block.objects.exists():
        return False
    if must_have_begun():
        return False
    _append(_locked_head(), None, _BEFORE_ALL, [])
    return True


def seal_next(until: int) -> int:
    """Seal the oldest unsealed entries, at most ten thousand, into one block; 0 when none is left.

    The head of the chain of blocks is locked, so blocks are made one after another. Refuses
    (ChainLost) to go on without the blocks there were, or without their head.
    """
    with transaction.atomic():
        head = _locked_head()
        last = newest()
        if (head.length > 0) is not (last is not None) or (last is None and must_have_begun()):
            raise ChainLost("the blocks of the trail or their head are gone; none is made anew")
        rows = list(
            Entry.objects.filter(id__gt=last.up_to_entry_id if last else 0, id__lte=until)
            .order_by("id")
            .values_list("id", "digest")[:LARGEST]
        )
        if rows:
            _append(head, last, rows[-1][0], [digest for _id, digest in rows])
    return len(rows)


def _locked_head() -> Head:
    Head.objects.get_or_create(subject_kind=CHAIN, subject_id=0)
    return Head.objects.select_for_update().get(subject_kind=CHAIN, subject_id=0)


def _append(head: Head, last: Block | None, up_to: int, digests: Sequence[str]) -> None:
    """Write the next block and move the head to it."""
    # A head that was put back by hand is not made good by the next block.
    whole = not head.length or (
        fits(head_content(head), head.seal) if head.seal else not is_covered(CHAIN)
    )
    block = Block(
        sealed_at=clock.now(),
        after_entry_id=last.up_to_entry_id if last else 0,
        up_to_entry_id=up_to,
        entries=len(digests),
    )
    block.digest = keyed(block_content(block, last.digest if last else "", digests))
    block.save(force_insert=True)
    head.digest, head.length = block.digest, head.length + 1
    head.seal = keyed(head_content(head)) if whole else SPOILED
    head.save(update_fields=["digest", "length", "seal"])
