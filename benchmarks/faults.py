"""`make faults`: what the machine does to an office, while people go on reporting.

The disk is full; it turns read-only; the database is away for a minute; it takes no writes; the
worker of the queue stands still and dies; the clock is stepped an hour forward and an hour back.
Reporters send with their key until they are answered, five of them. Right is: nothing acknowledged is
lost, nothing is doubled, no chain breaks; while it lasts nobody waits longer than two seconds for a
503 that says why, with the words that were written; and it goes on by itself once the fault is gone
(a disk that has to be mounted anew and a PostgreSQL that stopped over a full one want their
operator: then it goes on as soon as they run again).

Wants root (tmpfs, a loop device) and, for the clock, libfaketime; what cannot be tried here is said,
not counted as right.

    python -m benchmarks.faults [--only WORD …] [--seconds 60]
"""

import argparse
import http.client
import json
import os
import signal
import subprocess
import sys
import threading
import time
import uuid
from collections import Counter
from collections.abc import Callable
from contextlib import AbstractContextManager, ExitStack, suppress
from dataclasses import dataclass, field, replace
from pathlib import Path

from benchmarks import cluster, crash, grounds, serving
from benchmarks.attack.stand import Browser

PORT = int(os.environ.get("GEZHI_FAULTS_PORT", "8704"))
REPORTERS = 5
# Before and after, so that there is something to lose and something to go on with.
CALM = 8.0
# What is told to be waited for at most while it lasts, and until it goes on afterwards, in seconds.
ANSWERED_IN, GOES_ON_IN = 2.0, 20.0
FAKETIME = Path("/usr/lib/x86_64-linux-gnu/faketime/libfaketimeMT.so.1")
WORDS = "楼道灯坏了三天了"


@dataclass
class Ground:
    """Where a fault happens."""

    folder: Path
    made: serving.Installation
    process: subprocess.Popen[bytes] | None = None
    notes: list[str] = field(default_factory=list)

    def serve(self) -> None:
        """Start the server, unless it runs."""
        if self.process is None or self.process.poll() is not None:
            port = ("--host", "127.0.0.1", "--port", str(PORT))
            self.process = self.made.start("serve", *port, "--workers", "2")

    def stop(self) -> None:
        """End the server with all it started."""
        if self.process is not None:
            serving.stop(self.process)
            self.process = None

    def background(self) -> list[int]:
        """The worker and the beat."""
        under = serving.processes_under(self.process.pid) if self.process else []
        return [pid for pid in under if serving.is_background(pid)]


@dataclass
class Reporters:
    """They report one matter after the other, each with its key until it is answered."""

    over: threading.Event = field(default_factory=threading.Event)
    acknowledged: dict[str, str] = field(default_factory=dict)
    # When it came, how long it took, and the status; 0 where nothing answered.
    tries: list[tuple[float, float, int]] = field(default_factory=list)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def work(self) -> None:
        """Until it is over; a report begun is seen through for a minute more."""
        while not self.over.is_set():
            mark = uuid.uuid4().hex
            if number := self._send(mark):
                with self._lock:
                    self.acknowledged[mark] = number
            time.sleep(0.2)

    def _send(self, mark: str) -> str:
        place = {"longitude": 104.0851, "latitude": 30.6402}
        body = json.dumps({"text": f"路灯不亮 mark:{mark}", "place": place}).encode()
        headers = {"Content-Type": "application/json", "Idempotency-Key": mark} | serving.somebody()
        last = time.monotonic() + 60
        while not self.over.is_set() or time.monotonic() < last:
            began, status, number = time.monotonic(), 0, ""
            connection = http.client.HTTPConnection("127.0.0.1", PORT, timeout=30)
            try:
                connection.request("POST", "/api/v1/reports", body, headers)
                response = connection.getresponse()
                status, answer = response.status, response.read()
                if status in (200, 201):
                    number = str(json.loads(answer)["number"])
            except (OSError, http.client.HTTPException, ValueError):
                status = 0
            finally:
                connection.close()
            with self._lock:
                self.tries.append((began, time.monotonic() - began, status))
            if number:
                return number
            time.sleep(0.3)
        return ""

    def between(self, begin: float, end: float) -> list[tuple[float, int]]:
        """How long each try of these seconds took, and its status."""
        return [
            (took, status) for at, took, status in self.tries if begin <= at and at + took < end
        ]


@dataclass(frozen=True, slots=True)
class Fault:
    """One way in which the machine fails."""

    name: str
    vendor: str
    ground: Callable[[], AbstractContextManager[Path]]
    begin: Callable[[Ground], None]
    end: Callable[[Ground], None]
    # Whether nothing can be stored meanwhile, and what the page then says.
    says: str = ""


