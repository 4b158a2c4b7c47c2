"""Keeps child processes running: starts them, starts them again, and ends them all together."""

import ctypes
import logging
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from gezhi.ground.jobs.stopping import Stop

logger = logging.getLogger("gezhi.serve")
SHORTEST_PAUSE = 0.5
LONGEST_PAUSE = 30.0
STEADY_SECONDS = 5.0
_SET_PDEATHSIG = 1
# Looked up here: between fork and exec only the call itself may happen.
_prctl = ctypes.CDLL(None).prctl if sys.platform == "linux" else None


@dataclass(slots=True)
class Child:
    """One program that should always run. Its output goes where ours goes."""

    name: str
    command: Sequence[str]
    process: subprocess.Popen[bytes] | None = None
    started_at: float = 0.0
    start_at: float = 0.0
    pause: float = field(default=SHORTEST_PAUSE)

    def start(self) -> None:
        """Run it in a session of its own, so that Ctrl-C reaches the supervisor alone."""
        self.started_at = time.monotonic()
        # The command is made of our own words and checked numbers; no shell is involved.
        self.process = subprocess.Popen(  # noqa: S603 - see above
            list(self.command), start_new_session=True, preexec_fn=_end_with_parent
        )

    def look(self) -> None:
        """Start it when it is time; note when it died, and how long to wait then.

        A child that ran for five seconds comes back after half a second; one that dies at once
        waits twice as long each time, up to half a minute.
        """
        if self.process is None:
            if time.monotonic() >= self.start_at:
                self.start()
            return
        status = self.process.poll()
        if status is None:
            return
        steady = time.monotonic() - self.started_at >= STEADY_SECONDS
        self.pause = SHORTEST_PAUSE if steady else min(self.pause * 2, LONGEST_PAUSE)
        self.start_at = time.monotonic() + self.pause
        self.process = None
        logger.warning("%s ended with status %s; again in %.1f s", self.name, status, self.pause)

    def ask_to_renew(self) -> None:
        """SIGHUP: granian then replaces its processes one by one, and the new ones read the
        certificate again; nobody is cut off."""
        if self.process is not None and self.process.poll() is None:
            self.process.send_signal(signal.SIGHUP)

    def ask_to_stop(self) -> None:
        """SIGTERM to the program itself: it tells its own children."""
        if self.process is not None and self.process.poll() is None:
            self.process.terminate()

    def wait_or_kill(self, until: float) -> None:
        """Wait for its end; past the moment kill it with everything it started."""
        if self.process is None:
            return
        try:
            self.process.wait(max(0.0, until - time.monotonic()))
        except subprocess.TimeoutExpired:
            logger.warning("%s did not stop in time and is killed", self.name)
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()


class Supervisor:
    """Runs children until it is asked to stop."""

    def __init__(
        self,
        children: Sequence[Child],
        *,
        grace: float = 30.0,
        each_look: Callable[[], None] = lambda: None,
    ) -> None:
        """`grace`: seconds the children have to finish what they do after SIGTERM. `each_look` is
        called five times a second; the supervisor has no thread beside it, since it forks."""
        self.stop = Stop()
        self._children = children
        self._grace = grace
        self._each_look = each_look

    def run(self) -> None:
        """Keep them running; after SIGTERM, SIGINT or `stop.ask()` end them all and return."""
        try:
            while not self.stop.asked:
                for child in self._children:
                    child.look()
                self._each_look()
                self.stop.wait(0.2)
        finally:
            self._end()

    def _end(self) -> None:
        for child in self._children:
            child.ask_to_stop()
        until = time.monotonic() + self._grace
        for child in self._children:
            child.wait_or_kill(until)


def _end_with_parent() -> None:
    """In the new child: have the kernel send SIGTERM when the supervisor dies, however it dies."""
    if _prctl is not None:
        _prctl(_SET_PDEATHSIG, signal.SIGTERM)
