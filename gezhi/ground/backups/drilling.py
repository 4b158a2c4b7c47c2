"""The restore drill 恢复演练: a restore in earnest, into a scratch home that is removed afterwards.

It runs as a program of its own, the very command an operator would type on the day, with a home, a
database and keys of its own: nothing of it can reach what is in use.
"""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

from django.conf import settings
from django.db import DatabaseError, connection
from django.utils.translation import gettext as _

from gezhi.ground.backups import media
from gezhi.kernel.errors import Refusal

_SCRATCH = "drill"
_COMMAND = (sys.executable, "-m", "gezhi.config.entry", "restore")
_HOURS_AT_MOST = 12


def drilled(given: Path, keys: Path | None) -> Mapping[str, Any]:
    """What `gezhi restore --json` says of a restore of this folder into a scratch home.

    Refusal with its sentence where it did not go well. Leaves nothing behind, nor what an earlier
    drill that was killed left.
    """
    home = Path(settings.GEZHI_HOME) / _SCRATCH
    with media.told(home):
        media.make_folder(home)
    busy = _("另一次恢复演练正在做：等它做完再来")
    with media.locked(home, busy):
        scratch = home / "home"
        try:
            shutil.rmtree(scratch, ignore_errors=True)
            with _scratch_database(scratch) as address:
                return _run(given, keys, scratch, address)
        finally:
            shutil.rmtree(scratch, ignore_errors=True)


def _run(given: Path, keys: Path | None, scratch: Path, address: str) -> Mapping[str, Any]:
    own_keys = scratch / "keys" if keys is not None else Path(settings.GEZHI_KEYS).resolve()
    environment = os.environ | {
        "GEZHI_HOME": str(scratch),
        "GEZHI_KEYS": str(own_keys),
        "GEZHI_DATABASE": address,
        # Kept out of what the supervisor tells its children.
        "GEZHI_PROGRAM": "drill",
    }
    command = [*_COMMAND, str(given.resolve()), "--json"]
    if keys is not None:
        command += ["--keys", str(keys.resolve())]
    done = subprocess.run(
        command,
        env=environment,
        capture_output=True,
        text=True,
        timeout=_HOURS_AT_MOST * 3600,
        check=False,
    )
    if done.returncode == 0:
        told: Mapping[str, Any] = json.loads(done.stdout.splitlines()[-1])
        return told
    said = [line for line in done.stderr.splitlines() if line.strip()]
    raise Refusal(
        said[-1].removeprefix("CommandError: ")[:300]
        if said
        else _("恢复的程序没有说为什么就停了，再来一次")
    )


@contextmanager
def _scratch_database(scratch: Path) -> Iterator[str]:
    """The address of an empty database, which is gone afterwards."""
    if connection.vendor == "sqlite":
        yield f"sqlite:///{scratch / 'gezhi.sqlite3'}"
        return
    name = f"{str(connection.settings_dict['NAME'])[:50]}_drill"
    quoted = connection.ops.quote_name(name)
    try:
        _beside(f"DROP DATABASE IF EXISTS {quoted}")
        _beside(f"CREATE DATABASE {quoted}")
    except DatabaseError as error:
        raise Refusal(
            _("演练要临时建一个库 %(name)s，这个角色不许建库：用能建库的角色来做"
              "（ALTER ROLE … CREATEDB），或在另一台机器上 gezhi restore")
            % {"name": name}
        ) from error  # fmt: skip
    try:
        yield _address_of(name)
    finally:
        _beside(f"DROP DATABASE IF EXISTS {quoted}")


def _beside(statement: str) -> None:
    with connection._nodb_cursor() as cursor:
        cursor.execute(statement)


def _address_of(name: str) -> str:
    """The address of another database of the same server, as GEZHI_DATABASE is written."""
    told = connection.settings_dict
    user = quote(str(told["USER"]), safe="")
    password = f":{quote(str(told['PASSWORD']), safe='')}" if told["PASSWORD"] else ""
    host = f"{told['HOST']}:{told['PORT']}" if told["PORT"] else str(told["HOST"])
    options = {
        key: value
        for key, value in told["OPTIONS"].items()
        if key.startswith("ssl") and isinstance(value, str)
    }
    query = f"?{urlencode(options)}" if options else ""
    return f"postgresql://{user}{password}@{host}/{quote(name, safe='')}{query}"
