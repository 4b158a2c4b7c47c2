"""Files on whatever medium: written whole, closed to others where it knows modes, read back from it.

A stick with FAT knows neither modes nor links, and may be pulled out at any moment: nothing here
needs more of it than a rename, and every fault of a disk is said in words.
"""

import ctypes
import errno
import fcntl
import io
import os
import shutil
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from pathlib import Path

from django.utils.translation import gettext as _

from gezhi.kernel import secrets
from gezhi.kernel.errors import Conflict, Refusal

_PIECE = 1 << 20
_LOCK = ".lock"


class DiskFault(Refusal):
    """A disk did not take or give what it should; the sentence says what to do."""

    code = "disk"


def fault_of(error: OSError, folder: Path) -> DiskFault:
    """What a fault of the disk below this folder means, as a refusal."""
    said = {
        errno.ENOSPC: _("盘满了：%(folder)s 里腾出地方，再来一次；已经抄好的不用重抄"),
        errno.EDQUOT: _("盘满了：%(folder)s 里腾出地方，再来一次；已经抄好的不用重抄"),
        errno.EFBIG: _(
            "%(folder)s 所在的盘装不下这么大的一个文件（FAT32 一个文件最多 4 GB）："
            "换一个盘，或把它格式化成 exFAT"
        ),
        errno.EROFS: _("%(folder)s 所在的盘是只读的，写不进去：看看 U 盘的写保护开关，或换一个盘"),
        errno.EACCES: _("%(folder)s 没有权限写：换一个文件夹，或改它的权限"),
        errno.EPERM: _("%(folder)s 没有权限写：换一个文件夹，或改它的权限"),
        errno.ENOENT: _("%(folder)s 不在了：U 盘还插着吗"),
        errno.ENODEV: _("%(folder)s 不在了：U 盘还插着吗"),
        errno.EIO: _("%(folder)s 所在的盘读写出错，可能坏了：换一个盘"),
    }
    sentence = said.get(error.errno or 0, _("%(folder)s 读写出错（%(number)s）：检查这个盘"))
    return DiskFault(sentence % {"folder": folder, "number": errno.errorcode.get(error.errno or 0)})


@contextmanager
def told(folder: Path) -> Iterator[None]:
    """Say a fault of the disk in words."""
    try:
        yield
    except OSError as error:
        raise fault_of(error, folder) from error


def make_folder(folder: Path) -> None:
    """A folder of one's own, and those above it, where the medium knows modes."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)


def close(path: Path) -> None:
    """Take the rights of others, where the medium knows any."""
    with suppress(PermissionError, NotADirectoryError):
        path.chmod(0o700 if path.is_dir() else 0o600)


def write(path: Path, content: bytes) -> None:
    """The whole file or none, under its name only when it is on the disk."""
    unfinished = path.with_name(f".{path.name}.part")
    handle = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    unfinished.replace(path)
    sync_folder(path.parent)


def copy(source: Path, target: Path) -> None:
    """Copy a file under a temporary name, then rename it; whoever calls compares it afterwards.

    Not yet forced onto the disk: `flush` does that once, for all of them.
    """
    unfinished = target.with_name(f".{target.name[-80:]}.part")
    handle = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "wb") as out, source.open("rb") as file:
        shutil.copyfileobj(file, out, _PIECE)
    unfinished.replace(target)


def copy_reading(source: Path, target: Path, *, changed: int) -> str:
    """Copy as `copy` does, with this time of change; SM3 of what was read, each piece read once.

    A fault is said of the folder it happened in: what gives and what takes may be two disks.
    """
    running = secrets.running_digest()
    unfinished = target.with_name(f".{target.name[-80:]}.part")
    with told(source.parent):
        file = source.open("rb", buffering=0)
    with file, told(target.parent):
        handle = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(handle, "wb", buffering=0) as out:
            while piece := _read(file, source):
                running.update(piece)
                left = memoryview(piece)
                while left:
                    left = left[out.write(left) :]
            os.utime(handle, ns=(changed, changed))
        unfinished.replace(target)
    return running.digest().hex()


def _read(file: io.FileIO, source: Path) -> bytes:
    with told(source.parent):
        return file.read(_PIECE)


@contextmanager
def hands() -> Iterator[ThreadPoolExecutor]:
    """Threads that read, write and digest beside each other; what was not begun is left when the
    block is left by an error. For waiting on disks and SM3, which both let other threads go on."""
    pool = ThreadPoolExecutor(min(8, 2 + (os.cpu_count() or 1)), "hand")
    try:
        yield pool
    except BaseException:
        pool.shutdown(cancel_futures=True)
        raise
    pool.shutdown()


def digest_of(path: Path, *, from_disk: bool = False) -> str:
    """SM3 of a file; `from_disk` asks the medium again instead of what memory still holds of it."""
    running = secrets.running_digest()
    with path.open("rb") as file:
        if from_disk:
            _forget(file.fileno())
        while piece := file.read(_PIECE):
            running.update(piece)
    return running.digest().hex()


def _forget(handle: int) -> None:
    if hasattr(os, "posix_fadvise"):
        with suppress(OSError):
            os.posix_fadvise(handle, 0, 0, os.POSIX_FADV_DONTNEED)


def sync_file(path: Path) -> None:
    """Force a file onto its disk."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def sync_folder(folder: Path) -> None:
    """Force the names in a folder onto its disk, where the medium can."""
    with suppress(OSError):
        sync_file(folder)


def flush(folder: Path) -> None:
    """Force whatever was written onto the disk of a folder: one call for tens of thousands of files."""
    syncfs = getattr(ctypes.CDLL(None), "syncfs", None)
    if syncfs is None:
        os.sync()
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        # Other disks of the machine may be busy for minutes.
        if syncfs(handle) != 0:
            os.sync()
    finally:
        os.close(handle)


def free_bytes(folder: Path) -> int:
    """What is left on the disk of a folder, or of the nearest one above it that is there."""
    while not folder.exists():
        folder = folder.parent
    return shutil.disk_usage(folder).free


def same_device(one: Path, other: Path) -> bool:
    """Whether two folders, or the nearest above them that are there, lie on one disk."""
    return _there(one).stat().st_dev == _there(other).stat().st_dev


def _there(folder: Path) -> Path:
    folder = folder.resolve()
    while not folder.exists():
        folder = folder.parent
    return folder


def is_within(inner: Path, outer: Path) -> bool:
    """Whether a folder is another one, or lies below it."""
    return inner.resolve().is_relative_to(outer.resolve())


@contextmanager
def locked(folder: Path, refusal: str) -> Iterator[None]:
    """Only one program at a time works in the folder; Conflict with this sentence otherwise."""
    with told(folder):
        handle = os.open(folder / _LOCK, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise Conflict(refusal) from error
        except OSError as error:
            # A medium that knows no locks: two at once are then the operator's to avoid.
            if error.errno not in {errno.ENOLCK, errno.ENOTSUP, errno.ENOSYS}:
                raise fault_of(error, folder) from error
        yield
    finally:
        os.close(handle)


def is_locked(folder: Path) -> bool:
    """Whether some program works in the folder now; False where that cannot be seen."""
    try:
        handle = os.open(folder / _LOCK, os.O_RDWR)
    except OSError:
        return False
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    except OSError:
        return False
    finally:
        os.close(handle)
    return False
