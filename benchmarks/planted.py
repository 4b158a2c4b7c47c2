"""`gezhi doctor` against faults planted one by one: each is found by its own code, with its remedy.

A prepared installation is served in a small file system of its own, in a mount namespace of its own,
so that disks really are full and clocks really stand in another zone. Before anything is planted, and
when every fault is taken away again, the doctor must end with 0. Needs root (mounts). PostgreSQL is
a server of its own on the disk there is: on a full one it would stop, which is `make faults`.

    python -m benchmarks.planted [--vendor postgresql] [--only WORD]
"""

import argparse
import json
import os
import shutil
import signal
import socket
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import Any

import psycopg

from benchmarks import cluster
from benchmarks.house import PORT, ROOT, House, let_go, mount, unmount

SIZE_MEGABYTES = 1500
_ALONE = "GEZHI_PLANTED_ALONE"


def _fill(house: House, left: int) -> None:
    filler = house.folder / "filler"
    free = shutil.disk_usage(house.folder).free
    house.later(filler.unlink)
    with filler.open("wb") as file, suppress(OSError):
        os.posix_fallocate(file.fileno(), 0, max(4096, free - left))
    if not left:
        with suppress(OSError), filler.open("ab") as file:
            while True:
                file.write(b"." * 4096)
                file.flush()


def _move(house: House, path: Path) -> Path:
    aside = house.folder / f"aside-{path.name}"
    shutil.move(path, aside)
    house.later(shutil.move, aside, path)
    return aside


def _mode(house: House, path: Path, mode: int) -> None:
    house.later(path.chmod, path.stat().st_mode & 0o777)
    path.chmod(mode)


def _key(house: House, name: str) -> Path:
    return next(house.keys.glob(f"{name}.*"))


def _stopped(house: House) -> None:
    house.stop()
    house.later(house.start)


def _silent(house: House, word: str) -> None:
    for process in house.programs(word):
        os.kill(process, signal.SIGSTOP)
        house.later(os.kill, process, signal.SIGCONT)
    time.sleep(33)


def _awake(house: House) -> None:
    """After a program was let go on, it says so within ten seconds."""
    for _ in range(60):
        if not {"queue.worker", "queue.beat", "queue.late"} & house.doctor()[1].keys():
            return
        time.sleep(0.5)


def _trigger(house: House) -> None:
    off, on = _guard(house)
    house.sql(off)
    house.later(house.sql, on)


def _guard(house: House) -> tuple[str, str]:
    """Statements that take away what keeps entries from being changed, and put it back."""
    if house.address:
        name = "audit_entry_append_only"
        ((text,),) = house.ask(
            f"SELECT pg_get_triggerdef(oid) FROM pg_trigger WHERE tgname = '{name}'"
        )
        return f"DROP TRIGGER {name} ON audit_entry", text
    name = "audit_entry_no_update"
    ((text,),) = house.ask(f"SELECT sql FROM sqlite_master WHERE name = '{name}'")
    return f"DROP TRIGGER {name}", text


def _changed_entry(house: House) -> None:
    off, on = _guard(house)
    ((row, outcome),) = house.ask("SELECT id, outcome FROM audit_entry ORDER BY id DESC LIMIT 1")
    # A word the table takes: what is changed by hand is changed to fit.
    other = "refused" if outcome != "refused" else "done"
    house.sql(off, f"UPDATE audit_entry SET outcome='{other}' WHERE id={row}", on)
    house.later(house.sql, off, f"UPDATE audit_entry SET outcome='{outcome}' WHERE id={row}", on)


def _other_key(house: House) -> None:
    other = house.folder / "other"
    own = {"GEZHI_HOME": str(other / "home"), "GEZHI_KEYS": str(other / "keys")}
    house.run("prepare", **own, GEZHI_DATABASE="")
    mine, theirs = _key(house, "field"), next((other / "keys").glob("field.*"))
    _move(house, mine)
    target = house.keys / theirs.name
    shutil.copy(theirs, target)
    house.later(target.unlink)


def _old_backup(house: House) -> None:
    word = "begun_at {} interval '3 days'" if house.address else "datetime(begun_at, '{}3 days')"
    house.sql(f"UPDATE backups_backup SET begun_at = {word.format('-')}")
    house.later(house.sql, f"UPDATE backups_backup SET begun_at = {word.format('+')}")


def _waiting(house: House) -> None:
    house.sql(
        "INSERT INTO jobs_task (id, path, arguments, queue, priority, state, run_after,"
        " enqueued_at, attempts, worker, error, owner_role) VALUES (1, 'gezhi.config.tasks.tidy',"
        " '{}', 'nobody', 0, 'waiting', '2026-01-01 00:00:00', '2026-01-01 00:00:00', 0, '', '',"
        " 'system_administrator')"
    )
    house.later(house.sql, "DELETE FROM jobs_task WHERE id = 1")


def _migration(house: House, statement: str, back: str) -> None:
    house.sql(statement)
    house.later(house.sql, back)