def fill(ground: Ground) -> None:
    """Put down a ballast until nothing more goes in."""
    with (ground.folder / "ballast").open("wb", buffering=0) as file:
        size = 1 << 20
        while size:
            try:
                file.write(b"\0" * size)
            except OSError:
                size //= 2


def make_room(ground: Ground) -> None:
    """Take the ballast away; a server that stopped over it is started, as its operator would."""
    (ground.folder / "ballast").unlink()
    if ground.made.vendor == "postgresql" and not cluster.answers():
        cluster.start(ground.folder / "cluster")
        ground.notes.append("PostgreSQL had stopped and was started by hand")


def cut_off(ground: Ground) -> None:
    """The kernel gives the file system up: what is open cannot be written any more."""
    grounds.run("mount", "-o", "remount,abort", str(ground.folder))


def mount_anew(ground: Ground) -> None:
    """What its operator does: end the service, look at the disk, mount it, start the service."""
    mine = serving.processes_under(ground.process.pid) if ground.process else []
    ground.stop()
    # As systemd does at the end of its patience: of a disk that is gone nobody lets go by itself.
    for pid in mine:
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
    image = ground.folder.with_name("image")
    grounds.run_until_it_goes("umount", str(ground.folder))
    subprocess.run(["e2fsck", "-fy", str(image)], check=False, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)  # fmt: skip
    grounds.run("mount", "-o", "loop", str(image), str(ground.folder))
    ground.notes.append("mounted anew and started by hand")
    ground.serve()


def take_away(ground: Ground) -> None:
    """The database server stops."""
    cluster.stop(ground.folder / "cluster")


def bring_back(ground: Ground) -> None:
    """And starts again."""
    cluster.start(ground.folder / "cluster")


def _read_only(on: str) -> Callable[[Ground], None]:
    def do(ground: Ground) -> None:
        serving.tell_server(f"ALTER SYSTEM SET default_transaction_read_only = {on}")
        serving.tell_server("SELECT pg_reload_conf()")

    return do


def hold_worker(ground: Ground) -> None:
    """The worker and the beat stand still, leases in hand."""
    for pid in ground.background():
        os.kill(pid, signal.SIGSTOP)


def kill_worker(ground: Ground) -> None:
    """They die of it; whoever started them starts them again."""
    for pid in ground.background():
        os.kill(pid, signal.SIGKILL)


def _step(words: str) -> Callable[[Ground], None]:
    def do(ground: Ground) -> None:
        (ground.made.home / "clock").write_text(words)

    return do


FAULTS = (
    Fault("disk full, sqlite", "sqlite", grounds.small_disk, fill, make_room, "盘满了"),
    Fault("disk full, postgresql", "postgresql", grounds.small_disk, fill, make_room, "系统暂时存不了东西"),
    Fault("disk cut off, sqlite", "sqlite", grounds.image_disk, cut_off, mount_anew, "系统暂时存不了东西"),
    Fault("database away", "postgresql", grounds.plain, take_away, bring_back, "数据库一时连不上"),
    Fault("no writes, postgresql", "postgresql", grounds.plain, _read_only("on"), _read_only("off"), "只能读"),
    Fault("worker dead, sqlite", "sqlite", grounds.plain, hold_worker, kill_worker),
    Fault("worker dead, postgresql", "postgresql", grounds.plain, hold_worker, kill_worker),
    Fault("clock an hour ahead", "sqlite", grounds.plain, _step("+3600"), _step("+0")),
    Fault("clock an hour behind", "sqlite", grounds.plain, _step("-3600"), _step("+0")),
)  # fmt: skip


def tried(fault: Fault, seconds: float, prepared: grounds.Prepared) -> dict[str, object]:
    """One fault, from a calm minute to the recount."""
    with ExitStack() as stack:
        folder, made = stack.enter_context(prepared.installation(fault.vendor, fault.ground))
        ground = Ground(folder, _with_clock(made) if "clock" in fault.name else made)
        ground.serve()
        stack.callback(ground.stop)
        serving.wait_for(f"http://127.0.0.1:{PORT}/api/v1/nothing", 180)
        reporters = Reporters()
        stack.callback(reporters.over.set)
        return _watched(fault, ground, seconds, reporters)


