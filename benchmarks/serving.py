"""Real installations for measuring: an own home, an own database, `gezhi serve` underneath."""

import json
import os
import secrets
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from benchmarks import keeping

ROOT = Path(__file__).resolve().parent.parent
GEZHI = Path(sys.executable).parent / "gezhi"
SERVER = os.environ.get("GEZHI_BENCH_POSTGRES", "postgresql://root@127.0.0.1:5432")


@dataclass
class Installation:
    """One prepared installation and its environment."""

    home: Path
    environment: dict[str, str]
    vendor: str
    name: str

    def command(self, *arguments: str, quiet: bool = True) -> None:
        """Run one `gezhi` command in it; raises CalledProcessError when it fails."""
        subprocess.run(
            [str(GEZHI), *arguments],
            env=self.environment,
            cwd=ROOT,
            check=True,
            stdout=subprocess.DEVNULL if quiet else None,
        )

    def granian(
        self, application: str, port: int, *, kept: bool = False
    ) -> subprocess.Popen[bytes]:
        """Serve another application on the same database, as `gezhi serve` would serve ours;
        `kept`: start it again when it ends, as that does, too."""
        command = [
            *(str(GEZHI.parent / "granian"), "--interface", "wsgi", "--host", "127.0.0.1"),
            *("--port", str(port), "--workers", "2", "--blocking-threads", "1"),
            *("--respawn-failed-workers", application),
        ]
        environment = self.environment | {keeping.KEPT: json.dumps(command)}
        return subprocess.Popen(
            [sys.executable, "-m", "benchmarks.keeping"] if kept else command,
            env=environment,
            cwd=ROOT,
            start_new_session=True,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.STDOUT,
        )

    def start(self, *arguments: str) -> subprocess.Popen[bytes]:
        """Start one `gezhi` command in a process group of its own."""
        return subprocess.Popen(
            [str(GEZHI), *arguments],
            env=self.environment,
            cwd=ROOT,
            start_new_session=True,
            stdout=(self.home / f"{arguments[0]}.log").open("ab"),
            stderr=subprocess.STDOUT,
        )


@contextmanager
def installation(vendor: str, *, street: bool = True) -> Iterator[Installation]:
    """A fresh installation on `sqlite` or `postgresql`, with a street to report to; removed after."""
    home = Path(tempfile.mkdtemp(prefix=f"gezhi-{vendor}-"))
    name = f"gezhi_bench_{secrets.token_hex(4)}"
    environment = os.environ | {
        "GEZHI_HOME": str(home),
        "GEZHI_KEYS": str(home / "keys"),
        "GEZHI_MODE": "demo",
        "GEZHI_DATABASE": f"{SERVER}/{name}" if vendor == "postgresql" else "",
        "DJANGO_SETTINGS_MODULE": "gezhi.config.settings",
        # Neighbors have addresses of their own (`somebody`), else all of them would be one sender.
        "GEZHI_PROXIES": "1",
    }
    if vendor == "postgresql":
        make_database(name)
    made = Installation(home, environment, vendor, name)
    try:
        made.command("prepare")
        if street:
            made.command("demo", "--cases", "0")
        yield made
    finally:
        if vendor == "postgresql":
            drop_database(name)
        shutil.rmtree(home, ignore_errors=True)


@contextmanager
def copied(made: Installation) -> Iterator[Installation]:
    """Another installation as a prepared one stands, which nothing uses meanwhile; removed after."""
    home = Path(tempfile.mkdtemp(prefix=f"gezhi-{made.vendor}-"))
    shutil.copytree(made.home, home, dirs_exist_ok=True)
    name = f"gezhi_bench_{secrets.token_hex(4)}"
    own = {"GEZHI_HOME": str(home), "GEZHI_KEYS": str(home / "keys")}
    if made.vendor == "postgresql":
        own["GEZHI_DATABASE"] = f"{SERVER}/{name}"
        _admin(f'CREATE DATABASE "{name}" TEMPLATE "{made.name}"')
    try:
        yield Installation(home, made.environment | own, made.vendor, name)
    finally:
        if made.vendor == "postgresql":
            drop_database(name)
        shutil.rmtree(home, ignore_errors=True)


def somebody() -> dict[str, str]:
    """The header that makes a request one of a neighbor nobody has heard of yet."""
    parts = [secrets.randbelow(256) for _part in range(3)]
    return {"X-Forwarded-For": ".".join(map(str, (10, *parts)))}


def make_database(name: str) -> None:
    """An empty database of this name on the server; psycopg's error where it stands already."""
    _admin(f'CREATE DATABASE "{name}"')


def drop_database(name: str) -> None:
    """Take the database away, whoever is connected to it."""
    _admin(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


def tell_server(statement: str) -> None:
    """Have the server itself do this; psycopg's error where it refuses."""
    _admin(statement)


def _admin(statement: str) -> None:
    import psycopg

    with psycopg.connect(f"{SERVER}/postgres", autocommit=True) as connection:
        connection.execute(statement.encode())


def wait_for(address: str, seconds: float = 60) -> None:
    """Return once the address answers at all; raises TimeoutError otherwise."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        try:
            urllib.request.urlopen(address, timeout=2)
        except urllib.error.HTTPError:
            return
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise TimeoutError(address)


def stop(process: subprocess.Popen[bytes], how: int = signal.SIGTERM) -> None:
    """End a process group and wait for it; one that has ended by itself is only waited for."""
    with suppress(ProcessLookupError):
        try:
            os.killpg(process.pid, how)
            process.wait(timeout=20)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def processes_under(pid: int) -> list[int]:
    """Ids of all processes below one, itself first."""
    found = [pid]
    for parent in found:
        try:
            children = Path(f"/proc/{parent}/task/{parent}/children").read_text().split()
        except OSError:
            continue
        found += [int(child) for child in children]
    return found


def is_background(pid: int) -> bool:
    """Whether a process is a job worker or the beat."""
    try:
        words = Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0")
    except OSError:
        return False
    return b"worker" in words or b"beat" in words


def cpu_seconds(pids: list[int]) -> float:
    """User and system CPU seconds used so far by these processes."""
    ticks = 0
    for pid in pids:
        try:
            fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
        except OSError:
            continue
        ticks += int(fields[11]) + int(fields[12])
    return ticks / os.sysconf("SC_CLK_TCK")


def postgres_processes(kind: str) -> list[int]:
    """Process ids of the server's own processes of a kind, as `walwriter`."""
    import psycopg

    with psycopg.connect(f"{SERVER}/postgres", autocommit=True) as connection:
        rows = connection.execute(
            "SELECT pid FROM pg_stat_activity WHERE backend_type = %s", [kind]
        ).fetchall()
    return [int(pid) for (pid,) in rows]


def postgres_backends(name: str, *, background: bool = False) -> list[int]:
    """Process ids of the server's backends that serve one database, or only those that serve the
    job worker and beat."""
    import psycopg

    with psycopg.connect(f"{SERVER}/postgres", autocommit=True) as connection:
        rows = connection.execute(
            "SELECT pid, application_name FROM pg_stat_activity WHERE datname = %s", [name]
        ).fetchall()
    return [
        int(pid)
        for pid, program in rows
        if not background or program in ("gezhi worker", "gezhi beat")
    ]