def _bound(house: House, source: Path, target: str) -> None:
    mount("--bind", str(source), target)
    house.later(unmount, target)


def _memory(house: House) -> None:
    fake = house.folder / "meminfo"
    fake.write_text("MemTotal: 2000000 kB\nMemAvailable: 51200 kB\n")
    house.later(fake.unlink)
    _bound(house, fake, "/proc/meminfo")


def _taken(house: House) -> None:
    _stopped(house)
    server = socket.create_server(("127.0.0.1", PORT))
    house.later(server.close)


def _read_only_files(house: House) -> None:
    files = house.home / "files"
    files.mkdir(exist_ok=True, mode=0o700)
    mount("-t", "tmpfs", "-o", "ro,mode=700,size=2000m", "tmpfs", str(files))
    house.later(unmount, files)


def _damaged(house: House) -> None:
    _stopped(house)
    _move(house, house.database)
    house.database.write_bytes(b"not a database at all" * 1000)
    house.database.chmod(0o600)
    house.later(house.database.unlink)


def _gone(house: House) -> None:
    _stopped(house)
    for path in house.home.glob("gezhi.sqlite3*"):
        _move(house, path)


def _server_stopped(house: House) -> None:
    _stopped(house)
    cluster.stop(house.folder.with_name(f"{house.folder.name}-cluster"))
    house.later(cluster.start, house.folder.with_name(f"{house.folder.name}-cluster"))


def _no_tables(house: House) -> None:
    _stopped(house)
    house.sql("ALTER SCHEMA public RENAME TO aside", "CREATE SCHEMA public")
    house.later(house.sql, "DROP SCHEMA public", "ALTER SCHEMA aside RENAME TO public")


def _no_fonts(house: House) -> None:
    empty = house.folder / "no-fonts"
    empty.mkdir(exist_ok=True)
    home = Path.home()
    for folder in ("/usr/share/fonts", "/usr/local/share/fonts", home / ".fonts", home / ".local"):
        if Path(folder).is_dir():
            _bound(house, empty, str(folder))


_ADD = "INSERT INTO django_migrations (app, name, applied) VALUES ('jobs', '{}', '2026-01-01')"
_TAKE = "DELETE FROM django_migrations WHERE app = 'jobs' AND name = '{}'"

# The fault, the code it must be found by, a word of the command or sentence that puts it right,
# what plants it (and may answer changes of the environment).
Planted = tuple[str, str, str, Callable[[House], Any]]
FAULTS: tuple[Planted, ...] = (
    ("the disk is nearly full", "disk.nearly_full", "du -xh", lambda h: _fill(h, 100_000_000)),
    # A log that SQLite folds up meanwhile may leave a page free: then it is nearly full.
    ("the disk is full", "disk.full|disk.nearly_full", "du -xh", lambda h: _fill(h, 0)),
    ("the disk of photos is read-only", "disk.read_only", "remount,rw", _read_only_files),
    ("memory is short", "memory.low", "--workers", _memory),
    ("the machine lives in another zone", "clock.zone", "Asia/Shanghai",
     lambda h: _bound(h, Path("/usr/share/zoneinfo/Europe/Paris"), "/etc/localtime")),
    ("a trigger is gone", "tables.triggers", "gezhi migrate", _trigger),
    ("a migration is to come", "tables.behind", "gezhi prepare",
     lambda h: _migration(h, _TAKE.format("0001_initial"), _ADD.format("0001_initial"))),
    ("the database is newer", "tables.newer", "--rollback",
     lambda h: _migration(h, _ADD.format("9999_next"), _TAKE.format("9999_next"))),
    ("a key is lost", "keys.missing", "备份的密钥", lambda h: _move(h, _key(h, "audit"))),
    ("a key may be read by others", "keys.exposed", "chmod",
     lambda h: _mode(h, _key(h, "audit"), 0o644)),
    ("a key is another installation's", "marks.missing", "备份的密钥", _other_key),
    ("a static file is gone", "static.missing", "gezhi prepare",
     lambda h: _move(h, next((h.home / "static" / "shell").glob("shell.*.css")))),
    ("an entry of the trail was changed", "chain.broken", "gezhi audit verify", _changed_entry),
    ("the last good backup is old", "backup.old", "gezhi backup", _old_backup),
    ("a task waits and nobody does it", "queue.late", "--job-workers", _waiting),
    ("messages have no way out", "notices.unknown", "docs/operator",
     lambda h: {"GEZHI_NOTICE_PROVIDER": "pigeon"}),
    ("there is no Chinese font", "fonts.none", "fonts-noto-cjk", _no_fonts),
    ("the environment is wrong", "environment.wrong", "gezhi.env", lambda h: {"GEZHI_NODE": "9"}),
    ("the database server is not there", "database.unreached", "systemctl",
     lambda h: {"GEZHI_DATABASE": "postgresql://nobody:secret-word@127.0.0.1:1/none"}),
    ("the worker hangs", "queue.worker", "systemctl restart gezhi", lambda h: _silent(h, "worker")),
    ("the beat hangs", "queue.beat", "systemctl restart gezhi", lambda h: _silent(h, "beat")),
    ("the service is stopped", "ports.stopped", "systemctl start gezhi", _stopped),
    ("somebody else has the port", "ports.taken", "ss -ltnp", _taken),
)  # fmt: skip
OF_SQLITE: tuple[Planted, ...] = (
    ("the database may be read by others", "permissions.open", "gezhi prepare",
     lambda h: _mode(h, h.database, 0o644)),
    ("the database file is gone", "database.gone", "gezhi restore", _gone),
    ("the database file is damaged", "database.damaged", "gezhi restore", _damaged),
)  # fmt: skip
OF_POSTGRESQL: tuple[Planted, ...] = (
    ("the database server has stopped", "database.unreached", "systemctl start postgresql", _server_stopped),
    ("the database has no tables", "database.unreached", "gezhi prepare", _no_tables),
)  # fmt: skip


