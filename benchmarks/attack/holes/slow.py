"""Slow senders: connections that never finish what they began."""

import contextlib
import socket
import threading
import time
from collections.abc import Iterator

from benchmarks.attack.stand import Finding, Stand

NAME = "slow"
DOES = (
    "opens 6, 50 and 200 connections that send headers or a body at one byte a second, or nothing"
)
RIGHT = (
    "other visitors are answered within 2 s all the while; the slow ones are ended by the server"
)

_HEAD = (
    b"POST /api/v1/reports HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n"
    b"Idempotency-Key: 0123456789abcdef\r\n"
)
_KINDS = {
    "headers a byte a second": _HEAD[:20],
    "body a byte a second": _HEAD + b'Content-Length: 100000\r\n\r\n{"text": ',
    "body that stops": _HEAD + b'Content-Length: 100000\r\n\r\n{"text": ',
    "chunked body a byte a second": _HEAD + b"Transfer-Encoding: chunked\r\n\r\n",
}
_LOOK_SECONDS = 4
# What a slow sender may take before the server ends it (HEAD_SECONDS and GRACE).
_ENDED_WITHIN = 45


def attack(stand: Stand) -> Iterator[Finding]:
    """Each kind with 6, 50 and 200 connections; then how long one lives."""
    for kind, begin in _KINDS.items():
        for number in (6, 50, 200):
            with _slow(stand, number, begin, kind), stand.visitors() as waits:
                time.sleep(_LOOK_SECONDS)
            held = waits.longest < 2 and not waits.failures
            yield Finding(f"{number} × {kind}", str(waits), held)
    for kind, begin in _KINDS.items():
        seconds = _lives(stand, begin, kind)
        yield Finding(f"life of one: {kind}", f"{seconds:.0f} s", seconds < _ENDED_WITHIN)


@contextlib.contextmanager
def _slow(stand: Stand, number: int, begin: bytes, kind: str) -> Iterator[None]:
    """So many connections that begin like this and then dribble, until the block ends."""
    over = threading.Event()
    connections = [stand.socket() for _ in range(number)]
    for connection in connections:
        connection.sendall(begin)

    def dribble() -> None:
        while not over.wait(1):
            for connection in connections:
                with contextlib.suppress(OSError):
                    connection.send(_next(kind))

    thread = threading.Thread(target=dribble)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()
        for connection in connections:
            connection.close()


def _next(kind: str) -> bytes:
    if "stops" in kind:
        return b""
    return b"1\r\nx\r\n" if "chunked" in kind else b"x"


def _lives(stand: Stand, begin: bytes, kind: str) -> float:
    """Seconds until the server answers or closes."""
    began = time.monotonic()
    with stand.socket(timeout=1) as connection:
        connection.sendall(begin)
        while time.monotonic() - began < 2 * _ENDED_WITHIN:
            try:
                if not connection.recv(100):
                    break
                return time.monotonic() - began
            except TimeoutError:
                pass
            except OSError:
                break
            with contextlib.suppress(OSError, socket.timeout):
                connection.send(_next(kind))
    return time.monotonic() - began
