"""Everything that is asked of a set before a restore writes anything: the first thing wrong."""

from dataclasses import dataclass
from pathlib import Path

from django.db.migrations.loader import MigrationLoader
from django.utils.translation import gettext as _

from gezhi.ground.backups import layout, manifest, media
from gezhi.ground.backups.engines import Progress
from gezhi.ground.backups.layout import BackupFolder
from gezhi.ground.backups.manifest import FileLine, Manifest
from gezhi.kernel import secrets
from gezhi.kernel.errors import Invalid


@dataclass(frozen=True, slots=True)
class Checked:
    """A set that may be restored: where it is, what it holds, all its files."""

    folder: BackupFolder
    path: Path
    manifest: Manifest
    digest: str
    lines: list[FileLine]
    is_older: bool

    @property
    def database(self) -> Path:
        return self.path / self.manifest.database


def check(given: Path, *, keys: Path, vendor: str, progress: Progress) -> Checked:
    """Read a set but for its files and compare it with its manifest, and that with its seal; of the
    files only whether each is there, as long as it was. Whoever copies them compares what is read.

    `given` is the set, or a folder of backups, of which the newest is meant. Invalid names the
    first thing wrong: no set, broken, partial, tampered with, mixed, of another database, of a
    later program, keys missing or wrong.
    """
    folder, names = layout.chosen(given)
    with media.told(folder.path):
        path = folder.sets / _newest(folder, names)
        told, content = manifest.read(path)
        use = _keys(keys)
        manifest.check_seal(path, content, use)
        _check_keys(told, use, keys)
        _check_place(told, path, vendor)
        is_older = _check_version(told)
        _check_file(path / layout.SETTINGS, told.settings_digest)
        _check_file(path / layout.FILES, told.files_digest)
        lines = list(manifest.lines(path))
        progress("checking", 0, told.database_bytes)
        _check_file(path / told.database, told.database_digest)
        progress("checking", told.database_bytes, told.database_bytes)
        _check_files(folder, lines)
    return Checked(folder, path, told, secrets.digest(content).hex(), lines, is_older)


def _newest(folder: BackupFolder, names: list[str]) -> str:
    """The newest of these sets. One that cannot be read is told: silently taking the one before it
    would lose what came after."""
    return max((manifest.read(folder.sets / name)[0].serial, name) for name in names)[1]


def _keys(folder: Path) -> secrets.Provider:
    try:
        return secrets.FileProvider(folder)
    except secrets.KeyDamaged as error:
        raise Invalid(_("密钥文件坏了：%(what)s。换另一份密钥来") % {"what": error}) from error
    except (secrets.KeyMissing, OSError) as error:
        raise Invalid(
            _("%(folder)s 里没有密钥：没有密钥，备份里的姓名、电话打不开，也认不出备份是不是真的。"
              "把另外存放的密钥找来，写 --keys 放密钥的文件夹")
            % {"folder": folder}
        ) from error  # fmt: skip


def _check_keys(told: Manifest, use: secrets.Provider, folder: Path) -> None:
    missing = [key for key in told.keys if not _has(use, *key.split("."))]
    if missing:
        raise Invalid(
            _("密钥不全：%(folder)s 里没有 %(keys)s，这些数据是用它们封的。换齐全的一份密钥来")
            % {"folder": folder, "keys": "、".join(missing)}
        )


def _has(use: secrets.Provider, name: str, key_id: str) -> bool:
    try:
        return key_id in use.key_ids(name)
    except secrets.KeyMissing:
        return False


def _check_place(told: Manifest, path: Path, vendor: str) -> None:
    if told.name != path.name:
        raise Invalid(
            _("清单说它是 %(name)s，文件夹叫 %(folder)s：文件夹改过名，或清单是别的备份的")
            % {"name": told.name, "folder": path.name}
        )
    if told.vendor != vendor:
        words = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}
        raise Invalid(
            _("这份备份是 %(theirs)s 的，现在用的是 %(ours)s：两种数据库之间不能互相恢复，")
            % {"theirs": words[told.vendor], "ours": words.get(vendor, vendor)}
            + (
                _("把 GEZHI_DATABASE 去掉再来")
                if told.vendor == "sqlite"
                else _("用 createdb 建一个空的 PostgreSQL 库，写进 GEZHI_DATABASE 再来")
            )
        )


def _check_version(told: Manifest) -> bool:
    """Whether the set is of an earlier program; Invalid when it is of a later one."""
    known, replaced = _known_migrations()
    later = [name for name in told.migrations if name not in known | replaced]
    if later:
        raise Invalid(
            _("这份备份是更新的程序做的（%(version)s 版，这里不认识 %(name)s）：先换成那一版程序，再恢复")
            % {"version": told.program, "name": later[0]}
        )  # fmt: skip
    return bool(known - set(told.migrations))


def _known_migrations() -> tuple[set[str], set[str]]:
    """Migrations of this program, and those they took the place of."""
    found = MigrationLoader(None).disk_migrations
    known = {f"{app}.{name}" for app, name in found}
    replaced = {f"{app}.{name}" for one in found.values() for app, name in one.replaces}
    return known, replaced


def _check_file(path: Path, digest: str) -> None:
    _check_there(path)
    if media.digest_of(path) != digest:
        raise not_as_listed(path)


def _check_there(path: Path) -> None:
    if not path.is_file():
        raise Invalid(_("缺 %(file)s，这份备份不全") % {"file": path})


def not_as_listed(path: Path) -> Invalid:
    """The refusal of a part that is not what the manifest says."""
    return Invalid(_("%(file)s 和清单对不上：被改过、坏了，或是别的备份的") % {"file": path})


def _check_files(folder: BackupFolder, lines: list[FileLine]) -> None:
    """Every file once: whether it is there, with its length. Whoever copies it digests it."""
    for path, size in {folder.object(line.digest): line.size for line in lines}.items():
        _check_there(path)
        if path.stat().st_size != size:
            raise not_as_listed(path)
