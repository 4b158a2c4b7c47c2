"""Backups while everything goes wrong: each fault in earnest, with the commands an operator types.

    python -m benchmarks.keeping_house_faults --vendor sqlite

A real `gezhi serve` with people reporting all the while. The disk of the backup is a small one in
memory (needs root): it fills up, it turns read-only. The program that makes it is killed at random
moments; two are started at once. Each time: no set that is not whole, a sentence that says what to
do, the next run good once the fault is gone. Last, what was acknowledged before the last backup
began is counted in what is restored from it, and its trail is verified.
"""

import argparse
import json
import os
import random
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from benchmarks import crash, serving
from benchmarks.serving import Installation

KILLS = 12
STEADY = 3


def main() -> None:
    """All faults on the databases asked for; exits with 1 where one was not held."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--vendor", choices=("sqlite", "postgresql", "both"), default="both")
    options = parser.parse_args()
    vendors = ("sqlite", "postgresql") if options.vendor == "both" else (options.vendor,)
    held = [_all_faults(vendor) for vendor in vendors]
    sys.exit(0 if all(held) else 1)


def _all_faults(vendor: str) -> bool:
    with ExitStack() as stack:
        made = stack.enter_context(serving.installation(vendor))
        server = made.start("serve", "--host", "127.0.0.1", "--port", str(crash.PORT))
        stack.callback(serving.stop, server)
        serving.wait_for(f"http://127.0.0.1:{crash.PORT}/", 300)
        clients = crash.Clients(threading.Event())
        reporting = threading.Thread(target=clients.run, args=(STEADY,))
        reporting.start()
        stack.callback(reporting.join)
        stack.callback(clients.over.set)
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="gezhi-faults-")))
        trial = Trial(made, vendor, folder)
        if os.geteuid() == 0:
            with _small_disk(folder / "disk", "6m") as disk:
                trial.full_and_read_only(disk)
        else:
            print(f"{vendor}: not root, no disk of its own: full and read-only were not tried")
        trial.killed(folder / "stick")
        trial.twins(folder / "stick")
        trial.while_people_report(folder / "stick", clients)
        return trial.held


class Trial:
    """What was tried of one installation, and whether all of it was held."""

    def __init__(self, made: Installation, vendor: str, folder: Path) -> None:
        self.made, self.vendor, self.folder, self.held = made, vendor, folder, True

    def full_and_read_only(self, disk: Path) -> None:
        """A disk with no room, then a read-only one, then one that is well again."""
        full = self._backup(disk)
        self._say("disk full", full.returncode != 0 and not _sets(disk), full)
        subprocess.run(["mount", "-o", "remount,size=400m", str(disk)], check=True)
        self._good(disk, "disk with room again")
        whole = _sets(disk)
        subprocess.run(["mount", "-o", "remount,ro", str(disk)], check=True)
        refused = self._backup(disk)
        self._say("read-only", "只读" in refused.stderr and _sets(disk) == whole, refused)
        subprocess.run(["mount", "-o", "remount,rw", str(disk)], check=True)
        self._good(disk, "writable again")
        (disk / "filler").write_bytes(bytes(_free(disk)))
        full = self._backup(disk)
        self._say("full while there are sets", "盘" in full.stderr and len(_sets(disk)) == 2, full)
        (disk / "filler").unlink()
        self._good(disk, "room again")

    def killed(self, stick: Path) -> None:
        """Killed without a word at random moments; whatever set there is can be restored from."""
        hit = 0
        for _time in range(KILLS):
            running = self.made.start("backup", str(stick))
            time.sleep(random.uniform(0.5, 6.0))
            hit += running.poll() is None
            serving.stop(running, 9)
        broken = [name for name in _sets(stick) if not self._is_whole(stick, name)]
        self._say(f"killed {hit} of {KILLS} times half way", not broken, None)
        self._good(stick, "after the kills")

    def twins(self, stick: Path) -> None:
        """Two at once: one is made, the other says so."""
        before = len(_sets(stick))
        both = [
            subprocess.Popen(
                [str(serving.GEZHI), "backup", str(stick)],
                env=self.made.environment,
                cwd=serving.ROOT,
                stderr=subprocess.PIPE,
                text=True,
            )
            for _one in range(2)
        ]
        said = [(one.communicate()[1], one.returncode) for one in both]
        one_waited = sum("另一个备份" in words for words, _code in said)
        # On a quick machine the first may be done before the second begins.
        right = sum(not code for _words, code in said) + one_waited == 2
        self._say("two at once", right and len(_sets(stick)) == before + 2 - one_waited, None)

    def while_people_report(self, stick: Path, clients: crash.Clients) -> None:
        """What was acknowledged before a backup began is in what is restored from it, and whole."""
        known = set(clients.acknowledged.values())
        self._good(stick, f"with {len(known)} reports acknowledged before it began")
        home, name = self.folder / "new", f"{self.made.name}_new"
        environment = self.made.environment | {"GEZHI_HOME": str(home)}
        if self.vendor == "postgresql":
            serving.make_database(name)
            environment["GEZHI_DATABASE"] = f"{serving.SERVER}/{name}"
        try:
            done = _run(["restore", str(stick), "--json"], environment)
            back = _numbers(environment) if done.returncode == 0 else set()
        finally:
            if self.vendor == "postgresql":
                serving.drop_database(name)
        self._say(f"restored {len(back)} reports, verified", known <= back and bool(known), done)

    def _backup(self, stick: Path) -> subprocess.CompletedProcess[str]:
        return _run(["backup", str(stick)], self.made.environment)

    def _good(self, stick: Path, what: str) -> None:
        before = len(_sets(stick))
        done = self._backup(stick)
        self._say(what, done.returncode == 0 and len(_sets(stick)) == before + 1, done)

    def _is_whole(self, stick: Path, name: str) -> bool:
        told = json.loads((stick / "sets" / name / "manifest.json").read_bytes())
        return all(
            (stick / "sets" / name / part).is_file()
            for part in (told["database"], "files.txt", "manifest.seal")
        )

    def _say(self, what: str, right: bool, done: subprocess.CompletedProcess[str] | None) -> None:
        self.held &= right
        lines = (done.stderr.strip() or done.stdout.strip()).splitlines() if done else []
        said = f" | {lines[-1][:110]}" if lines else ""
        print(f"{'held' if right else 'WRONG'} | {self.vendor} | {what}{said}", flush=True)


@contextmanager
def _small_disk(place: Path, size: str) -> Iterator[Path]:
    place.mkdir()
    subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(place)], check=True)
    try:
        yield place
    finally:
        subprocess.run(["umount", "-l", str(place)], check=True)


def _free(disk: Path) -> int:
    told = os.statvfs(disk)
    return max(0, told.f_bavail * told.f_frsize - (64 << 10))


def _sets(stick: Path) -> list[str]:
    folder = stick / "sets"
    return sorted(one.name for one in folder.iterdir()) if folder.is_dir() else []


def _run(arguments: list[str], environment: dict[str, str]) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [str(serving.GEZHI), *arguments],
        env=environment, cwd=serving.ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip


def _numbers(environment: dict[str, str]) -> set[str]:
    asked = (
        "import django; django.setup()\n"
        "from gezhi.work.cases.models import Report\n"
        "print('\\n'.join(Report.objects.values_list('number', flat=True)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", asked],
        env=environment, cwd=serving.ROOT, capture_output=True, text=True, check=True,
    )  # fmt: skip
    return set(done.stdout.split())


if __name__ == "__main__":
    main()
