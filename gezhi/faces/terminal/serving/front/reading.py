"""Reading a body: counted, timed, and held in memory or in a file that has no name."""

import asyncio
import tempfile
import time
from collections.abc import AsyncIterator
from io import BytesIO
from typing import IO, Protocol

from gezhi.faces.terminal.serving.front.patience import (
    DRAIN_BYTES,
    DRAIN_SECONDS,
    IN_MEMORY,
    Pace,
    Room,
)


class Incoming(Protocol):
    """Granian's side of a request whose body may be read piece by piece."""

    def __aiter__(self) -> AsyncIterator[bytes]: ...


class TooSlow(Exception):
    """Its time was over before the body was complete."""


class TooLarge(Exception):
    """More came than the view at this address reads."""


class BrokenOff(Exception):
    """The sender went away before all was sent that had been announced."""


class NoRoom(Exception):
    """So much is held already that nothing more can be."""


class Body:
    """One request's body. Granian hands it out once, so that reading and draining share it."""

    def __init__(self, incoming: Incoming) -> None:
        self._incoming = incoming
        self._pieces: AsyncIterator[bytes] | None = None

    async def read(self, *, announced: int | None, most: int, room: Room) -> tuple[IO[bytes], int]:
        """All of it and its length; `room.held` grows by that length.

        `announced` is its Content-Length, None for a body that is not announced. Raises TooLarge,
        TooSlow, BrokenOff and NoRoom; what was held is let go then.
        """
        pace = Pace(time.monotonic())
        held: IO[bytes] = BytesIO() if _is_small(announced) else _spool()
        try:
            await self._fill(held, announced, most, room, pace)
        except BaseException:
            room.held -= pace.received
            held.close()
            raise
        held.seek(0)
        return held, pace.received

    async def _fill(
        self, held: IO[bytes], announced: int | None, most: int, room: Room, pace: Pace
    ) -> None:
        while announced is None or pace.received < announced:
            piece = await self._next(pace)
            if not piece:
                break
            pace.received += len(piece)
            room.held += len(piece)
            if pace.received > most:
                raise TooLarge
            if not room.fits():
                raise NoRoom
            held.write(piece)
        if announced is not None and pace.received != announced:
            raise BrokenOff

    async def drain(self) -> None:
        """Read on and throw away, for a while: a sender who is still sending would otherwise meet
        a closed door and never see the answer that was already given."""
        left = DRAIN_BYTES
        try:
            async with asyncio.timeout(DRAIN_SECONDS):
                while left > 0:
                    left -= len(await self._begun().__anext__())
        except (TimeoutError, StopAsyncIteration):
            return

    def _begun(self) -> AsyncIterator[bytes]:
        if self._pieces is None:
            self._pieces = self._incoming.__aiter__()
        return self._pieces

    async def _next(self, pace: Pace) -> bytes | None:
        """The next bytes, None at the end."""
        now = time.monotonic()
        try:
            async with asyncio.timeout(pace.until(now) - now):
                return await self._begun().__anext__()
        except StopAsyncIteration:
            return None
        except TimeoutError:
            raise TooSlow from None


def _is_small(announced: int | None) -> bool:
    return announced is not None and announced <= IN_MEMORY


def _spool() -> IO[bytes]:
    """In memory as long as it is small, then a file only its owner can read, without a name."""
    return tempfile.SpooledTemporaryFile(IN_MEMORY)
