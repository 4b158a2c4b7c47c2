"""A small load generator: plain sockets, keep-alive, one thread a connection."""

import http.client
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field


@dataclass
class Measured:
    """Answer times in seconds and what was answered."""

    seconds: float
    times: list[float] = field(default_factory=list)
    statuses: dict[int, int] = field(default_factory=dict)
    errors: int = 0

    @property
    def done(self) -> int:
        return len(self.times)

    @property
    def rate(self) -> float:
        return self.done / self.seconds

    def percentile(self, share: float) -> float:
        """Milliseconds below which this share of the answers lies."""
        ordered = sorted(self.times)
        return 1000 * ordered[min(len(ordered) - 1, int(share * len(ordered)))]


@dataclass(frozen=True)
class Request:
    """One request to send."""

    method: str
    path: str
    body: bytes
    headers: dict[str, str]


def run(
    *, host: str, port: int, make: Callable[[int], Request], connections: int, seconds: float
) -> Measured:
    """Send requests as fast as answers come over so many connections for so long."""
    measured = Measured(seconds)
    lock = threading.Lock()
    end = time.monotonic() + seconds

    def work(which: int) -> None:
        times: list[float] = []
        statuses: dict[int, int] = {}
        errors = 0
        connection = http.client.HTTPConnection(host, port, timeout=30)
        while time.monotonic() < end:
            request = make(which)
            began = time.perf_counter()
            try:
                connection.request(request.method, request.path, request.body, request.headers)
                response = connection.getresponse()
                response.read()
            except (OSError, http.client.HTTPException):
                errors += 1
                connection.close()
                continue
            times.append(time.perf_counter() - began)
            statuses[response.status] = statuses.get(response.status, 0) + 1
        connection.close()
        with lock:
            measured.times += times
            measured.errors += errors
            for status, number in statuses.items():
                measured.statuses[status] = measured.statuses.get(status, 0) + number

    threads = [threading.Thread(target=work, args=(which,)) for which in range(connections)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return measured
