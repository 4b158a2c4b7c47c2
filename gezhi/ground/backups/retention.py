"""Letting old sets go, and the files that no set names any more."""

import shutil
from datetime import datetime
from pathlib import Path

from django.utils.translation import gettext as _

from gezhi.ground.backups import layout, manifest, media, rules
from gezhi.ground.backups.layout import BackupFolder
from gezhi.ground.backups.rules import Kept, Retention
from gezhi.kernel import clock, secrets
from gezhi.kernel.errors import Invalid


def let_go(given: Path, retention: Retention) -> list[str]:
    """Delete what need not be kept of a backup folder; the names that went.

    Only sets of this installation, sealed by its keys, and never the newest of them. A set that
    cannot be read is left alone: it is told elsewhere, and somebody looks at it.
    """
    folder = BackupFolder(given.resolve())
    busy = _("另一个备份正在写 %(folder)s：等它做完再来") % {"folder": folder.path}
    with media.locked(folder.path, busy), media.told(folder.path):
        going = rules.to_let_go(_ours(folder), retention, clock.now())
        for name in going:
            # Without a manifest first: half of a set never looks whole.
            (folder.sets / name / layout.MANIFEST).unlink(missing_ok=True)
            shutil.rmtree(folder.sets / name)
        if going:
            _sweep(folder)
    return going


def _ours(folder: BackupFolder) -> list[Kept]:
    found = []
    for name in folder.names():
        try:
            told, content = manifest.read(folder.sets / name)
            manifest.check_seal(folder.sets / name, content, secrets.provider())
        except Invalid:
            continue
        if told.name != name:
            continue
        found.append(Kept(name, told.serial, datetime.fromisoformat(told.begun_at)))
    return found


def _sweep(folder: BackupFolder) -> None:
    """Delete files that no set names; nothing at all where some set cannot say what it names."""
    named = set[str]()
    for name in folder.names():
        try:
            named |= {line.digest for line in manifest.lines(folder.sets / name)}
        except (Invalid, OSError):
            return
    for path in (folder.path / layout.OBJECTS).glob("??/*"):
        if path.name not in named:
            path.unlink()
