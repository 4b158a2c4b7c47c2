"""Making a set: database first, then the files it may speak of, then the manifest; its name last."""

import shutil
import time
from dataclasses import asdict, dataclass
from datetime import datetime
from importlib.metadata import version
from json import dumps
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _

from gezhi.ground.backups import engines, layout, manifest, media, sources
from gezhi.ground.backups.contents import Contents
from gezhi.ground.backups.copying import Store
from gezhi.ground.backups.engines import Progress
from gezhi.ground.backups.layout import BackupFolder
from gezhi.ground.backups.manifest import FileLine, Manifest
from gezhi.kernel import clock, secrets
from gezhi.kernel.errors import Invalid

# Of a disk that is filled to the last byte nobody makes anything else.
_SPARE_BYTES = 16 << 20
_PHOTOS = f"{sources.HOME}/files/"


@dataclass(frozen=True, slots=True)
class Made:
    """A set that was made, read back and compared; `lacking` are photos that are registered and
    were not there, or not as they were stored."""

    folder: Path
    name: str
    digest: str
    rows: int
    files: int
    bytes: int
    new_files: int
    new_bytes: int
    mended: int
    lacking: tuple[str, ...]
    seconds: float

    @property
    def path(self) -> Path:
        """The folder of the set itself: a restore can be told this one."""
        return BackupFolder(self.folder).sets / self.name

    def counts(self) -> dict[str, float]:
        """What is kept of it in the row of the backup."""
        told = asdict(self)
        for name in ("folder", "name", "digest", "lacking"):
            del told[name]
        return {**told, "lacking": len(self.lacking), "seconds": round(self.seconds, 1)}


def make(given: Path, *, check_all: bool = False, progress: Progress) -> Made:
    """Make one more set in the folder, while the installation runs.

    Refuses a folder in the installation's own, one another backup is writing to, and one without
    room (Invalid, Conflict, DiskFault). Whatever goes wrong leaves what was whole as it was.
    """
    began = time.monotonic()
    folder = BackupFolder(given.resolve())
    _refuse_own(folder.path)
    with media.told(folder.path):
        media.make_folder(folder.path)
    busy = _("另一个备份正在写 %(folder)s：等它做完再来") % {"folder": folder.path}
    with media.locked(folder.path, busy), media.told(folder.path):
        _clear(folder)
        try:
            return _make(folder, check_all, progress, began)
        except BaseException:
            # What is in the store stays: the next run need not write it again.
            shutil.rmtree(folder.unfinished, ignore_errors=True)
            raise


def _refuse_own(folder: Path) -> None:
    for own in (settings.GEZHI_HOME, settings.GEZHI_KEYS, settings.GEZHI_PACKS):
        if media.is_within(folder, Path(own)):
            raise Invalid(
                _("备份不能放在 %(own)s 里面，那是要备份的文件夹：换一个盘，或换一个文件夹")
                % {"own": own}
            )
    if list(folder.glob("*.key")):
        raise Invalid(
            _("%(folder)s 里有密钥文件：备份和密钥不能放在一起，换一个文件夹") % {"folder": folder}
        )


def _clear(folder: BackupFolder) -> None:
    if folder.unfinished.exists():
        shutil.rmtree(folder.unfinished)
    for path in (folder.sets, folder.path / layout.OBJECTS, folder.unfinished):
        media.make_folder(path)
        media.close(path)


