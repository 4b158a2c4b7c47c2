"""F-upgrade: an upgrade that is killed at each of its stages, fails, or is taken back loses nothing.

Real bundles are installed and upgraded in an own folder, with an own SQLite home or an own PostgreSQL
database. The whole process group is killed with SIGKILL as soon as the state file says a stage, as a
loss of power would; then the installation is started again. Afterwards program and data must both be
the old ones, or both the new ones, and the log-in page must be served.

    python -m benchmarks.upgrading [--vendor postgresql] [--only WORD]
"""

import argparse
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from benchmarks import bundles
from benchmarks.bundles import DESTROYS, FAILS, GROWS, SLOW

STAGES = ("checking", "copying", "installing", "migrating", "examining", "switching")
FIRST, NEXT = "0.1.0-first", "0.2.0-next"
SERVER = os.environ.get("GEZHI_BENCH_POSTGRES", "postgresql://root@127.0.0.1:5432")
_DOCTOR = "gezhi/ground/doctor/checks/memory.py"
_WORSE = """
from gezhi.ground.doctor.rules import bad

def look():
    yield bad("memory.planted", "planted", "planted", "planted")
"""


@dataclass
class Stand:
    """One installation from a bundle, and the bundles it may be upgraded with."""

    folder: Path
    vendor: str
    port: int

    @property
    def prefix(self) -> Path:
        return self.folder / "opt"

    @property
    def program(self) -> Path:
        return self.prefix / "bin" / "gezhi"

    def install(self, bundle: Path) -> None:
        """Install the first version and prepare its data."""
        subprocess.run(
            [
                *("python3.11", str(bundle / "install.py"), "--to", str(self.prefix)),
                *("--home", str(self.folder / "home"), "--keys", str(self.folder / "keys")),
            ],
            check=True,
            stdout=subprocess.DEVNULL,
        )
        if self.vendor == "postgresql":
            name = f"gezhi_upgrading_{self.port}"
            psql("postgres", f'DROP DATABASE IF EXISTS "{name}"')
            psql("postgres", f'CREATE DATABASE "{name}"')
            with (self.prefix / "gezhi.env").open("a") as settings:
                settings.write(f"GEZHI_DATABASE={SERVER}/{name}\n")
        self.run("prepare")

    def run(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Run one command of the installation."""
        return subprocess.run(
            [str(self.program), *arguments], capture_output=True, text=True, check=False
        )

    def stage(self) -> str:
        """What the state file says; "" where there is none."""
        try:
            return str(json.loads((self.prefix / "upgrade.json").read_text())["stage"])
        except (OSError, ValueError):
            return ""

    def version(self) -> str:
        return (self.prefix / "current").resolve().name

    def told(self, without: int = 0) -> dict[str, str]:
        """Every row of every table that people write, as digests of the program itself; `without`
        so many of the newest entries of the trail."""
        told: dict[str, str] = json.loads(self.python(_TELL.replace("WITHOUT", str(without))))
        return told

    def python(self, program: str) -> str:
        """Run lines of Python with the settings of the installation."""
        line = f". {self.prefix}/gezhi.env && exec {self.prefix}/current/bin/python -"
        done = subprocess.run(
            ["sh", "-ac", line], input=program, capture_output=True, text=True, check=False
        )
        if done.returncode:
            raise RuntimeError(done.stderr[-1500:])
        return done.stdout.strip()

    def upgrade_killed_at(self, bundle: Path, stage: str, after: float) -> bool:
        """Begin an upgrade and kill all of it at this stage; whether it was still running then."""
        process = subprocess.Popen(
            [str(self.program), "upgrade", str(bundle)],
            start_new_session=True,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        while process.poll() is None and self.stage() != stage:
            time.sleep(0.002)
        time.sleep(after)
        running = process.poll() is None
        if running:
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        return running

    @contextmanager
    def served(self) -> Iterator[str]:
        """Serve it; the log-in page once somebody answers."""
        log = (self.folder / "serve.log").open("ab")
        process = subprocess.Popen(
            [str(self.program), "serve", "--port", str(self.port), "--workers", "1"],
            start_new_session=True,
            stdout=log,
            stderr=subprocess.STDOUT,
        )
        try:
            yield self._page(process)
        finally:
            process.terminate()
            process.wait(300)
            log.close()

    def _page(self, process: subprocess.Popen[bytes]) -> str:
        for _ in range(600):
            if process.poll() is not None:
                return ""
            try:
                with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/login/") as answer:
                    return str(answer.read().decode())
            except OSError:
                time.sleep(0.2)
        return ""

    def close(self) -> None:
        if self.vendor == "postgresql":
            psql("postgres", f'DROP DATABASE IF EXISTS "gezhi_upgrading_{self.port}"')


# Not what programs write by the clock while they serve: signs of life, tasks, the blocks that the
# trail is sealed in each minute and the head of their chain.
_TELL = """
import django, hashlib, json, os
os.environ["DJANGO_SETTINGS_MODULE"] = "gezhi.config.settings"
django.setup()
from django.db import connection
left = {"django_migrations", "django_session", "jobs_pulse", "jobs_slot", "jobs_task", "backups_backup",
        "audit_block"}
told = {}
for name in sorted(connection.introspection.table_names()):
    if name in left or name.startswith("sqlite_"):
        continue
    with connection.cursor() as cursor:
        where = " WHERE subject_kind <> 'audit'" if name == "audit_head" else ""
        cursor.execute(f'SELECT * FROM "{name}"{where}')
        rows = sorted(map(repr, cursor.fetchall()))
    if name == "audit_entry" and WITHOUT:
        rows = rows[:-WITHOUT]
    told[name] = hashlib.sha256(repr(rows).encode()).hexdigest()
print(json.dumps(told))
"""
_WRITE = """
import django, os
os.environ["DJANGO_SETTINGS_MODULE"] = "gezhi.config.settings"
django.setup()
from gezhi.ground.audit import actions
from gezhi.kernel.viewer import Viewer
actions.record(verb="accounts.export", by=Viewer.system("test"), subject_kind="user")
"""


def psql(database: str, statement: str) -> None:
    subprocess.run(["psql", "-q", f"{SERVER}/{database}", "-c", statement], check=True,
                   stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)  # fmt: skip


def differing(before: dict[str, str], after: dict[str, str]) -> list[str]:
    """The tables of which the data differ, in words."""
    names = [name for name in before.keys() | after.keys() if before.get(name) != after.get(name)]
    return [f"the data differ: {', '.join(sorted(names))}"] if names else []


def well(stand: Stand, version: str, before: dict[str, str] | None) -> list[str]:
    """What is not as it should be: the version, the data, the tables, the log-in page."""
    wrong = []
    if stand.version() != version:
        wrong.append(f"the version is {stand.version()}, not {version}")
    if before is not None:
        wrong += differing(before, stand.told())
    found = json.loads(stand.run("doctor", "--json").stdout)["findings"]
    wrong += [
        f"{one['code']}: {one['what']}"
        for one in found
        if one["level"] == "bad" and one["code"].split(".")[0]
        in {"tables", "upgrade", "keys", "marks", "static", "chain", "database"}
    ]  # fmt: skip
    with stand.served() as page:
        if "<title>" not in page:
            wrong.append("the log-in page is not served")
    return wrong


def killed(stand: Stand, made: Path, stage: str) -> list[str]:
    """Killed at a stage and started again by `gezhi serve` alone."""
    before = stand.told()
    # In the middle of the migration, and of the installation; else as soon as the stage is told.
    after = {"migrating": 4.0, "installing": 5.0}.get(stage, 0.0)
    if not stand.upgrade_killed_at(made, stage, after):
        return [f"it was over before it could be killed at {stage}"]
    with stand.served() as page:
        wrong = [] if "<title>" in page else ["it is not served again after the loss of power"]
    if stage == "switching":
        return wrong + well(stand, NEXT, None)
    return wrong + well(stand, FIRST, before)


def back(stand: Stand) -> list[str]:
    """Taken back after it was done: refused over newer data, done with the explicit word."""
    wrong = []
    stand.python(_WRITE)
    refused = stand.run("upgrade", "--rollback")
    if refused.returncode == 0 or "--lose-newer" not in refused.stderr:
        wrong.append(f"it went back over newer data: {refused.stderr[-300:]}")
    done = stand.run("upgrade", "--rollback", "--lose-newer")
    if done.returncode:
        wrong.append(f"it did not go back: {done.stderr[-300:]}")
    if not list((stand.folder / "home" / "upgrades").glob("*-newer")):
        wrong.append("what was written since is not kept aside")
    return wrong + well(stand, FIRST, None)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--vendor", choices=("sqlite", "postgresql"), default="sqlite")
    parser.add_argument("--only", default="")
    parser.add_argument("--port", type=int, default=8971)
    parser.add_argument("--folder", type=Path, help="the stand, left standing and used again")
    given = parser.parse_args()
    folder = given.folder or Path(tempfile.mkdtemp(prefix="gezhi-upgrading-"))
    stand = Stand(folder, given.vendor, given.port)
    failed = 0
    try:
        if stand.program.exists():
            first = folder / "bundles" / f"gezhi-{FIRST}"
        else:
            first = bundles.first(folder / "bundles")
            began = time.monotonic()
            stand.install(first)
            print(
                f"installed and prepared in {time.monotonic() - began:.0f} s on {given.vendor}",
                flush=True,
            )
        for name, attempt in _attempts(stand, first):
            if given.only not in name:
                continue
            began = time.monotonic()
            wrong = _seen(attempt)
            failed += bool(wrong)
            seconds = time.monotonic() - began
            print(f"{'FAULT' if wrong else 'ok':6} {name}  {seconds:.0f} s", flush=True)
            for line in wrong:
                print(f"       {line}")
    finally:
        if given.folder is None:
            stand.close()
            shutil.rmtree(folder, ignore_errors=True)
    sys.exit(1 if failed else 0)


def _attempts(stand: Stand, first: Path) -> Iterator[tuple[str, Callable[[], list[str]]]]:
    good = bundles.following(first, NEXT, GROWS, SLOW.format(seconds=8))
    fails = bundles.following(first, "0.2.1-fails", DESTROYS, FAILS)
    worse = bundles.following(first, "0.2.2-worse", DESTROYS, **{_DOCTOR: _WORSE})
    yield "a bundle with one byte changed", partial(_refused, stand, good)
    for stage in STAGES:
        yield f"killed while {stage}", partial(killed, stand, good, stage)
    yield "taken back after it was done, over newer data", partial(back, stand)
    yield (
        "upgraded in peace, and back with nothing written since",
        partial(_there_and_back, stand, good),
    )
    yield "a migration that destroys and then fails", partial(_goes_back, stand, fails)
    yield "killed while returning", partial(_killed_returning, stand, fails)
    yield "a version the doctor finds worse", partial(_goes_back, stand, worse)


def _seen(attempt: Callable[[], list[str]]) -> list[str]:
    """What was wrong in one attempt; one that breaks off does not end the others."""
    try:
        return attempt()
    except (RuntimeError, ValueError, OSError, subprocess.SubprocessError) as fault:
        return [f"it broke off: {type(fault).__name__}: {fault}"]


def _goes_back(stand: Stand, bundle: Path) -> list[str]:
    before = stand.told()
    done = stand.run("upgrade", str(bundle))
    wrong = (
        [] if done.returncode == 1 else [f"it ended with {done.returncode}: {done.stderr[-300:]}"]
    )
    return wrong + well(stand, FIRST, before)


def _refused(stand: Stand, bundle: Path) -> list[str]:
    before = stand.told()
    file = bundle / "packs" / "README.md"
    text = file.read_bytes()
    file.unlink()
    file.write_bytes(text + b" ")
    done = stand.run("upgrade", str(bundle))
    file.write_bytes(text)
    wrong = [] if done.returncode and "README.md" in done.stderr else ["it was not refused"]
    return wrong + well(stand, FIRST, before)


def _killed_returning(stand: Stand, bundle: Path) -> list[str]:
    before = stand.told()
    if not stand.upgrade_killed_at(bundle, "returning", 0.3):
        return ["it was over before it could be killed"]
    with stand.served() as page:
        wrong = [] if "<title>" in page else ["it is not served again after the loss of power"]
    return wrong + well(stand, FIRST, before)


def _there_and_back(stand: Stand, bundle: Path) -> list[str]:
    before = stand.told()
    done = stand.run("upgrade", str(bundle))
    wrong = [] if done.returncode == 0 else [f"it did not upgrade: {done.stderr[-300:]}"]
    done = stand.run("upgrade", "--rollback")
    wrong += [] if done.returncode == 0 else [f"it did not go back: {done.stderr[-300:]}"]
    # The way back leaves one entry of its own.
    wrong += differing(before, stand.told(1))
    return wrong + well(stand, FIRST, None)


if __name__ == "__main__":
    main()
