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
"""

from django.db import connection, transaction

from gezhi.ground.audit.models import Block, Entry, Head
from gezhi.ground.audit.rules import block_content, fits, head_content, keyed
from gezhi.ground.audit.seals import SPOILED
from gezhi.kernel import clock
from gezhi.kernel.ids import new_id

GRACE_MILLISECONDS = 120_000
# Clocks of two machines may differ by seconds; ids carry the machine's, transactions the server's.
SKEW_MILLISECONDS = 10_000
LARGEST = 10_000
CHAIN = "audit"
COVERED = "audit.cover"


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


def is_covered(kind: str) -> bool:
    """Whether all subjects of the kind have had seals from some moment on (`covering`)."""
    return Entry.objects.filter(verb=COVERED, subject_kind=kind).exists()


def seal_next(until: int) -> int:
    """Seal the oldest unsealed entries, at most ten thousand, into one block; 0 when none is left.

    The head of the chain of blocks is locked, so blocks are made one after another.
    """
    with transaction.atomic():
        Head.objects.get_or_create(subject_kind=CHAIN, subject_id=0)
        head = Head.objects.select_for_update().get(subject_kind=CHAIN, subject_id=0)
        # A head that was put back by hand is not made good by the next block.
        whole = not head.length or (
            fits(head_content(head), head.seal) if head.seal else not is_covered(CHAIN)
        )
        last = Block.objects.order_by("-up_to_entry_id").first()
        after = last.up_to_entry_id if last else 0
        rows = list(
            Entry.objects.filter(id__gt=after, id__lte=until)
            .order_by("id")
            .values_list("id", "digest")[:LARGEST]
        )
        if not rows:
            return 0
        block = Block(
            sealed_at=clock.now(),
            after_entry_id=after,
            up_to_entry_id=rows[-1][0],
            entries=len(rows),
        )
        before = last.digest if last else ""
        block.digest = keyed(block_content(block, before, (digest for _id, digest in rows)))
        block.save(force_insert=True)
        head.digest, head.length = block.digest, head.length + 1
        head.seal = keyed(head_content(head)) if whole else SPOILED
        head.save(update_fields=["digest", "length", "seal"])
    return len(rows)