def _make(folder: BackupFolder, check_all: bool, progress: Progress, began: float) -> Made:
    begun_at = clock.now()
    serial, newest = newest_of(folder)
    engine = engines.in_use()
    _room_for(folder, engine.size())
    vendor = _vendor()
    database = folder.unfinished / layout.DATABASES[vendor]
    held, photos = engine.copy(database, progress)
    media.close(database)
    written = media.digest_of(database)
    store = Store.opened(folder, newest, check_all=check_all)
    lines = _files(folder, store, progress)
    lacking = _lacking(photos, lines)
    listed = "".join(line.text() for line in lines).encode()
    told = dumps(sources.told_settings(), ensure_ascii=False, indent=1).encode()
    media.write(folder.unfinished / layout.FILES, listed)
    media.write(folder.unfinished / layout.SETTINGS, told)
    media.flush(folder.path)
    _read_back(folder, database, written, store, progress)
    made = Manifest(
        name=_name(begun_at, serial + 1),
        serial=serial + 1,
        begun_at=begun_at.isoformat(),
        ended_at=max(begun_at, clock.now()).isoformat(),
        program=version("gezhi"),
        vendor=vendor,
        server=engine.server(),
        database=database.name,
        database_bytes=database.stat().st_size,
        database_digest=written,
        files_digest=secrets.digest(listed).hex(),
        files=len(lines),
        files_bytes=sum(line.size for line in lines),
        settings_digest=secrets.digest(told).hex(),
        tables=held.tables,
        heads=held.heads,
        migrations=held.migrations,
        keys=held.keys,
        lacking=lacking[:1000],
    )
    return _named(folder, made, store, lacking, began)


def _vendor() -> str:
    from django.db import connection

    return str(connection.vendor)


def newest_of(folder: BackupFolder) -> tuple[int, str]:
    """The serial and the name of the newest set; by serial, for a clock may have been set back."""
    found = [(0, "")]
    for name in folder.names():
        try:
            found.append((manifest.read(folder.sets / name)[0].serial, name))
        except Invalid:
            # Told by whoever restores from it; making another must not fail on it.
            continue
    return max(found)


def _room_for(folder: BackupFolder, size: int) -> None:
    free = media.free_bytes(folder.path)
    if free < size + _SPARE_BYTES:
        raise media.DiskFault(
            _("%(folder)s 放不下：还有 %(free)d MB，要 %(size)d MB。腾出地方，或换一个盘")
            % {
                "folder": folder.path,
                "free": free >> 20,
                "size": (size + _SPARE_BYTES >> 20) + 1,
            }
        )


def _files(folder: BackupFolder, store: Store, progress: Progress) -> list[FileLine]:
    found = list(sources.all_files())
    _room_for(folder, sum(store.missing(source) for source in found))
    whole, done = sum(source.size for source in found), 0
    lines = []
    for source in found:
        line = store.keep(source)
        if line is not None:
            lines.append(line)
        done += source.size
        progress("files", done, whole)
    return lines


def _lacking(photos: dict[str, str], lines: list[FileLine]) -> list[str]:
    """Registered photos whose file is not there, or not what was stored: the source lost them."""
    there = {
        line.path.removeprefix(_PHOTOS): line.digest
        for line in lines
        if line.path.startswith(_PHOTOS)
    }
    return sorted(name for name, digest in photos.items() if there.get(name) != digest)


def _read_back(
    folder: BackupFolder, database: Path, written: str, store: Store, progress: Progress
) -> None:
    if media.digest_of(database, from_disk=True) != written:
        raise media.DiskFault(
            _("写到 %(folder)s 里的读回来不一样：这个盘可能坏了，换一个盘再来")
            % {"folder": folder.path}
        )
    store.read_back(lambda done, whole: progress("reading back", done, whole))


def _named(
    folder: BackupFolder, made: Manifest, store: Store, lacking: list[str], began: float
) -> Made:
    content = made.content()
    media.write(folder.unfinished / layout.MANIFEST, content)
    media.write(folder.unfinished / layout.SEAL, manifest.sealed(content))
    folder.unfinished.rename(folder.sets / made.name)
    media.sync_folder(folder.sets)
    return Made(
        folder=folder.path,
        name=made.name,
        digest=secrets.digest(content).hex(),
        rows=made.rows,
        files=made.files,
        bytes=made.files_bytes + made.database_bytes,
        new_files=len(store.fresh),
        new_bytes=sum(line.size for line in store.fresh) + made.database_bytes,
        mended=store.mended,
        lacking=tuple(lacking),
        seconds=time.monotonic() - began,
    )


def _name(moment: datetime, serial: int) -> str:
    return f"{clock.local(moment):%Y-%m-%d_%H%M%S}_{serial:04d}"


def held_by(made: Manifest) -> Contents:
    """What the database of a set holds, by its manifest."""
    return Contents(dict(made.tables), dict(made.heads), made.migrations, made.keys)
