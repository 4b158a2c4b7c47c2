"""Whether the database answers, which it is, and whether its tables are those of this program."""

import sqlite3
from collections.abc import Iterator
from pathlib import Path

from django.db import DatabaseError, connection
from django.db.migrations.loader import MigrationLoader
from django.utils.translation import gettext as _

from gezhi.ground.audit import triggers
from gezhi.ground.backups import restoring
from gezhi.ground.doctor.rules import Finding, bad, watch, well

OLDEST_SQLITE = (3, 35, 0)
OLDEST_POSTGRESQL = 14
LARGE_LOG = 512_000_000
MOST_CONNECTIONS = 0.9


def answers() -> bool:
    """Whether questions can be asked of our tables now: not of such as are half put back."""
    return not restoring.is_unfinished() and _fault() is None


def look() -> Iterator[Finding]:
    """That it answers, its version, and what it keeps beside its tables."""
    if restoring.is_unfinished():
        yield _half_restored()
    elif connection.vendor != "sqlite":
        yield from _look_at_server()
    elif (fault := _fault()) is not None:
        yield fault
    else:
        yield from _look_at_sqlite()


def look_at_tables() -> Iterator[Finding]:
    """Migrations still to come, or of a newer program; triggers that are gone."""
    loader = MigrationLoader(connection)
    known, applied = set(loader.disk_migrations), set(loader.applied_migrations)
    # The graph holds what stands for others, or, where only some of these were played, them.
    missing = set(loader.graph.nodes) - applied
    apps = {app for app, _name in known}
    newer = [key for key in sorted(applied - known) if key[0] in apps]
    if newer:
        yield bad(
            "tables.newer",
            _("数据库比程序新：有 %(count)d 次迁移这个程序不认识") % {"count": len(newer)},
            _("旧程序写新表会写坏。多半是换版没有做完，或装回了旧程序。"),
            _("装上新程序，或连数据一起退回。"),
            "gezhi upgrade --rollback",
        )
    if missing:
        yield bad(
            "tables.behind",
            _("有 %(count)d 次迁移还没有做") % {"count": len(missing)},
            _("程序要的表和栏还没有，用到的页面打不开。"),
            _("停下服务，运行下面这一行，再启动。"),
            "gezhi prepare",
        )
    gone = triggers.missing()
    if gone:
        yield bad(
            "tables.triggers",
            _("缺了 %(count)d 个触发器：%(names)s")
            % {"count": len(gone), "names": "、".join(gone[:5]) + ("…" if len(gone) > 5 else "")},
            _("数据库自己守的规矩没有了：留痕能被改，事可能派给没有人的单位。"),
            _("装回来，再核对一遍有没有人动过。谁拿掉的，要问清楚。"),
            "gezhi migrate && gezhi audit verify",
        )
    if not (missing or newer or gone):
        yield well("tables.right", _("表和触发器都齐"))


def _fault() -> Finding | None:
    try:
        if connection.vendor == "sqlite":
            path = Path(str(connection.settings_dict["NAME"]))
            # Asking would make an empty file where there is none.
            if not path.is_file() or not path.stat().st_size:
                return _not_there(path)
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM django_migrations")
        return None
    except DatabaseError as error:
        connection.close()
        return _unreached(error)
    except OSError as error:
        return _unreached(error)


def _half_restored() -> Finding:
    return bad(
        "database.restoring",
        _("恢复还没有做完"),
        _("数据、照片可能只有一半，没有核对过；做完以前，服务不会开。"),
        _("再运行一次下面这一行，写上原来那份备份的文件夹，它会接着做。"),
        "gezhi restore",
    )


def _not_there(path: Path) -> Finding:
    return bad(
        "database.gone",
        _("数据库文件不在：%(path)s") % {"path": path},
        _("没有它，一件事也查不到、收不了。"),
        _(
            "新装的，运行下面这一行；用过的，先看 GEZHI_HOME 写对没有、磁盘挂上没有，"
            "真的丢了就从备份恢复（gezhi restore）。"
        ),
        "gezhi prepare",
    )


