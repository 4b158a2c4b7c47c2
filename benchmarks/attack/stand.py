"""What an attack stands on: a running server, browsers, bare sockets, and visitors who wait."""

import http.client
import os
import re
import socket
import statistics
import subprocess
import sys
import threading
import time
import urllib.parse
import uuid
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks import serving

DEMO_PASSWORD = "gezhi-demo"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing an attack looked at: what, what was measured, and whether that is right."""

    what: str
    measured: str
    right: bool


@dataclass(frozen=True, slots=True)
class Answer:
    """A whole answer of the server."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode("utf-8", "replace")


@dataclass
class Browser:
    """Somebody with cookies: opens pages, sends forms, logs in. Follows no redirect by itself."""

    port: int
    cookies: dict[str, str] = field(default_factory=dict)
    timeout: float = 30.0
    # Where it stands; "" is the machine itself.
    address: str = ""

    def ask(
        self,
        method: str,
        path: str,
        body: bytes | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> Answer:
        """One request over a connection of its own. OSError and HTTPException are the caller's."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=self.timeout)
        sent = dict(headers or {})
        if self.address:
            sent.setdefault("X-Forwarded-For", self.address)
        if self.cookies:
            sent["Cookie"] = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        try:
            connection.request(method, path, body, sent)
            response = connection.getresponse()
            content = response.read()
            for line in response.headers.get_all("Set-Cookie") or []:
                name, _, value = line.split(";")[0].partition("=")
                self.cookies[name] = value
            return Answer(response.status, dict(response.headers.items()), content)
        finally:
            connection.close()

    def get(self, path: str) -> Answer:
        return self.ask("GET", path)

    def send(self, path: str, fields: Mapping[str, str], *, page: str = "") -> Answer:
        """Open the page (the same path unless told) for its token, then send its form."""
        found = re.search(
            r'name="csrfmiddlewaretoken" value="([^"]+)"', self.get(page or path).text
        )
        token = {"csrfmiddlewaretoken": found.group(1)} if found else {}
        return self.ask(
            "POST",
            path,
            urllib.parse.urlencode(token | dict(fields)).encode(),
            {"Content-Type": "application/x-www-form-urlencoded"},
        )

    def log_in(self, staff_number: str, password: str = DEMO_PASSWORD) -> Answer:
        """Log in as one of the demo street's people."""
        return self.send("/login/", {"login": staff_number, "password": password})

    def report(self, text: str = "路灯不亮，晚上看不见路") -> Answer:
        """Report something through the open interface; without an address as somebody new."""
        body = f'{{"text": "{text}", "place": {{"longitude": 104.0851, "latitude": 30.6402}}}}'
        headers = {"Content-Type": "application/json", "Idempotency-Key": str(uuid.uuid4())}
        if not self.address:
            headers |= serving.somebody()
        return self.ask("POST", "/api/v1/reports", body.encode(), headers)


@dataclass
class Waits:
    """How long visitors waited for an answer, in seconds, and who got none."""

    times: list[float] = field(default_factory=list)
    failures: list[str] = field(default_factory=list)

    @property
    def longest(self) -> float:
        return max(self.times, default=float("inf"))

    def __str__(self) -> str:
        if not self.times:
            return f"no answer, {len(self.failures)} failures"
        middle = statistics.median(self.times)
        said = f"{len(self.times)} answers, p50 {1000 * middle:.0f} ms, max {self.longest:.2f} s"
        return said + (f", {len(self.failures)} failures" if self.failures else "")


@dataclass
class Stand:
    """A running server on one database."""

    installation: serving.Installation
    port: int
    # The process of `gezhi serve`.
    pid: int

    @property
    def vendor(self) -> str:
        return self.installation.vendor

    def browser(self, timeout: float = 30.0, *, address: str = "") -> Browser:
        return Browser(self.port, timeout=timeout, address=address)

    def inside(self, code: str) -> str:
        """What a piece of Python prints that runs inside the installation, as the house's own code
        does: to set a scene and to look at what became of it, never for the attack itself."""
        begun = subprocess.run(
            [sys.executable, "-c", f"import django\ndjango.setup()\n{code}"],
            env=self.installation.environment,
            cwd=serving.ROOT,
            check=True,
            capture_output=True,
            text=True,
        )
        return begun.stdout.strip()

    def socket(self, timeout: float = 30.0) -> socket.socket:
        """A bare connection."""
        return socket.create_connection(("127.0.0.1", self.port), timeout=timeout)

    def say(self, request: bytes, *, timeout: float = 30.0) -> bytes:
        """Send these bytes over a bare connection and read all that comes until it is closed or
        the time is over."""
        with self.socket(timeout) as connection:
            connection.sendall(request)
            return read_all(connection)

    def web_memory(self) -> int:
        """Bytes the web processes hold together now."""
        pages = 0
        for pid in serving.processes_under(self.pid):
            try:
                words = Path(f"/proc/{pid}/cmdline").read_bytes()
                held = int(Path(f"/proc/{pid}/statm").read_text().split()[1])
            except (OSError, IndexError):
                continue
            pages += held if b"granian" in words else 0
        return pages * os.sysconf("SC_PAGE_SIZE")

    @contextmanager
    def visitors(self, *, reports: bool = True, timeout: float = 60.0) -> Iterator[Waits]:
        """Meanwhile an honest visitor opens the first page and another reports something, one
        request after the other; how long each answer took."""
        waits = Waits()
        over = threading.Event()

        def visit(report: bool) -> None:
            while not over.is_set():
                began = time.monotonic()
                try:
                    browser = self.browser(timeout)
                    answer = browser.report() if report else browser.get("/")
                    if answer.status >= 400:
                        waits.failures.append(str(answer.status))
                    waits.times.append(time.monotonic() - began)
                except (OSError, http.client.HTTPException) as error:
                    waits.times.append(time.monotonic() - began)
                    waits.failures.append(type(error).__name__)
                over.wait(0.1)

        threads = [
            threading.Thread(target=visit, args=(report,))
            for report in ([False, True][: 1 + reports])
        ]
        for thread in threads:
            thread.start()
        try:
            yield waits
        finally:
            over.set()
            for thread in threads:
                thread.join()


def read_all(connection: socket.socket) -> bytes:
    """What comes until the other side closes, resets or falls silent."""
    received = b""
    try:
        while part := connection.recv(65536):
            received += part
    except OSError:
        pass
    return received
