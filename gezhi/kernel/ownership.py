"""Files and folders that are their owner's alone: databases, photos, keys, logs of people's cases."""

import os
import stat
from collections.abc import Iterable
from pathlib import Path

_OTHERS = stat.S_IRWXG | stat.S_IRWXO
# With it, what a process makes is closed to others from its first byte.
UMASK = 0o077


def begin_alone() -> None:
    """From now on this process makes its files 0600 and its folders 0700."""
    os.umask(UMASK)


def open_to_others(paths: Iterable[Path]) -> list[Path]:
    """Those that exist and that others than their owner may read, write or enter."""
    return [path for path in paths if path.exists() and path.stat().st_mode & _OTHERS]


def close_to_others(paths: Iterable[Path]) -> list[Path]:
    """Take every right of others from those that exist; answers which it could not, for they
    belong to somebody else."""
    left = []
    for path in open_to_others(paths):
        try:
            path.chmod(stat.S_IMODE(path.stat().st_mode) & ~_OTHERS)
        except PermissionError:
            left.append(path)
    return left
