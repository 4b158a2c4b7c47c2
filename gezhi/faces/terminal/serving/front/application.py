"""The application granian serves (RSGI): reads, refuses, and hands on to Django's threads."""

import asyncio
import logging
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO
from typing import IO, Any, Protocol

from gezhi.faces.shell.bodies import most_bytes
from gezhi.faces.shell.unread import REFUSED
from gezhi.faces.terminal.serving.front import reading
from gezhi.faces.terminal.serving.front.answering import Answer, Application, Outgoing, ask
from gezhi.faces.terminal.serving.front.environ import Scope, Unclear, environ_of
from gezhi.faces.terminal.serving.front.patience import (
    HEAVY_THREADS,
    IN_MEMORY,
    MOST_HEAVY_WAITING,
    MOST_WAITING,
    Room,
)

logger = logging.getLogger("gezhi.serve")
# A chunked body has no announced length, so one that broke off looks complete. JSON shows it by
# itself; a form would be taken as if its end were meant.
_SHOWS_ITS_END = "application/json"
_BUSY = (
    "<!doctype html><meta charset=utf-8><title>503</title>"
    "<p>现在同时打开的人太多，请过一分钟再试；您填的内容还在上一页。"
    "<p lang=en>Too many people at this moment. Please try again in a minute; "
    "what you wrote is still on the page before."
)


class Exchange(reading.Incoming, Outgoing, Protocol):
    """One request and its answer, as granian gives it."""


class Refused(Exception):
    """The body is not read; `reason` is one of those `gezhi.faces.shell.unread` can say."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class Front:
    """Serves a WSGI application with so many threads; one for each process."""

    def __init__(self, application: Application, *, threads: int) -> None:
        self._application = application
        self._quick = _Threads(threads, MOST_WAITING, "web")
        # Photos and workbooks keep their threads busy for seconds; pages do not wait behind them.
        self._heavy = _Threads(HEAVY_THREADS, MOST_HEAVY_WAITING, "heavy")
        self._room = Room()

    async def __rsgi__(self, scope: Scope, exchange: Exchange) -> None:
        """Answer one request. Never raises for anything a sender can do."""
        try:
            environ = environ_of(scope)
        except Unclear:
            _bare(400).send(exchange, close=True)
            return
        if not has_body(environ):
            environ["wsgi.input"] = BytesIO()
            (await self._answer(environ)).send(exchange)
            return
        address = environ["REMOTE_ADDR"]
        if not self._room.take(address):
            _busy().send(exchange, close=True)
            return
        try:
            await self._with_body(environ, exchange)
        finally:
            self._room.give_back(address)

    async def _with_body(self, environ: dict[str, Any], exchange: Exchange) -> None:
        body = reading.Body(exchange)
        try:
            held, length = await self._whole(environ, body)
        except Refused as refusal:
            environ.pop("CONTENT_LENGTH", None)
            environ |= {REFUSED: refusal.reason, "wsgi.input": BytesIO()}
            (await self._answer(environ)).send(exchange, close=True)
            if refusal.reason != "too_slow":
                await body.drain()
        except reading.NoRoom:
            _busy().send(exchange, close=True)
        except reading.BrokenOff:
            # Nobody is there any more; the server wants an answer all the same.
            _bare(400).send(exchange, close=True)
        else:
            environ |= {"wsgi.input": held, "CONTENT_LENGTH": str(length)}
            try:
                (await self._answer(environ, heavy=length > IN_MEMORY)).send(exchange)
            finally:
                held.close()
                self._room.held -= length

    async def _whole(self, environ: dict[str, Any], body: reading.Body) -> tuple[IO[bytes], int]:
        """The whole body; raises Refused before the first byte of one that is announced too large."""
        announced = announced_length(environ)
        if announced is None and environ.get("CONTENT_TYPE", "").split(";")[0] != _SHOWS_ITS_END:
            raise Refused("length_required")
        most = most_bytes(environ["PATH_INFO"])
        if announced is not None and announced > most:
            raise Refused("too_large")
        try:
            return await body.read(announced=announced, most=most, room=self._room)
        except reading.TooLarge:
            raise Refused("too_large") from None
        except reading.TooSlow:
            raise Refused("too_slow") from None

    async def _answer(self, environ: dict[str, Any], *, heavy: bool = False) -> Answer:
        threads = self._heavy if heavy else self._quick
        try:
            return await threads.run(ask, self._application, environ)
        except Crowded:
            return _busy()
        except Exception:
            # Django answers its own faults; this is one of ours, or of a broken installation.
            logger.exception("a request was not answered")
            return _bare(500)


class Crowded(Exception):
    """So many wait for a thread that one more would not be answered in time."""


class _Threads:
    """Some threads, and those who wait for one."""

    def __init__(self, number: int, most_waiting: int, name: str) -> None:
        self._pool = ThreadPoolExecutor(number, thread_name_prefix=name)
        self._most = number + most_waiting
        self._inside = 0

    async def run(self, what: Callable[..., Answer], *given: Any) -> Answer:
        """Do it in a thread; raises Crowded at once when too many wait already."""
        if self._inside >= self._most:
            raise Crowded
        self._inside += 1
        try:
            return await asyncio.get_running_loop().run_in_executor(self._pool, what, *given)
        finally:
            self._inside -= 1


def has_body(environ: dict[str, Any]) -> bool:
    """Whether anything follows the head."""
    return "HTTP_TRANSFER_ENCODING" in environ or environ.get("CONTENT_LENGTH", "0") != "0"


def announced_length(environ: dict[str, Any]) -> int | None:
    """The Content-Length; None when the body is chunked."""
    if "HTTP_TRANSFER_ENCODING" in environ:
        return None
    return int(environ["CONTENT_LENGTH"])


def _bare(status: int) -> Answer:
    """An answer nobody is expected to read."""
    return Answer(status, [("content-type", "text/plain; charset=utf-8")], str(status).encode())


def _busy() -> Answer:
    headers = [
        ("content-type", "text/html; charset=utf-8"),
        ("retry-after", "60"),
        ("cache-control", "no-store"),
        ("content-security-policy", "default-src 'none'"),
    ]
    return Answer(503, headers, _BUSY.encode())
