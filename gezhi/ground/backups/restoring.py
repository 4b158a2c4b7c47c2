"""Putting a set back into an empty installation, and showing that all of it came back.

Nothing is written before all of the set but its files was read (`checking`). Each file is compared
while it is copied, so that a slow medium is read once; where one is not what it was, all that was
written goes again. What is being restored bears a mark: a restore that broke off goes on with the
same set, and nothing is served meanwhile (`is_unfinished`).
"""

import json
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
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
from gezhi.ground.backups.manifest import FileLine
from gezhi.ground.backups.models import Backup, Outcome, RestoreDrill
from gezhi.ground.jobs import at_work
from gezhi.kernel.errors import Conflict, Invalid, Refusal
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

    Refuses (Conflict) while anything is at work in this home, (Invalid) everything `checking.check`
    does, a home or a database that is not empty, a disk without room, all before anything is
    written; then a file of the set that is not what its list says, and takes away again what was
    written; afterwards whatever did not come back the same. Keys come from `keys`, or are in
    GEZHI_KEYS already.
    """
    began = time.monotonic()
    home = Path(settings.GEZHI_HOME)
    if at_work.is_busy(home):
        raise _busy()
    goes_on = _mark_of(home)
    if goes_on is None:
        _refuse_full(home)
        engines.in_use().refuse_to_restore()
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
    with _alone(home, goes_on):
        packs = _put_back(home, checked, keys, progress, is_new=goes_on is None)
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


@contextmanager
def _alone(home: Path, goes_on: dict[str, str] | None) -> Iterator[None]:
    """Nobody else serves, upgrades or restores here; Conflict where somebody does, or did while the
    set was looked at."""
    is_new = not home.exists()
    with media.told(home):
        media.make_folder(home)
    try:
        with at_work.alone(home):
            if _mark_of(home) != goes_on:
                raise _busy()
            yield
    except at_work.Busy as busy:
        raise _busy() from busy
    finally:
        if is_new and not _left(home):
            shutil.rmtree(home, ignore_errors=True)


def _busy() -> Conflict:
    return Conflict(
        _("这里的服务还在运行，或正在换版、恢复：先停下（systemctl stop gezhi），再来一次")
    )


def _put_back(
    home: Path, checked: Checked, keys: Path | None, progress: Progress, *, is_new: bool
) -> Path | None:
    """Files, then the database, compared with the manifest; where packs went."""
    engine = engines.in_use()
    with media.told(home):
        media.write(home / MARK, json.dumps(_mark(checked)).encode())
        if keys is not None:
            keyfolders.put_back(keys, Path(settings.GEZHI_KEYS))
        try:
            packs = _files(home, checked, progress)
        except Invalid:
            # The set is broken. Where this run began with nothing, nothing of it stays.
            if is_new:
                _clear(home)
            raise
        progress("database", 0, 1)
        if is_new:
            engine.restore(checked.database)
        else:
            engine.replace(checked.database)
    found = contents.difference(held_by(checked.manifest), engine.contents())
    if found:
        raise Refusal(_("恢复的和备份的不一样：%(what)s。不要用它，换一份备份") % {"what": found})
    return packs


def _clear(home: Path) -> None:
    """Take away what a restore wrote into a home that was empty; the mark goes last."""
    for path in _left(home):
        if path.name != MARK:
            shutil.rmtree(path) if path.is_dir() else path.unlink()
    (home / MARK).unlink()


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


def _left(home: Path) -> list[Path]:
    """What is in a home, but for the keys and the lock of whoever works in it."""
    own = (Path(settings.GEZHI_KEYS).resolve(), at_work.folder_of(home).resolve())
    return sorted(one for one in home.iterdir() if one.resolve() not in own)


def _refuse_full(home: Path) -> None:
    left = _left(home) if home.is_dir() else []
    if left:
        raise Invalid(
            _("%(home)s 不是空的（有 %(name)s），恢复不会盖掉它：换一个空的文件夹，如 GEZHI_HOME=%(other)s")
            % {"home": home, "name": left[0].name, "other": f"{home}-restored"}
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
    """Put every file in its place and read it again; where packs went that this program lacks.

    Each file of the set is read once, and what is read is compared: Invalid at the first that is
    not what the list says.
    """
    packs = _packs_for(home, checked)
    placed = [(line, _place(home, packs, line.path)) for line in checked.lines]
    for folder in {target.parent for _line, target in placed if target is not None}:
        media.make_folder(folder)
    whole, done = checked.manifest.files_bytes, 0
    with media.hands() as hands:
        for (line, _target), digest in zip(
            placed, hands.map(partial(_put, checked), placed), strict=True
        ):
            if digest != line.digest:
                raise checking.not_as_listed(checked.folder.object(line.digest))
            done += line.size
            progress("files", done, whole)
    media.flush(home)
    _read_back([(line, target) for line, target in placed if target is not None], progress)
    return packs


def _put(checked: Checked, placed: tuple[FileLine, Path | None]) -> str:
    """Have one file in its place, unless a restore that broke off wrote it; the digest of what was
    read for it."""
    line, target = placed
    source = checked.folder.object(line.digest)
    if target is None:
        return media.digest_of(source)
    if _is_there(target, line.size, line.digest):
        return line.digest
    return media.copy_reading(source, target, changed=line.changed)


def _read_back(written: list[tuple[FileLine, Path]], progress: Progress) -> None:
    """Compare what the disk gives back; DiskFault names the first file that differs."""
    whole, done = sum(line.size for line, _target in written), 0
    targets = [target for _line, target in written]
    with media.hands() as hands:
        for (line, target), digest in zip(
            written, hands.map(partial(media.digest_of, from_disk=True), targets), strict=True
        ):
            if digest != line.digest:
                raise media.DiskFault(
                    _("%(file)s 写下去和读回来的不一样：这个盘可能坏了，换一个盘")
                    % {"file": target}
                )
            done += line.size
            progress("reading back", done, whole)


def _is_there(target: Path, size: int, digest: str) -> bool:
    """Whether a restore that broke off had written this one."""
    return target.is_file() and target.stat().st_size == size and media.digest_of(target) == digest


def _place(home: Path, packs: Path | None, path: str) -> Path | None:
    """Where a file of the set belongs; Invalid for a name that leads out of its folder."""
    kind, _slash, name = path.partition("/")
    root = {sources.HOME: home, sources.PACKS: packs}.get(kind)
    if root is None:
        return None
    # By its words alone: the root was empty, and looking at each folder above costs as much as a copy.
    if name.startswith("/") or ".." in name.split("/"):
        raise Invalid(_("清单里有一个文件要放到文件夹外面去：不恢复它"))
    return root / name


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
