"""Verbs of backups: make one, put it back, drill, let old ones go; each leaves its row and its entry.

The files come first and the rows are best effort: where the disk of the database has become
read-only, a backup is worth more than the note that it was made.
"""

import contextlib
import errno
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import DatabaseError, connection, transaction
from django.utils.translation import gettext as _

from gezhi.ground.audit import actions as audit
from gezhi.ground.backups import drilling, keyfolders, making, media, queries, restoring, retention
from gezhi.ground.backups.engines import Progress
from gezhi.ground.backups.making import Made
from gezhi.ground.backups.models import Backup, Outcome, RestoreDrill
from gezhi.ground.backups.restoring import Restored
from gezhi.kernel import clock
from gezhi.kernel.errors import Conflict, Invalid, Refusal
from gezhi.kernel.rights import Right, require
from gezhi.kernel.viewer import Viewer


def _silent(what: str, done: int, whole: int) -> None:
    """Nobody looks on."""


def make(
    *,
    folder: Path,
    by: Viewer,
    timed: bool = False,
    check_all: bool = False,
    progress: Progress = _silent,
) -> Made:
    """Make one more set in the folder while all goes on; the row says good only when it was read
    back and compared. Refuses as `making.make`, and the row then says why."""
    require(by, Right.KEEP_BACKUPS)
    row = _begun(Backup(begun_at=clock.now(), timed=timed, folder=str(folder.resolve())[:300]))
    try:
        if timed and not folder.is_dir():
            # Made anew it would fill the system's disk where another is not mounted.
            raise media.fault_of(FileNotFoundError(errno.ENOENT, ""), folder)
        made = making.make(folder, check_all=check_all, progress=progress)
    except Refusal as refusal:
        _failed(row, str(refusal.message))
        raise
    except BaseException:
        _failed(row, _("半路停了，再来一次；已经抄好的不用重抄"), Outcome.STOPPED)
        raise

    def end() -> None:
        _end(row, Outcome.GOOD, name=made.name, digest=made.digest, counts=made.counts())
        audit.record(
            by=by,
            verb="backups.make",
            subject_kind="backup",
            subject_id=row.pk if row else None,
            subject_digest=made.digest,
            detail={"rows": made.rows, "files": made.files, "lacking": len(made.lacking)},
        )

    _note(end)
    return made


def copy_keys(*, folder: Path, beside: Path, said: str, by: Viewer) -> list[str]:
    """Copy the keys to another medium than the backup's (`keyfolders.copy_apart`)."""
    require(by, Right.KEEP_BACKUPS)
    names = keyfolders.copy_apart(Path(settings.GEZHI_KEYS), folder, beside=beside, said=said)
    _note(
        lambda: audit.record(
            by=by, verb="backups.copy_keys", subject_kind="keys", detail={"count": len(names)}
        )
    )
    return names


def restore(
    *, folder: Path, keys: Path | None = None, by: Viewer, progress: Progress = _silent
) -> Restored:
    """Restore a set into this empty installation (`restoring.restore`)."""
    require(by, Right.KEEP_BACKUPS)
    done = restoring.restore(folder, keys=keys, by=by, progress=progress)
    audit.record(
        by=by,
        verb="backups.restore",
        subject_kind="backup",
        detail={"rows": done.rows, "files": done.files, "lacking": done.lacking},
    )
    return done


def roll_back(*, folder: Path, by: Viewer, progress: Progress = _silent) -> Restored:
    """Put the database of a set back over the one in use (`restoring.roll_back`).

    Not in the trail: the tables are those of another version of the program. Whoever starts the
    old program again says it with `note_roll_back`.
    """
    require(by, Right.KEEP_BACKUPS)
    return restoring.roll_back(folder, progress=progress)


def note_roll_back(*, by: Viewer) -> None:
    """Write into the trail that the database was put back to before an upgrade."""
    require(by, Right.KEEP_BACKUPS)
    audit.record(by=by, verb="backups.roll_back", subject_kind="backup")


def drill(*, folder: Path, keys: Path | None = None, by: Viewer) -> Mapping[str, Any]:
    """Restore a set into a scratch home, compare, remove it; the row says how long it took.

    Refuses (Refusal) with the first thing that was wrong, and the row says it too.
    """
    require(by, Right.KEEP_BACKUPS)
    row = _begun(RestoreDrill(begun_at=clock.now(), folder=str(folder.resolve())[:300]))
    try:
        told = drilling.drilled(folder, keys)
    except Refusal as refusal:
        _failed(row, str(refusal.message))
        raise
    except BaseException:
        _failed(row, _("半路停了，再来一次"), Outcome.STOPPED)
        raise
    counts = {name: told[name] for name in ("rows", "files", "bytes", "entries", "chains")}

    def end() -> None:
        _end(row, Outcome.GOOD, name=told["name"], seconds=told["seconds"], counts=counts)
        audit.record(
            by=by,
            verb="backups.drill",
            subject_kind="restore_drill",
            subject_id=row.pk if row else None,
            detail={"rows": told["rows"], "files": told["files"]},
        )

    _note(end)
    return told


def let_go(*, folder: Path, by: Viewer) -> list[str]:
    """Delete the sets that need not be kept by the figures in force; the names that went."""
    require(by, Right.KEEP_BACKUPS)
    names = retention.let_go(folder, queries.retention())
    if names:
        _note(
            lambda: audit.record(
                by=by, verb="backups.let_go", subject_kind="backup", detail={"sets": len(names)}
            )
        )
    return names


def ask(*, by: Viewer) -> None:
    """Have a backup made now, in the background, into the folder of the timed ones.

    Invalid where none is set, Conflict while one is being made.
    """
    from gezhi.ground.backups import tasks

    require(by, Right.KEEP_BACKUPS)
    if settings.GEZHI_BACKUP is None:
        raise Invalid(_("还没有写备份放到哪里：在服务器上设 GEZHI_BACKUP，再重启"))
    if queries.running() is not None:
        raise Conflict(_("正在做一份备份，等它做完"))
    with transaction.atomic():
        tasks.ask()
        audit.record(by=by, verb="backups.ask", subject_kind="backup")


def _begun(row: Any) -> Any:
    """The row of what begins, and those of the same folder that were never ended: nothing runs any
    more that holds them. None where the database cannot be written."""
    try:
        with transaction.atomic():
            type(row)._default_manager.filter(outcome=Outcome.RUNNING, folder=row.folder).update(
                outcome=Outcome.STOPPED, fault=_("半路停了，再来一次")
            )
            row.save(force_insert=True)
    except DatabaseError:
        return None
    return row


def _end(row: Any, outcome: Outcome, **values: Any) -> None:
    if row is None:
        return
    for name, value in {"outcome": outcome, **values}.items():
        setattr(row, name, value)
    row.ended_at = max(row.begun_at, clock.now())
    row.save(update_fields=["outcome", "ended_at", *values])


def _failed(row: Any, why: str, outcome: Outcome = Outcome.FAILED) -> None:
    _note(lambda: _end(row, outcome, fault=why[:300]))


def _note(write: Callable[[], object]) -> None:
    """Write what is left to be written, where the database can be; a connection that was lost in
    the meantime is renewed."""
    if not connection.in_atomic_block:
        connection.close_if_unusable_or_obsolete()
    with contextlib.suppress(DatabaseError), transaction.atomic():
        write()