@contextmanager
def house(vendor: str) -> Iterator[House]:
    """An installation in a file system of its own, that lives in China; gone afterwards."""
    folder = Path(tempfile.mkdtemp(prefix="gezhi-planted-"))
    mount("-t", "tmpfs", "-o", f"size={SIZE_MEGABYTES}m", "tmpfs", str(folder))
    mount("--bind", "/usr/share/zoneinfo/Asia/Shanghai", "/etc/localtime")
    packs = folder / "packs"
    shutil.copytree(ROOT / "packs", packs)
    _announce_next_year(packs / "calendar")
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    with ExitStack() as stack:
        address = ""
        if vendor == "postgresql":
            beside = folder.with_name(f"{folder.name}-cluster")
            server = stack.enter_context(cluster.private(folder=beside))
            with psycopg.connect(f"{server}/postgres", autocommit=True) as connection:
                connection.execute("CREATE DATABASE planted")
            address = f"{server}/planted"
        own = House(
            folder,
            kept
            | {
                "GEZHI_HOME": str(folder / "home"),
                "GEZHI_KEYS": str(folder / "keys"),
                "GEZHI_PACKS": str(packs),
                "GEZHI_DATABASE": address,
            },
            address,
        )
        try:
            own.run("prepare")
            own.start()
            own.run("backup", str(folder / "backups"))
            yield own
        finally:
            own.mend()
            own.stop()
            # A program that ends may still look there; the name space goes with this one.
            let_go(folder)


def _announce_next_year(pack: Path) -> None:
    """A calendar that knows the year to come, as it will be once the notice is out."""
    year = time.localtime().tm_year + 1
    years = pack / "years.csv"
    told = [line for line in years.read_text().splitlines() if not line.startswith(str(year))]
    sample = next(line for line in reversed(told) if "yes" in line.split(","))
    told.append(sample.replace(sample.partition(",")[0], str(year)))
    years.write_text("\n".join(told) + "\n")


def _tried(own: House, fault: Planted) -> bool:
    name, expected, word, plant = fault
    changes = plant(own)
    code, wrong = own.doctor(**(changes if isinstance(changes, dict) else {}))
    own.mend()
    if expected in ("queue.worker", "queue.beat"):
        _awake(own)
    found = next((wrong[one] for one in expected.split("|") if one in wrong), {})
    named = word in found.get("command", "") + found.get("remedy", "")
    secret = "secret-word" in json.dumps(wrong)
    good = bool(code) and bool(found) and named and not secret
    others = sorted(set(wrong) - set(expected.split("|")))
    print(f"{'ok' if good else 'FAULT':6} {name}: {expected} (exit {code}; also {others})")
    if not good:
        print(f"       {found or wrong}")
    return good


def _healthy(own: House, when: str) -> bool:
    code, wrong = own.doctor()
    print(f"{'ok' if code == 0 else 'FAULT':6} {when} ends with {code} {[*wrong]}")
    return code == 0


def main() -> int:
    if os.geteuid() == 0 and _ALONE not in os.environ:
        os.environ[_ALONE] = "yes"
        line = ["unshare", "--mount", sys.executable, "-u", "-m", "benchmarks.planted"]
        os.execvp("unshare", [*line, *sys.argv[1:]])
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--vendor", choices=("sqlite", "postgresql"), default="sqlite")
    parser.add_argument("--only", default="", help="part of a fault's name")
    given = parser.parse_args()
    faults = FAULTS + (OF_SQLITE if given.vendor == "sqlite" else OF_POSTGRESQL)
    with house(given.vendor) as own:
        held = [_healthy(own, "a healthy installation")]
        held += [_tried(own, fault) for fault in faults if given.only in fault[0]]
        held.append(_healthy(own, "all taken away: it"))
    print(f"{sum(held)} of {len(held)} on {given.vendor}")
    return 0 if all(held) else 1


if __name__ == "__main__":
    sys.exit(main())
