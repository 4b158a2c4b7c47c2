"""Whether what is written can be kept: room and rights on each disk that is written to."""

import errno
import os
import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.db import connection
from django.utils.translation import gettext as _

from gezhi.ground.doctor.rules import Finding, bad, watch, well

MEGABYTE = 1_000_000
# Below the first nothing can be counted on; below the second somebody has some days to act.
LEAST_BYTES = 200 * MEGABYTE
FEW_BYTES = 1_000 * MEGABYTE
LEAST_SHARE = 0.05
_LOGS = Path("/var/log")


@dataclass(frozen=True, slots=True)
class _Place:
    name: str
    folder: Path
    is_written: bool = True


def look() -> Iterator[Finding]:
    """Each disk once: free room, free file entries, and a probe where we write."""
    seen: set[int] = set()
    for place in _places():
        folder = _nearest(place.folder)
        device = folder.stat().st_dev
        fault = _probe(folder) if place.is_written else None
        if fault is not None:
            yield _unwritable(place, folder, fault)
        if device in seen:
            continue
        seen.add(device)
        if fault is None or fault.errno != errno.ENOSPC:
            yield _room(place, folder)


def database_bytes() -> int:
    """Size of the SQLite file; 0 for a database of a server."""
    try:
        return _database_file().stat().st_size if connection.vendor == "sqlite" else 0
    except OSError:
        return 0


def _places() -> Iterator[_Place]:
    if connection.vendor == "sqlite":
        yield _Place(_("数据库"), _database_file().parent)
    yield _Place(_("照片和文件"), Path(settings.MEDIA_ROOT))
    yield _Place(_("安装的文件夹"), Path(settings.GEZHI_HOME))
    yield _Place(_("临时文件"), Path(tempfile.gettempdir()))
    if _LOGS.is_dir():
        yield _Place(_("日志"), _LOGS, is_written=False)


def _database_file() -> Path:
    return Path(str(connection.settings_dict["NAME"]))


def _nearest(folder: Path) -> Path:
    """The folder, or the one it will be made in."""
    while not folder.is_dir() and folder != folder.parent:
        folder = folder.parent
    return folder


def _probe(folder: Path) -> OSError | None:
    """Why the folder takes no file now; None when it took one, which is gone again."""
    try:
        handle, name = tempfile.mkstemp(prefix=".doctor-", dir=folder)
    except OSError as error:
        return error
    try:
        os.write(handle, b"." * 4096)
        os.fsync(handle)
    except OSError as error:
        return error
    finally:
        os.close(handle)
        Path(name).unlink(missing_ok=True)
    return None


def _unwritable(place: _Place, folder: Path, fault: OSError) -> Finding:
    shown = {"name": place.name, "folder": folder}
    if fault.errno in (errno.ENOSPC, errno.EDQUOT):
        return _full("disk.full", place, folder, _("%(name)s的磁盘满了（%(folder)s）") % shown)
    if fault.errno == errno.EROFS:
        return bad(
            "disk.read_only",
            _("%(name)s的磁盘变成只读的了（%(folder)s）") % shown,
            _("什么都写不进去：收不了诉求，办不了事。磁盘出错时系统会这样保护它。"),
            _(
                "先查磁盘是不是坏了（dmesg 里有红字就换盘，从备份恢复）；没有坏，重新挂成可写，"
                "再体检一次。"
            ),
            f"mount -o remount,rw {_mount_of(folder)}",
        )
    return bad(
        "disk.unwritable",
        _("%(name)s的文件夹写不进去（%(folder)s）：%(fault)s")
        % {**shown, "fault": os.strerror(fault.errno or 0)},
        _("什么都写不进去：收不了诉求，办不了事。"),
        _("把它的主人改成运行格治的用户，权限改成只有他能读写。"),
        f"chown -R $(id -un) {folder} && chmod -R u+rwX,go-rwx {folder}",
    )


def _room(place: _Place, folder: Path) -> Finding:
    usage = shutil.disk_usage(folder)
    entries = os.statvfs(folder)
    shown = {
        "name": place.name,
        "folder": folder,
        "free": _spoken(usage.free),
        "total": _spoken(usage.total),
    }
    free_words = _("%(name)s的磁盘还剩 %(free)s，共 %(total)s（%(folder)s）") % shown
    if entries.f_files and entries.f_favail < max(1000, entries.f_files // 100):
        return _full("disk.entries", place, folder, _("%(name)s的磁盘放不下更多文件了") % shown)
    needed = max(FEW_BYTES, 2 * database_bytes())
    if usage.free < LEAST_BYTES:
        return _full("disk.nearly_full", place, folder, free_words)
    if usage.free < needed or usage.free < LEAST_SHARE * usage.total:
        return watch(
            "disk.low",
            free_words,
            _("写满了就收不了诉求；备份和换版还要放得下一份数据库。"),
            _("把旧备份、旧日志、安装包拷到别处再删掉，或换一块大的盘。看谁占得多："),
            f"du -xh -d 2 {_mount_of(folder)} | sort -rh | head -20",
        )
    return well("disk.room", free_words)


def _full(code: str, place: _Place, folder: Path, what: str) -> Finding:
    return bad(
        code,
        what,
        _("写不进去的时候，诉求收不了、事办不了；没有写成的不会说写成。"),
        _("马上腾地方：把旧备份、旧日志拷走再删，数据库和照片不要动。看谁占得多："),
        f"du -xh -d 2 {_mount_of(folder)} | sort -rh | head -20",
    )


def _mount_of(folder: Path) -> Path:
    while not folder.is_mount() and folder != folder.parent:
        folder = folder.parent
    return folder


def _spoken(size: int) -> str:
    if size >= 1000 * MEGABYTE:
        return f"{size / 1000 / MEGABYTE:.1f} GB"
    return f"{size / MEGABYTE:.0f} MB"
