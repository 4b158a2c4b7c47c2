"""SQLite: its own backup interface, from inside a read transaction.

The transaction keeps the copy at one moment however much is written meanwhile; with a write-ahead
log nobody waits for it. Without it the copy would begin anew at every write.
"""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from urllib.parse import quote

from django.db import connection
from django.utils.translation import gettext as _

from gezhi.ground.backups import contents, media
from gezhi.ground.backups.contents import LEFT_OUT, Contents
from gezhi.ground.backups.engines import Copied, Progress
from gezhi.kernel.errors import Invalid, Refusal

_PAGES = 4096
_BESIDE = ("-wal", "-shm", "-journal")
_NAMES = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"


class Sqlite:
    """The database file of this installation."""

    def __init__(self) -> None:
        self.file = Path(str(connection.settings_dict["NAME"]))

    def server(self) -> str:
        """The version of the library."""
        return sqlite3.sqlite_version

    def size(self) -> int:
        """Bytes of the file and of its write-ahead log."""
        files = (self.file, self.file.with_name(f"{self.file.name}-wal"))
        return sum(file.stat().st_size for file in files if file.exists())

    def copy(self, target: Path, progress: Progress) -> Copied:
        """As `Engine.copy`; the copy is checked by SQLite itself."""
        with _words_of(target.parent), closing(_open(self.file)) as source:
            source.execute("BEGIN")
            source.execute("SELECT COUNT(*) FROM sqlite_master").fetchone()
            with closing(sqlite3.connect(target)) as copy:
                source.backup(
                    copy,
                    pages=_PAGES,
                    progress=lambda _status, left, whole: progress("database", whole - left, whole),
                    sleep=0,
                )
                source.rollback()
                _tidy(copy)
        return _held(target)

    def refuse_to_restore(self) -> None:
        """As `Engine.refuse_to_restore`: no file may stand there."""
        if self.file.exists():
            raise Invalid(
                _("%(file)s 已经有了，恢复不会盖掉它：换一个空的 GEZHI_HOME") % {"file": self.file}
            )

    def restore(self, source: Path) -> None:
        """As `Engine.restore`, by a rename."""
        connection.close()
        media.make_folder(self.file.parent)
        media.copy(source, self.file)
        media.sync_file(self.file)
        media.sync_folder(self.file.parent)

    def replace(self, source: Path) -> None:
        """As `Engine.replace`: the log of the old one goes first, or it would be played on the new."""
        connection.close()
        for ending in _BESIDE:
            self.file.with_name(self.file.name + ending).unlink(missing_ok=True)
        self.restore(source)

    def contents(self) -> Contents:
        """As `Engine.contents`."""
        with closing(_open(self.file)) as there:
            return _contents(there)


def _open(file: Path) -> sqlite3.Connection:
    return sqlite3.connect(f"file:{quote(str(file))}?mode=ro", uri=True, timeout=30)


def _held(file: Path) -> Copied:
    with closing(_open(file)) as copy:
        if copy.execute("PRAGMA quick_check(1)").fetchone()[0] != "ok":
            raise Refusal(
                _("数据库文件坏了：SQLite 自己核对这份拷贝没有通过。先别再写，")
                + _("照 docs/operator/backup.md 从上一份好的备份恢复")
            )
        ask = _asking(copy)
        return _contents(copy), dict(contents.photos(ask))


def _contents(there: sqlite3.Connection) -> Contents:
    names = [name for (name,) in there.execute(_NAMES)]
    return contents.taken(_asking(there), names)


def _asking(there: sqlite3.Connection) -> contents.Ask:
    return lambda statement: there.execute(statement).fetchall()


def _tidy(copy: sqlite3.Connection) -> None:
    """Let go of the sessions, overwritten with zeros; leave one file without companions."""
    copy.execute("PRAGMA secure_delete = ON")
    if copy.execute(f"{_NAMES} AND name = '{LEFT_OUT}'").fetchone():
        copy.execute(f"DELETE FROM {LEFT_OUT}")
        copy.commit()
    copy.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    copy.execute("PRAGMA journal_mode = DELETE")


@contextmanager
def _words_of(folder: Path) -> Iterator[None]:
    """What SQLite says of a disk, in words."""
    try:
        yield
    except sqlite3.Error as error:
        code = getattr(error, "sqlite_errorcode", 0) & 0xFF
        number = {sqlite3.SQLITE_FULL: 28, sqlite3.SQLITE_READONLY: 30, sqlite3.SQLITE_IOERR: 5}
        if code in number:
            raise media.fault_of(
                OSError(number[code], os.strerror(number[code])), folder
            ) from error
        raise Refusal(
            _("数据库抄不下来（%(what)s）：看看 GEZHI_HOME 里的数据库文件还在不在、读不读得了")
            % {"what": getattr(error, "sqlite_errorname", type(error).__name__)}
        ) from error
