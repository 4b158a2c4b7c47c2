"""A PostgreSQL server of our own on a loopback port, for what must hurt nobody else's."""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import psycopg

PORT = int(os.environ.get("GEZHI_CLUSTER_PORT", "5499"))
ADDRESS = f"postgresql://root@127.0.0.1:{PORT}"


@contextmanager
def private(*options: str, folder: Path | None = None) -> Iterator[str]:
    """One that runs, in this new folder where it is told; its address. Removed afterwards.

    Raises SystemExit where the machine has no server programs.
    """
    if folder is None:
        folder = Path(tempfile.mkdtemp(prefix="gezhi-cluster-"))
    else:
        folder.mkdir()
    if os.getuid() == 0:
        shutil.chown(folder, "postgres", "postgres")
    settings = " ".join(f"-c {option}" for option in options)
    _run(f"{_programs()}/initdb -D {folder}/data -A trust -U root -E UTF8 --no-locale")
    (folder / "options").write_text(
        f"-p {PORT} -k {folder} -c listen_addresses=127.0.0.1 {settings}"
    )
    start(folder)
    try:
        yield ADDRESS
    finally:
        with suppress(subprocess.CalledProcessError):
            stop(folder, "immediate")
        shutil.rmtree(folder, ignore_errors=True)


def start(folder: Path) -> None:
    """Run it; CalledProcessError where it does not come up."""
    options = (folder / "options").read_text()
    # Without a log: on a full disk it is not what stops it.
    _run(f"{_programs()}/pg_ctl -w -D {folder}/data -l /dev/null -o '{options}' start")


def stop(folder: Path, how: str = "fast") -> None:
    """End it as `pg_ctl stop -m` says."""
    _run(f"{_programs()}/pg_ctl -w -D {folder}/data stop -m {how}")


def answers() -> bool:
    """Whether anybody can log in now."""
    try:
        psycopg.connect(f"{ADDRESS}/postgres", connect_timeout=5).close()
    except psycopg.OperationalError:
        return False
    return True


def _programs() -> Path:
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin"))
    if not found:
        raise SystemExit("no PostgreSQL server programs on this machine")
    return found[-1]


def _run(command: str) -> None:
    as_server = ["su", "postgres", "-c", command] if os.getuid() == 0 else ["sh", "-c", command]
    subprocess.run(as_server, check=True, stdout=subprocess.DEVNULL)
