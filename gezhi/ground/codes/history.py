"""What was in force when, and what changed from one version to the next."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache

from gezhi.ground.codes.contents import rows_of, running_pack, waiting_of
from gezhi.ground.codes.models import Enactment, Pack
from gezhi.ground.codes.rules import RowOfTerm, pairs
from gezhi.kernel import clock
from gezhi.kernel.errors import Unseen
from gezhi.kernel.rights import Right
from gezhi.kernel.viewer import Viewer

MOST = 20
Pair = tuple[RowOfTerm | None, RowOfTerm | None]
Pairs = tuple[Pair, ...]


@dataclass(frozen=True, slots=True)
class EnactmentLine:
    """A version put in force, or to be: by whom, why, and the rows that differ from the version
    before it (nothing for the first)."""

    id: int
    pack_id: int
    version: str
    is_local: bool
    from_at: datetime
    user_id: int | None
    reason: str
    is_waiting: bool
    is_withdrawn: bool
    is_running: bool
    changes: Pairs


def enactments(viewer: Viewer, name: str) -> list[EnactmentLine]:
    """The last twenty times a version of this pack was put in force or is to be, newest first.

    For the system administrator; Unseen for everybody else and for a pack never imported.
    """
    _require(viewer)
    rows = list(
        Enactment.objects.filter(name=name)
        .select_related("pack")
        .order_by("-written_at", "-id")[: MOST + 1]
    )
    if not rows:
        raise Unseen("")
    content = cache(rows_of)
    last_done = next((row for row in rows if row.done_at), None)
    found = []
    for place, row in enumerate(rows[:MOST]):
        before = next((older for older in rows[place + 1 :] if older.done_at), None)
        changes = pairs(content(before.pack), content(row.pack)) if before else []
        found.append(_line(row, changes, is_running=row is last_done))
    return found


def waiting(name: str) -> EnactmentLine | None:
    """The version of this pack that waits for its day, with what it will change; None mostly."""
    row = waiting_of(name).filter(from_at__gt=clock.now()).select_related("pack").first()
    if row is None:
        return None
    running = running_pack(name)
    return _line(row, pairs(rows_of(running), rows_of(row.pack)) if running else [])


def _line(row: Enactment, changes: Sequence[Pair], *, is_running: bool = False) -> EnactmentLine:
    return EnactmentLine(
        id=row.pk,
        pack_id=row.pack_id,
        version=row.pack.version,
        is_local=row.pack.made_from_id is not None,
        from_at=row.from_at,
        user_id=row.user_id,
        reason=row.reason,
        is_waiting=row.done_at is None and row.withdrawn_at is None,
        is_withdrawn=row.withdrawn_at is not None,
        is_running=is_running,
        changes=tuple(changes),
    )


def version_of(viewer: Viewer, name: str, pack_id: int) -> Pairs:
    """What would change if this older version of the pack were in force instead of the one that
    is. Unseen for no version of this pack."""
    _require(viewer)
    running = running_pack(name)
    asked = Pack.objects.filter(name=name, pk=pack_id).first()
    if running is None or asked is None:
        raise Unseen("")
    return tuple(pairs(rows_of(running), rows_of(asked)))


def _require(viewer: Viewer) -> None:
    if not (viewer.is_system or viewer.may(Right.SET_UP)):
        raise Unseen("")
