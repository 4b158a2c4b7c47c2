"""`make crash`: kill -9 under load; nothing acknowledged may be lost or doubled.

On a clock a web worker dies every 12 s and the job worker every 7 s. At the moments that matter a
web worker dies every 6 s, right after a commit or between commit and answer (`benchmarks.dying`), and
every 8 s PostgreSQL's WAL writer just after people were answered who asked while it was held: what
was answered then is where its own commit left it. The whole server restarts through crash recovery.
Clients retry with the same key until they are answered. The same harness runs two bad designs,
which must lose or double in every run (`--times`); a fault test that cannot fail proves nothing.
PostgreSQL is a private cluster made for the runs, so nothing else is hurt.

    python -m benchmarks.crash                              # each design once, 180 s
    python -m benchmarks.crash --only unsynced --seconds 60 --times 10
"""

import argparse
import http.client
import json
import os
import random
import signal
import subprocess
import sys
import threading
import time
import uuid
from contextlib import ExitStack, suppress
from dataclasses import dataclass, field, replace
from pathlib import Path

import psycopg

from benchmarks import cluster, dying, serving

PORT = 8702
CLIENTS = 8
# Seconds the WAL writer is held at most, and until what could not be killed is tried again.
HELD, AGAIN = 3.0, 1.0


@dataclass
class Clients:
    """Retrying reporters; each report carries a mark so that it can be found again."""

    over: threading.Event
    acknowledged: dict[str, str] = field(default_factory=dict)
    retries: int = 0
    slowest: float = 0.0
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def run(self, number: int) -> None:
        """Report one after the other until it is over; a report begun is seen through."""
        threads = [threading.Thread(target=self._work) for _ in range(number)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

    def _work(self) -> None:
        while not self.over.is_set():
            mark = uuid.uuid4().hex
            began = time.monotonic()
            number = self._send(mark)
            with self._lock:
                self.slowest = max(self.slowest, time.monotonic() - began)
                if number:
                    self.acknowledged[mark] = number
            time.sleep(0.05)

    def _send(self, mark: str) -> str:
        body = json.dumps(
            {
                "text": f"路灯不亮 mark:{mark}",
                "place": {"longitude": 104.0851, "latitude": 30.6402},
                "contact": {"name": "王先生", "phone": "13812345678"},
            }
        ).encode()
        headers = {"Content-Type": "application/json", "Idempotency-Key": mark} | serving.somebody()
        for _ in range(400):
            try:
                connection = http.client.HTTPConnection("127.0.0.1", PORT, timeout=10)
                connection.request("POST", "/api/v1/reports", body, headers)
                response = connection.getresponse()
                answer = response.read()
                if response.status in (200, 201):
                    return str(json.loads(answer)["number"])
            except (OSError, http.client.HTTPException, ValueError):
                pass
            finally:
                connection.close()
            with self._lock:
                self.retries += 1
            time.sleep(0.15)
        return ""


@dataclass
class Killer:
    """Kills on a clock, the database just after an answer; counts what it hit."""

    process: subprocess.Popen[bytes]
    made: serving.Installation
    clients: Clients
    stop_at: float
    hits: dict[str, int] = field(default_factory=dict)

    def hunt(self) -> None:
        """Kill until the time is up, the database at least once; then the clients may end."""
        try:
            self._hunt()
        finally:
            self.clients.over.set()

    def _hunt(self) -> None:
        plan = {"web": 12.0, "worker": 7.0}
        if self.made.vendor == "postgresql":
            plan["server"] = 8.0
        due = {what: time.monotonic() + seconds for what, seconds in plan.items()}
        while time.monotonic() < self.stop_at:
            for what, moment in due.items():
                if time.monotonic() >= moment:
                    due[what] = moment + plan[what]
                    if not self._kill(what):
                        due[what] = time.monotonic() + AGAIN
            time.sleep(0.05)
        # Nobody else dies any more: now, if not before, so many are answered.
        while "server" in plan and "server" not in self.hits and time.monotonic() < self.last:
            self._kill("server")

    @property
    def last(self) -> float:
        """When even the database is given up."""
        return self.stop_at + 60

    def _kill(self, what: str) -> bool:
        """Whether something was there to be killed."""
        if what == "server":
            pids = self._after_answers()
        else:
            pids = random.sample(found, 1) if (found := self._processes(what)) else []
        for pid in pids:
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        if pids:
            self.hits[what] = self.hits.get(what, 0) + 1
        return bool(pids)

    def _after_answers(self) -> list[int]:
        """The WAL writer, once people were answered who asked since it was held; none where so many
        do not come, and it goes on. Its end is the end of every backend."""
        try:
            writers = serving.postgres_processes("walwriter")
        except psycopg.OperationalError:
            # It has not come back from the last one.
            return []
        for pid in writers:
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGSTOP)
        # Everybody's next answer may be to what was stored before; one more is not.
        enough = len(self.clients.acknowledged) + CLIENTS + 1
        give_up = time.monotonic() + HELD
        while len(self.clients.acknowledged) < enough:
            if time.monotonic() > give_up:
                for pid in writers:
                    os.kill(pid, signal.SIGCONT)
                return []
            time.sleep(0.002)
        return writers

    def _processes(self, what: str) -> list[int]:
        """Web workers are granian's children; the job worker is `gezhi worker`."""
        found = []
        for pid in serving.processes_under(self.process.pid):
            try:
                command = Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ")
                parent = int(Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[1])
                above = Path(f"/proc/{parent}/cmdline").read_bytes()
            except (OSError, IndexError):
                continue
            worker = b"gezhi" in command and b" worker" in command
            web = b"granian" in above or b"multiprocessing" in command or b"spawn_main" in command
            if (what == "worker" and worker) or (
                what == "web" and web and not worker and b"resource_tracker" not in command
            ):
                found.append(pid)
        return found


