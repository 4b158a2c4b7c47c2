"""An installation from source with its own environment, that faults are planted into and taken from."""

import json
import os
import socket
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psycopg

ROOT = Path(__file__).resolve().parent.parent
GEZHI = Path(sys.executable).parent / "gezhi"
PORT = int(os.environ.get("GEZHI_PLANTED_PORT", "8972"))


@dataclass
class House:
    """One installation, its environment, and the service that runs over it."""

    folder: Path
    environment: dict[str, str]
    # Of its own database; "" is SQLite in its home.
    address: str = ""
    service: subprocess.Popen[bytes] | None = None
    undo: list[Callable[[], object]] = field(default_factory=list)

    @property
    def home(self) -> Path:
        return self.folder / "home"

    @property
    def keys(self) -> Path:
        return self.folder / "keys"

    @property
    def database(self) -> Path:
        return self.home / "gezhi.sqlite3"

    def run(self, *arguments: str, **changes: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [str(GEZHI), *arguments],
            env=self.environment | changes,
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=False,
        )

    def doctor(self, **changes: str) -> tuple[int, dict[str, dict[str, Any]]]:
        """The end of `gezhi doctor --json` and what is not well, by code."""
        done = self.run("doctor", "--json", **changes)
        try:
            findings = json.loads(done.stdout)["findings"]
        except ValueError:
            return done.returncode, {"no.answer": {"what": done.stderr[-500:], "remedy": ""}}
        return done.returncode, {one["code"]: one for one in findings if one["level"] != "well"}

    def start(self) -> None:
        self.service = subprocess.Popen(
            [str(GEZHI), "serve", "--port", str(PORT), "--workers", "1"],
            env=self.environment,
            cwd=ROOT,
            start_new_session=True,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        for _ in range(300):
            with suppress(OSError), socket.create_connection(("127.0.0.1", PORT), 1):
                break
            time.sleep(0.2)
        for _ in range(100):
            if not {"queue.worker", "queue.beat"} & self.doctor()[1].keys():
                return
            time.sleep(0.3)

    def stop(self) -> None:
        if self.service is not None:
            self.service.terminate()
            self.service.wait(60)
            self.service = None

    def sql(self, *statements: str) -> None:
        if self.address:
            with psycopg.connect(self.address, autocommit=True) as server:
                for statement in statements:
                    server.execute(statement.encode())
            return
        with sqlite3.connect(self.database, timeout=30) as connection:
            for statement in statements:
                connection.execute(statement)
        connection.close()

    def ask(self, question: str) -> list[Any]:
        if self.address:
            with psycopg.connect(self.address) as server:
                return server.execute(question.encode()).fetchall()
        connection = sqlite3.connect(self.database, timeout=30)
        try:
            return connection.execute(question).fetchall()
        finally:
            connection.close()

    def programs(self, word: str) -> list[int]:
        """Process ids of the children of the service whose command ends with this word."""
        found = []
        for path in Path("/proc").glob("[0-9]*/cmdline"):
            with suppress(OSError, ValueError):
                words = path.read_bytes().rstrip(b"\0").split(b"\0")
                mine = str(self.home).encode() in (path.parent / "environ").read_bytes()
                if mine and words[-1] == word.encode():
                    found.append(int(path.parent.name))
        return found

    def later(self, deed: Callable[..., object], *what: Any) -> None:
        """How the fault is taken away again; the last planted first."""
        self.undo.append(lambda: deed(*what))

    def mend(self) -> None:
        while self.undo:
            self.undo.pop()()


def mount(*words: str) -> None:
    subprocess.run(["mount", *words], check=True)


def unmount(target: Path | str) -> None:
    subprocess.run(["umount", str(target)], check=True)


def let_go(folder: Path) -> None:
    """Take a file system away that somebody may still be about to leave, with its folder."""
    subprocess.run(["umount", "-l", str(folder)], check=True)
    folder.rmdir()
