"""PostgreSQL: `pg_dump` in its custom format, over one snapshot that the counts are taken from too."""

import os
import re
import shutil
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg
from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper
from django.utils.translation import gettext as _

from gezhi.ground.backups import contents, media
from gezhi.ground.backups.contents import LEFT_OUT, Contents
from gezhi.ground.backups.engines import Copied, Progress
from gezhi.kernel.errors import Invalid, Refusal

_NAMES = "SELECT tablename FROM pg_tables WHERE schemaname = current_schema() ORDER BY tablename"
# What a program of the server is told by its own words, and what only concerns this connection.
_OF_A_PROGRAM = {"dbname", "user", "host", "port", "sslmode", "sslrootcert", "sslcert", "sslkey"}
_NO_SPACE = "No space left on device"


class Postgresql:
    """The database this installation is connected to."""

    def server(self) -> str:
        """The version of the server."""
        connection.ensure_connection()
        number = int(connection.cursor().connection.info.server_version)
        return f"{number // 10000}.{number % 10000}"

    def size(self) -> int:
        """What the tables take on the server; a dump takes less."""
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_database_size(current_database()) / 2")
            return int(cursor.fetchone()[0])

    def copy(self, target: Path, progress: Progress) -> Copied:
        """As `Engine.copy`: the dump and the counts read the same snapshot."""
        program = _program("pg_dump", self.server())
        with _snapshot() as (snapshot, ask):
            progress("database", 0, 1)
            command = [
                *(program, "--format=custom", "--compress=1", "--no-owner", "--no-privileges"),
                *("--lock-wait-timeout=60s", f"--snapshot={snapshot}"),
                *(f"--exclude-table-data={LEFT_OUT}", f"--file={target}"),
                f"--dbname={_address()}",
            ]
            _run(command, target.parent)
            held = contents.taken(ask, [name for (name,) in ask(_NAMES)])
            photos = dict(contents.photos(ask))
        progress("database", 1, 1)
        return held, photos

    def refuse_to_restore(self) -> None:
        """As `Engine.refuse_to_restore`: no table may stand there."""
        there = connection.introspection.table_names()
        if there:
            raise Invalid(
                _("数据库 %(name)s 不是空的（有 %(count)d 张表），恢复不会盖掉它："
                  "用 createdb 另建一个空的，写进 GEZHI_DATABASE")
                % {"name": connection.settings_dict["NAME"], "count": len(there)}
            )  # fmt: skip
        _program("pg_restore", self.server())

    def restore(self, source: Path) -> None:
        """As `Engine.restore`, in one transaction."""
        program = _program("pg_restore", self.server())
        command = [
            *(program, "--single-transaction", "--exit-on-error", "--no-owner"),
            *("--no-privileges", "--no-comments", f"--dbname={_address()}", str(source)),
        ]
        _run(command, source.parent)
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")

    def replace(self, source: Path) -> None:
        """As `Engine.replace`: the schema goes with all it holds, then the copy comes."""
        with connection.cursor() as cursor:
            cursor.execute("DROP SCHEMA public CASCADE")
            cursor.execute("CREATE SCHEMA public")
        connection.close()
        self.restore(source)

    def contents(self) -> Contents:
        """As `Engine.contents`."""
        with _snapshot() as (_snapshot_id, ask):
            return contents.taken(ask, [name for (name,) in ask(_NAMES)])


@contextmanager
def _snapshot() -> Iterator[tuple[str, contents.Ask]]:
    """A connection of its own that reads as of one moment, with the name of that snapshot."""
    own: BaseDatabaseWrapper = connection.copy()
    try:
        own.ensure_connection()
        with own.cursor() as cursor:
            # It waits while pg_dump works, which is no idling.
            cursor.execute("SET idle_in_transaction_session_timeout = 0")
            own.set_autocommit(False)
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
            cursor.execute("SELECT pg_export_snapshot()")
            yield cursor.fetchone()[0], _asking(cursor)
            own.rollback()
    finally:
        own.close()


def _asking(cursor: Any) -> Callable[[str], list[tuple[Any, ...]]]:
    def ask(statement: str) -> list[tuple[Any, ...]]:
        cursor.execute(statement)
        return list(cursor.fetchall())

    return ask


def _program(name: str, server: str) -> str:
    """The path of a program of the server; Refusal where it is missing or older than the server."""
    path = shutil.which(name)
    major = int(server.split(".")[0])
    if path is None:
        raise Refusal(
            _("没有找到 %(name)s：装上 PostgreSQL %(major)d 的客户端（Debian：apt install "
              "postgresql-client-%(major)d），再来一次")
            % {"name": name, "major": major}
        )  # fmt: skip
    told = subprocess.run([path, "--version"], capture_output=True, text=True, check=False)
    found = re.search(r"(\d+)(?:\.\d+)?", told.stdout)
    if found is None or int(found.group(1)) < major:
        raise Refusal(
            _("%(name)s 是 %(own)s 版，比服务器的 %(major)d 版旧，抄不了：装上 PostgreSQL %(major)d 的客户端")
            % {"name": name, "own": found.group(1) if found else "?", "major": major}
        )  # fmt: skip
    return path


def _address() -> str:
    """The address for a program of the server; without the password, which goes another way."""
    given = connection.get_connection_params()
    told = {key: value for key, value in given.items() if key in _OF_A_PROGRAM and value}
    return str(psycopg.conninfo.make_conninfo(**told))


def _run(command: list[str], folder: Path) -> None:
    password = str(connection.settings_dict.get("PASSWORD") or "")
    environment = os.environ | ({"PGPASSWORD": password} if password else {})
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    if done.returncode == 0:
        return
    if _NO_SPACE in done.stderr:
        raise media.fault_of(OSError(28, _NO_SPACE), folder)
    raise Refusal(
        _("%(name)s 没有做成：%(why)s")
        % {"name": Path(command[0]).name, "why": _first_error(done.stderr)}
    )


def _first_error(said: str) -> str:
    """The first line that says why, without any value of a row."""
    lines = [line for line in said.splitlines() if "error" in line.lower()] or [said[:200] or "?"]
    return lines[0][:200]
