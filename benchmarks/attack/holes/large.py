"""Bodies far larger than anything that could be meant."""

import contextlib
import http.client
import os
import time
from collections.abc import Iterator
from pathlib import Path

from benchmarks import serving
from benchmarks.attack.stand import Finding, Stand

NAME = "large"
DOES = "announces 300 MB, sends 300 MB as a form and in chunks, five at once"
RIGHT = "413 before anything is stored; nothing of it on disk; others are answered within 2 s"

_BYTES = 300_000_000
_FORM = {"Content-Type": "multipart/form-data; boundary=b"}


def attack(stand: Stand) -> Iterator[Finding]:
    """By announcement, by sending, and in chunks."""
    for path in ("/", "/login/", "/api/v1/reports", "/desk/sheets/staff/"):
        head = f"POST {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: {_BYTES}\r\n\r\n"
        began = time.monotonic()
        with stand.socket() as connection:
            connection.sendall(head.encode())
            status = connection.recv(12)[9:12].decode()
        held = status == "413" and time.monotonic() - began < 2
        yield Finding(f"announced to {path}", f"{status} at once", held)
    for kind in ("as a form", "in chunks"):
        with stand.visitors() as waits:
            written = _written(stand)
            statuses = [_send(stand, chunked=kind == "in chunks") for _ in range(5)]
            written = _written(stand) - written
        refused = all(status in (411, 413, 0) for status in statuses)
        yield Finding(
            f"sent {kind}",
            f"{statuses}, {written / 1e6:.0f} MB to disk",
            refused and written < 50e6,
        )
        yield Finding(f"sent {kind}: others", str(waits), waits.longest < 2 and not waits.failures)


def _send(stand: Stand, *, chunked: bool) -> int:
    """The status; 0 when the server closed the door while it was still coming."""
    connection = http.client.HTTPConnection("127.0.0.1", stand.port, timeout=60)
    pieces = (b"x" * 1_000_000 for _ in range(_BYTES // 1_000_000))
    headers = (
        {"Content-Type": "application/json"} if chunked else _FORM | {"Content-Length": str(_BYTES)}
    )
    with contextlib.closing(connection):
        path = "/api/v1/reports" if chunked else "/"
        try:
            connection.request("POST", path, pieces, headers, encode_chunked=chunked)
            return connection.getresponse().status
        except (OSError, http.client.HTTPException):
            return 0


def _written(stand: Stand) -> int:
    """Bytes its processes have caused to be written so far."""
    total = 0
    for pid in serving.processes_under(stand.pid):
        with contextlib.suppress(OSError):
            lines = Path(f"/proc/{pid}/io").read_text().split("\n")
            total += sum(int(line.split()[1]) for line in lines if line.startswith("write_bytes"))
    os.sync()
    return total
