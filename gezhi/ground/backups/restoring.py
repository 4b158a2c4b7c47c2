"""Putting a set back into an empty installation, and showing that all of it came back.

Nothing is touched before the whole set was read (`checking`). What is being restored bears a mark:
a restore that broke off goes on with the same set, and nothing is served meanwhile (`is_unfinished`).
"""

import json
import os
import time
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.utils.translation import gettext as _

from gezhi.ground.audit import covering, keymarks, verification
from gezhi.ground.backups import checking, contents, engines, keyfolders, media, sources
from gezhi.ground.backups.checking import Checked
from gezhi.ground.backups.engines import Progress
from gezhi.ground.backups.making import held_by
from gezhi.ground.backups.models import Backup, Outcome, RestoreDrill
from gezhi.kernel.errors import Invalid, Refusal
from gezhi.kernel.viewer import Viewer

MARK = ".restoring"


@dataclass(frozen=True, slots=True)
class Restored:
    """What came back: every number was compared with the manifest, every file read again.

    `migrated`: the set was of an earlier program. `packs`: where packs lie that differ from this
    program's. `entries` and `chains` are how much of the trail was verified.
    """

    name: str
    made_at: str
    rows: int
    files: int
    bytes: int
    entries: int
    chains: int
    migrated: bool
    packs: str
    lacking: int
    seconds: float


def is_unfinished() -> bool:
    """Whether a restore into this home began and did not end."""
    return (Path(settings.GEZHI_HOME) / MARK).exists()


def restore(given: Path, *, keys: Path | None, by: Viewer, progress: Progress) -> Restored:
    """Restore the newest set of a folder, or the set named, into this empty installation.

    Refuses (Invalid) everything `checking.check` does, a home or a database that is not empty, a
    disk without room, all before anything is written; afterwards whatever did not come back the
    same. Keys come from `keys`, or are in GEZHI_KEYS already.
    """
    began = time.monotonic()
    home, engine = Path(settings.GEZHI_HOME), engines.in_use()
    goes_on = _mark_of(home)
    if goes_on is None:
        _refuse_full(home)
        engine.refuse_to_restore()
    if keys is not None:
        keyfolders.check_copy(keys)
    checked = checking.check(
        given,
        keys=keys or Path(settings.GEZHI_KEYS),
        vendor=connection.vendor,
        progress=progress,
    )
    if goes_on not in (None, _mark(checked)):
        raise Invalid(_("这里另一份备份恢复到一半：接着恢复那一份，或换一个空的 GEZHI_HOME"))
    _refuse_narrow(home, checked)
    with media.told(home):
        media.make_folder(home)
        media.write(home / MARK, json.dumps(_mark(checked)).encode())
        if keys is not None:
            keyfolders.put_back(keys, Path(settings.GEZHI_KEYS))
        packs = _files(home, checked, progress)
        progress("database", 0, 1)
        if goes_on is None:
            engine.restore(checked.database)
        else:
            engine.replace(checked.database)
    found = contents.difference(held_by(checked.manifest), engine.contents())
    if found:
        raise Refusal(_("恢复的和备份的不一样：%(what)s。不要用它，换一份备份") % {"what": found})
    entries, chains = _ready(checked, by, progress)
    (home / MARK).unlink()
    return Restored(
        name=checked.manifest.name,
        made_at=checked.manifest.begun_at,
        rows=checked.manifest.rows,
        files=checked.manifest.files,
        bytes=checked.manifest.files_bytes + checked.manifest.database_bytes,
        entries=entries,
        chains=chains,
        migrated=checked.is_older,
        packs=str(packs or ""),
        lacking=len(checked.manifest.lacking),
        seconds=time.monotonic() - began,
    )


def _mark(checked: Checked) -> dict[str, str]:
    """Which set goes where: only this may be gone on with."""
    return {"set": checked.digest, "database": str(connection.settings_dict["NAME"])}


def _mark_of(home: Path) -> dict[str, str] | None:
    try:
        told: dict[str, str] = json.loads((home / MARK).read_bytes())
    except FileNotFoundError:
        return None
    except ValueError:
        return {}
    return told


def _refuse_full(home: Path) -> None:
    keys = Path(settings.GEZHI_KEYS).resolve()
    left = [one.name for one in home.iterdir() if one.resolve() != keys] if home.is_dir() else []
    if left:
        raise Invalid(
            _("%(home)s 不是空的（有 %(name)s），恢复不会盖掉它：换一个空的文件夹，如 GEZHI_HOME=%(other)s")
            % {"home": home, "name": sorted(left)[0], "other": f"{home}-restored"}
        )  # fmt: skip


