"""The hand of `benchmarks.crash` in a web process, which dies of it at the moments that matter.

Settings of the harness (`dying_settings`, `careless_settings`) set this middleware around all
others; the product knows nothing of it. Until the moment the harness names (`begin`) one report in
six seconds is chosen: its process is killed right after one of its commits, so between that and
whatever was to be written next, or when everything is stored and nothing is answered yet. Which
one, chance says; a process that has just come up answers ten people first, so that work goes on.
"""

import fcntl
import os
import random
import signal
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db.backends.signals import connection_created
from django.http import HttpRequest, HttpResponse

EVERY = 6.0
ANSWERED_FIRST = 10
AFTER_COMMIT, BEFORE_ANSWER = "after a commit", "before the answer"
# In the home of the installation: until when, when the last one died, and what of.
UNTIL, TURN, DEATHS = "dying.until", "dying.turn", "dying.deaths"


class _Moment(threading.local):
    """How many commits the request of this thread made, and after which of them it dies."""

    commits = 0
    dies_after = 0


_moment = _Moment()


class Dying:
    """The outermost middleware of a web process under `benchmarks.crash`."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        # As the last report made them: among so many commits the next to die of is drawn.
        self.usual = 1
        self.answered = 0
        connection_created.connect(_watch)

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method != "POST":
            return self.get_response(request)
        if self.answered < ANSWERED_FIRST or not _takes_turn():
            _moment.commits = _moment.dies_after = 0
            response = self.get_response(request)
            self.usual = _moment.commits or self.usual
            self.answered += 1
            return response
        _moment.commits = 0
        _moment.dies_after = random.choice((0, random.randint(1, self.usual)))
        response = self.get_response(request)
        # Refused reports end here as well: nothing is answered to whoever was chosen.
        _die(BEFORE_ANSWER)
        return response


def _watch(connection: Any, **_named: Any) -> None:
    """Look at every commit of a connection, the first time it opens."""
    if getattr(connection, "is_watched", False):
        return
    commit = connection._commit

    def watched() -> None:
        commit()
        _moment.commits += 1
        if _moment.commits == _moment.dies_after:
            _die(AFTER_COMMIT)

    connection._commit, connection.is_watched = watched, True


def _takes_turn() -> bool:
    """Whether this process is to die now: of all that share the home one every six seconds."""
    home = Path(settings.GEZHI_HOME)
    if not (home / UNTIL).exists() or time.time() > float((home / UNTIL).read_text()):
        return False
    with (home / TURN).open("a+") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        file.seek(0)
        if time.time() - float(file.read() or 0) < EVERY:
            return False
        file.truncate(0)
        file.write(str(time.time()))
        return True


def _die(of_what: str) -> None:
    with (Path(settings.GEZHI_HOME) / DEATHS).open("a") as file:
        file.write(f"{of_what}\n")
    os.kill(os.getpid(), signal.SIGKILL)


def begin(home: Path, seconds: float) -> None:
    """From now on, for so long, web processes of this installation die."""
    (home / UNTIL).write_text(str(time.time() + seconds))


def deaths(home: Path) -> dict[str, int]:
    """How many processes of an installation died of what."""
    try:
        lines = (home / DEATHS).read_text().splitlines()
    except FileNotFoundError:
        return {}
    return {what: lines.count(what) for what in (AFTER_COMMIT, BEFORE_ANSWER)}