def crash(like: serving.Installation, seconds: float, *, design: str = "ours") -> dict[str, object]:
    """One run of one design on a copy of an installation; the recount with what was killed."""
    with serving.copied(like) as made:
        if design == "careless":
            process = made.granian("benchmarks.careless_wsgi:application", PORT, kept=True)
        else:
            process = _mortal(made).start(
                "serve", "--host", "127.0.0.1", "--port", str(PORT), "--workers", "2"
            )
        try:
            serving.wait_for(f"http://127.0.0.1:{PORT}/api/v1/nothing")
            end = time.monotonic() + seconds
            clients = Clients(threading.Event())
            killer = Killer(process, made, clients, end)
            dying.begin(made.home, seconds)
            hunting = threading.Thread(target=killer.hunt)
            hunting.start()
            clients.run(CLIENTS)
            hunting.join()
            recount = recounted(made, clients.acknowledged, careless=design == "careless")
            killed = {**killer.hits, **dying.deaths(made.home)}
        finally:
            serving.stop(process)
    return {
        "design": design,
        "database": like.vendor,
        "killed": killed,
        "retries": clients.retries,
        "slowest s": round(clients.slowest, 1),
        **recount,
    }


def _mortal(made: serving.Installation) -> serving.Installation:
    """The same with the settings of the harness, for the programs that serve."""
    own = {"DJANGO_SETTINGS_MODULE": "benchmarks.dying_settings", "PYTHONPATH": str(serving.ROOT)}
    return replace(made, environment=made.environment | own)


def recounted(
    made: serving.Installation, acknowledged: dict[str, str], *, careless: bool = False
) -> dict[str, object]:
    """The recount, once every task is done or 75 s are over since the last kill."""
    since = time.time()
    marks = made.home / "acknowledged.json"
    marks.write_text(json.dumps(acknowledged))
    answer = subprocess.run(
        [
            *(sys.executable, "-m", "benchmarks.recount", str(marks), str(since)),
            *(["--careless"] * careless),
        ],
        env=made.environment,
        cwd=serving.ROOT,
        check=True,
        stdout=subprocess.PIPE,
        text=True,
    )
    return dict(json.loads(answer.stdout.strip().splitlines()[-1]))


def broke(row: dict[str, object]) -> bool:
    """Whether anything was lost, doubled or stored by halves."""
    names = ("lost", "doubled", "without_step", "without_task", "broken_chains")
    return any(row[name] for name in names)


def held(row: dict[str, object]) -> bool:
    """Whether a run kept every promise: nothing broke, and what was begun was done in time."""
    tasks = {**dict(row["tasks"]), **dict(row["advice"])}  # type: ignore[call-overload] # read from JSON
    return (
        not broke(row)
        and set(tasks) <= {"done"}
        and all(float(str(row[f"{name} done after s"])) <= 60 for name in ("tasks", "advice"))
    )


def main() -> None:
    """Run all designs; exit with 1 when ours broke a promise or a bad design was once not caught."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=180)
    parser.add_argument("--only", default="", help="part of a run's name")
    parser.add_argument("--times", type=int, default=1, help="how often each is run")
    options = parser.parse_args()
    failed = False
    runs = [
        ("sqlite ours", "sqlite", "ours", (), True),
        ("postgresql ours", "postgresql", "ours", (), True),
        (
            "postgresql unsynced",
            "postgresql",
            "ours",
            ("synchronous_commit=off", "wal_writer_delay=10s"),
            False,
        ),
        ("postgresql careless", "postgresql", "careless", (), False),
    ]
    for name, vendor, design, cluster_options, should_hold in runs:
        if options.only not in name:
            continue
        right = 0
        with ExitStack() as stack:
            if vendor == "postgresql":
                serving.SERVER = stack.enter_context(cluster.private(*cluster_options))
            like = stack.enter_context(serving.installation(vendor))
            for _time in range(options.times):
                row = crash(like, options.seconds, design=design)
                # A run nobody was answered in proves nothing.
                good = bool(row["acknowledged"]) and (held(row) if should_hold else broke(row))
                right += good
                said = "as it should" if good else "WRONG"
                print(f"{said} | {name} | {json.dumps(row)}", flush=True)
        print(f"{name}: {right} of {options.times} as it should", flush=True)
        failed |= right < options.times
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