def _unreached(error: Exception) -> Finding:
    said = _said_by(error)
    if connection.vendor != "sqlite":
        return bad(
            "database.unreached",
            _("连不上数据库，或里面没有表：%(said)s") % {"said": said},
            _("没有它，一件事也查不到、收不了。"),
            _("看数据库服务在不在运行、GEZHI_DATABASE 写对没有；新装的先运行 gezhi prepare。"),
            "systemctl status postgresql && systemctl start postgresql",
        )
    path = connection.settings_dict["NAME"]
    if "not a database" in said or "malformed" in said:
        return bad(
            "database.damaged",
            _("数据库文件坏了：%(path)s") % {"path": path},
            _("没有它，一件事也查不到、收不了。"),
            _("停下服务，把它另存一份，不要再写；再从最近的备份恢复到一个新的文件夹。"),
            "gezhi restore",
        )
    if "no such table" in said:
        return bad(
            "database.empty",
            _("数据库里没有表：%(path)s") % {"path": path},
            _("没有表，一件事也查不到、收不了。"),
            _("新装的，运行下面这一行；用过的，看 GEZHI_HOME 写对没有。"),
            "gezhi prepare",
        )
    return bad(
        "database.unopened",
        _("数据库打不开：%(said)s") % {"said": said},
        _("没有它，一件事也查不到、收不了。"),
        _("看“磁盘”和“文件权限”两项；多半是磁盘满了、只读，或文件归了别的用户。"),
        f"ls -l {Path(str(path)).parent}",
    )


def _said_by(error: Exception) -> str:
    """What the database says, its first line, without the address: a password may stand there."""
    password = str(connection.settings_dict.get("PASSWORD") or "")
    said = (str(error).splitlines() or [""])[0][:200]
    return said.replace(password, "…") if password else said


def _look_at_sqlite() -> Iterator[Finding]:
    version = sqlite3.sqlite_version
    if sqlite3.sqlite_version_info < OLDEST_SQLITE:
        yield bad(
            "database.old",
            _("SQLite 太旧：%(version)s") % {"version": version},
            _("程序要用的功能它没有。"),
            _("换一个带新 SQLite 的 Python 3.11（3.35 以上）。"),
            "python3.11 -c 'import sqlite3; print(sqlite3.sqlite_version)'",
        )
    path = Path(str(connection.settings_dict["NAME"]))
    size, log = path.stat().st_size, _size(path.with_name(path.name + "-wal"))
    shown = {
        "version": version,
        "size": f"{size / 1e6:.0f}",
        "log": f"{log / 1e6:.0f}",
    }
    if log > LARGE_LOG:
        yield watch(
            "database.log",
            _("数据库旁边等着并进去的有 %(log)s MB（-wal 文件）") % shown,
            _("有程序一直在读，它并不进去：占盘，打开也慢。"),
            _("重启一次服务；重启前不要删这个文件，里面是已经写成的事。"),
            "systemctl restart gezhi",
        )
    yield well("database.answers", _("SQLite %(version)s，%(size)s MB，日志 %(log)s MB") % shown)


def _look_at_server() -> Iterator[Finding]:
    try:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT current_setting('server_version_num')::int,"
                " pg_database_size(current_database()),"
                " (SELECT count(*) FROM pg_stat_activity),"
                " current_setting('max_connections')::int,"
                " (SELECT count(*) FROM django_migrations)"
            )
            number, size, used, most, _applied = cursor.fetchone()
    except DatabaseError as error:
        connection.close()
        yield _unreached(error)
        return
    shown = {
        "version": f"{number // 10000}.{number % 10000}",
        "size": f"{size / 1e6:.0f}",
        "used": used,
        "most": most,
    }
    if number // 10000 < OLDEST_POSTGRESQL:
        yield bad(
            "database.old",
            _("PostgreSQL 太旧：%(version)s") % shown,
            _("程序要用的功能它没有，它也不再有安全更新。"),
            _("换到 14 以上；先备份。"),
            "gezhi backup",
        )
    if used > MOST_CONNECTIONS * most:
        yield watch(
            "database.connections",
            _("数据库的连接用了 %(used)s 个，最多 %(most)s 个") % shown,
            _("用满了，新来的请求就连不上数据库。"),
            _("在 postgresql.conf 里把 max_connections 加大，或少开网页进程和线程，再重启。"),
            "systemctl restart postgresql",
        )
    yield well(
        "database.answers",
        _("PostgreSQL %(version)s，%(size)s MB，连接 %(used)s/%(most)s") % shown,
    )


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0
