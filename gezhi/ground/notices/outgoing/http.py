"""One request to one host named in the settings, and its answer, within a few seconds or not at all.

No redirect is followed and nothing that a message holds can become part of the host, so that nobody
reaches another machine through it. What goes wrong is told by a code: never by the address, which may
hold a key, nor by what was sent.
"""

import http.client
import socket
import ssl
import threading
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from gezhi.ground.notices.providers import Unavailable

# A provider ends within ten seconds whatever the other side does.
SECONDS = 8.0
# An answer is a line of JSON; whoever sends more has no answer for us.
MOST_BYTES = 64 * 1024


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back."""

    status: int
    body: bytes = field(repr=False)


def send(
    url: str,
    *,
    method: str = "POST",
    headers: Mapping[str, str] | None = None,
    body: bytes = b"",
    seconds: float = SECONDS,
) -> Answer:
    """Send one request and read its whole answer. Raises Unavailable with what happened: `timeout`,
    `unreachable`, `tls` or `half_answer`."""
    parts = urlsplit(url)
    target = f"{parts.path or '/'}{'?' + parts.query if parts.query else ''}"
    connection = _connection(parts.scheme, parts.hostname or "", parts.port, seconds)
    over = threading.Event()

    def end() -> None:
        # A side that sends a byte now and then would never let a socket's own time run out.
        over.set()
        _shut(connection)

    watch = threading.Timer(seconds, end)
    watch.daemon = True
    watch.start()
    try:
        connection.request(method, target, body=body or None, headers=dict(headers or {}))
        answer = connection.getresponse()
        read = answer.read(MOST_BYTES + 1)
        if over.is_set():
            raise Unavailable("timeout")
        if len(read) > MOST_BYTES or (answer.length or 0) > 0:
            raise Unavailable("half_answer")
        return Answer(answer.status, read)
    except (http.client.HTTPException, OSError, ValueError) as error:
        raise Unavailable("timeout" if over.is_set() else _fault(error)) from None
    finally:
        watch.cancel()
        connection.close()


def _connection(
    scheme: str, host: str, port: int | None, seconds: float
) -> http.client.HTTPConnection:
    if scheme == "https":
        return http.client.HTTPSConnection(
            host, port, timeout=seconds, context=ssl.create_default_context()
        )
    return http.client.HTTPConnection(host, port, timeout=seconds)


def _shut(connection: http.client.HTTPConnection) -> None:
    waiting = connection.sock
    if waiting is not None:
        try:
            waiting.shutdown(socket.SHUT_RDWR)
        except OSError:
            return


def _fault(error: Exception) -> str:
    if isinstance(error, TimeoutError):
        return "timeout"
    if isinstance(error, ssl.SSLError):
        return "tls"
    if isinstance(error, ConnectionRefusedError | socket.gaierror):
        return "unreachable"
    if isinstance(error, http.client.HTTPException | ConnectionError):
        return "half_answer"
    return "unreachable"