def _refuse_narrow(home: Path, checked: Checked) -> None:
    needed = checked.manifest.files_bytes + 2 * checked.manifest.database_bytes
    free = media.free_bytes(home)
    if free < needed and _mark_of(home) is None:
        raise media.DiskFault(
            _("%(folder)s 放不下：还有 %(free)d MB，要 %(size)d MB。腾出地方，或换一个盘")
            % {"folder": home, "free": free >> 20, "size": needed >> 20}
        )


def _files(home: Path, checked: Checked, progress: Progress) -> Path | None:
    """Put every file in its place and read it again; where packs went that this program lacks."""
    packs = _packs_for(home, checked)
    whole, done, written = checked.manifest.files_bytes, 0, []
    for line in checked.lines:
        target = _place(home, packs, line.path)
        if target is not None:
            if not _is_there(target, line.size, line.digest):
                media.make_folder(target.parent)
                media.copy(checked.folder.object(line.digest), target)
                os.utime(target, ns=(line.changed, line.changed))
            written.append((target, line))
        done += line.size
        progress("files", done, whole)
    media.flush(home)
    done = 0
    for target, line in written:
        if media.digest_of(target, from_disk=True) != line.digest:
            raise media.DiskFault(
                _("%(file)s 写下去和读回来的不一样：这个盘可能坏了，换一个盘") % {"file": target}
            )
        done += line.size
        progress("reading back", done, whole)
    return packs


def _is_there(target: Path, size: int, digest: str) -> bool:
    """Whether a restore that broke off had written this one."""
    return target.is_file() and target.stat().st_size == size and media.digest_of(target) == digest


def _place(home: Path, packs: Path | None, path: str) -> Path | None:
    """Where a file of the set belongs; Invalid for a name that leads out of its folder."""
    kind, _slash, name = path.partition("/")
    root = {sources.HOME: home, sources.PACKS: packs}.get(kind)
    if root is None:
        return None
    target = root / name
    if not media.is_within(target.parent, root):
        raise Invalid(_("清单里有一个文件要放到文件夹外面去：不恢复它"))
    return target


def _packs_for(home: Path, checked: Checked) -> Path | None:
    """Packs that differ from those beside this program are put into the home; else they are here."""
    own = Path(settings.GEZHI_PACKS)
    for line in checked.lines:
        kind, _slash, name = line.path.partition("/")
        if kind == sources.PACKS and not _is_there(own / name, line.size, line.digest):
            return home / "packs"
    return None


def _ready(checked: Checked, by: Viewer, progress: Progress) -> tuple[int, int]:
    """Bring the tables up to date, and verify the trail and all chains from their first row."""
    progress("verifying", 0, 1)
    if checked.is_older:
        call_command("migrate", verbosity=0, interactive=False)
    for fault in keymarks.faults(Path(settings.GEZHI_KEYS)):
        raise Invalid(fault)
    # What ran while the copy was made runs no more.
    for model in (Backup, RestoreDrill):
        model._default_manager.filter(outcome=Outcome.RUNNING).update(outcome=Outcome.STOPPED)
    if checked.is_older:
        covering.cover_all(by)
    return verified()


def verified() -> tuple[int, int]:
    """Entries of the trail and chains that were verified; Refusal names the first that is broken."""
    verdict = verification.verify()
    broken, chains = verdict.broken, 0
    for check in verification.checks().values():
        if broken is None:
            found = check(None, lambda count: None)
            broken, chains = found.broken, chains + found.subjects
    if broken is not None:
        raise Refusal(
            _("留痕核对第一处不符：%(kind)s %(row)s：%(fault)s")
            % {"kind": broken.kind, "row": broken.row, "fault": broken.fault}
        )
    return verdict.entries, chains


def roll_back(given: Path, *, progress: Progress) -> Restored:
    """Put only the database of a set back over the one in use, for an upgrade that did not go well.

    Nothing else may use the installation meanwhile. Files stay: a set made just before the upgrade
    knows all of them. Refuses as `checking.check`, before anything is touched.
    """
    began, engine = time.monotonic(), engines.in_use()
    checked = checking.check(
        given, keys=Path(settings.GEZHI_KEYS), vendor=connection.vendor, progress=progress
    )
    with media.told(Path(settings.GEZHI_HOME)):
        engine.replace(checked.database)
    found = contents.difference(held_by(checked.manifest), engine.contents())
    if found:
        raise Refusal(_("恢复的和备份的不一样：%(what)s。不要用它，换一份备份") % {"what": found})
    told = checked.manifest
    return Restored(
        told.name, told.begun_at, told.rows, 0, told.database_bytes, 0, 0,
        checked.is_older, "", len(told.lacking), time.monotonic() - began,
    )  # fmt: skip
