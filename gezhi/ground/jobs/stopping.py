"""A stop that a signal may ask for at any moment, and waiting that notices it at once."""

import os
import select
import signal
from types import FrameType


class Stop:
    """Set by `ask` or by a signal; `wait` sleeps on a pipe, which a signal handler may write to.

    An Event would do but for one thing: its lock may be held by the very thread the signal stops.
    """

    def __init__(self) -> None:
        self._reader, self._writer = os.pipe()
        os.set_blocking(self._writer, False)
        self._asked = False

    @property
    def asked(self) -> bool:
        """Whether somebody asked to stop."""
        return self._asked

    def ask(self, number: int = 0, frame: FrameType | None = None) -> None:
        """Stop as soon as what runs now is finished; also usable as a signal handler."""
        self._asked = True
        os.write(self._writer, b".")

    def on_signals(self) -> None:
        """Let SIGTERM and SIGINT ask; main thread only."""
        signal.signal(signal.SIGTERM, self.ask)
        signal.signal(signal.SIGINT, self.ask)

    def wait(self, seconds: float) -> bool:
        """Sleep so long, or until asked; answers whether it was asked."""
        if not self._asked:
            select.select([self._reader], [], [], seconds)
        return self._asked