def _watched(
    fault: Fault, ground: Ground, seconds: float, reporters: Reporters
) -> dict[str, object]:
    # One fault that breaks off must not leave reporters behind for the next.
    threads = [threading.Thread(target=reporters.work, daemon=True) for _number in range(REPORTERS)]
    for thread in threads:
        thread.start()
    time.sleep(CALM)
    fault.begin(ground)
    begun = time.monotonic()
    time.sleep(seconds / 2)
    said = _said(fault.says)
    time.sleep(seconds / 2)
    ended = time.monotonic()
    fault.end(ground)
    gone = time.monotonic()
    time.sleep(CALM + GOES_ON_IN)
    reporters.over.set()
    for thread in threads:
        thread.join()
    # The first seconds may still have found some room.
    during = reporters.between(begun + 2, ended)
    after = [at for at, _took, status in reporters.tries if at > gone and status in (200, 201)]
    recount = crash.recounted(_by_the_world(ground.made), reporters.acknowledged)
    return {
        "fault": fault.name,
        "said": said,
        "during": dict(Counter(status for _took, status in during)),
        "slowest during s": round(max((took for took, _status in during), default=0.0), 1),
        "goes on after s": round(min(after) - gone, 1) if after else None,
        "out of order": _out_of_order(ground.made),
        "notes": ground.notes,
        **recount,
    }


def _said(words: str) -> bool:
    """Whether whoever reports by the page reads these words and finds the own ones again."""
    if not words:
        return True
    browser = Browser(PORT, timeout=30)
    try:
        answer = browser.ask(
            "POST", "/", f"text={WORDS}&place=none".encode(),
            {"Content-Type": "application/x-www-form-urlencoded"},
        )  # fmt: skip
    except (OSError, http.client.HTTPException):
        return False
    # Without a token of its page the form is refused before anything is stored; the page that only
    # shows something says it then.
    return answer.status >= 400 and (WORDS in answer.text or words in browser.get("/desk/").text)


def _out_of_order(made: serving.Installation) -> int:
    """Cases of which a later step is told to be earlier."""
    code = (
        "from gezhi.work.cases.models import Step\n"
        "last, wrong = {}, set()\n"
        "for case, at in Step.objects.order_by('case_id', 'serial').values_list('case_id', 'recorded_at'):\n"
        "    wrong |= {case} if at < last.get(case, at) else set()\n"
        "    last[case] = at\n"
        "print(len(wrong))"
    )
    done = subprocess.run(
        [sys.executable, "-c", f"import django\ndjango.setup()\n{code}"],
        env=made.environment, cwd=serving.ROOT, check=True, capture_output=True, text=True,
    )  # fmt: skip
    return int(done.stdout)


def _with_clock(made: serving.Installation) -> serving.Installation:
    """The same, its programs reading a clock that can be stepped."""
    clock = made.home / "clock"
    clock.write_text("+0")
    own = {
        "LD_PRELOAD": str(FAKETIME),
        "FAKETIME_TIMESTAMP_FILE": str(clock),
        "FAKETIME_CACHE_DURATION": "1",
        "FAKETIME_DONT_FAKE_MONOTONIC": "1",
    }
    return replace(made, environment=made.environment | own)


def _by_the_world(made: serving.Installation) -> serving.Installation:
    """The same, read by the clock of the world."""
    own = {name: value for name, value in made.environment.items() if name != "LD_PRELOAD"}
    return replace(made, environment=own)


def held(fault: Fault, row: dict[str, object]) -> bool:
    """Whether every promise was kept."""
    goes_on = row["goes on after s"]
    during = dict(row["during"])  # type: ignore[call-overload] # our own
    right = not crash.broke(row) and bool(row["acknowledged"]) and bool(row["said"])
    right &= goes_on is not None and float(str(goes_on)) <= GOES_ON_IN
    right &= float(str(row["slowest during s"])) <= ANSWERED_IN or not fault.says
    if fault.says:
        # Nobody is told that it was our program's fault. What found a few bytes of room and is called
        # stored is: nothing is lost.
        return right and 503 in during and set(during) <= {200, 201, 503}
    return right and row["out of order"] == 0 and set(during) <= {200, 201}


def main() -> None:
    """Try them all; exit with 1 where a promise was not kept."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", nargs="*", default=[""], help="parts of faults' names")
    parser.add_argument("--seconds", type=float, default=60, help="how long each lasts")
    options = parser.parse_args()
    if os.getuid() != 0:
        sys.exit("the faults of disks want root")
    with ExitStack() as stack:
        sys.exit(1 if _all_tried(options, grounds.Prepared(stack)) else 0)


def _all_tried(options: argparse.Namespace, prepared: grounds.Prepared) -> int:
    wrong = 0
    for fault in FAULTS:
        if not any(word in fault.name for word in options.only):
            continue
        if "clock" in fault.name and not FAKETIME.exists():
            print(f"not tried (no {FAKETIME.name}) | {fault.name}", flush=True)
            continue
        row = tried(fault, options.seconds, prepared)
        good = held(fault, row)
        wrong += not good
        print(f"{'right' if good else 'WRONG'} | {json.dumps(row, ensure_ascii=False)}", flush=True)
    return wrong


if __name__ == "__main__":
    main()
