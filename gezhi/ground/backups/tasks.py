"""The timed backup: begun by the worker, made by a program of its own.

Minutes of copying in the worker would keep notices waiting; so it only starts `gezhi backup`, which
takes the lock of the folder: two at once are one.
"""

import subprocess
import sys
import threading
from pathlib import Path

from django.conf import settings
from django_tasks import task

from gezhi.ground.backups import queries, rules
from gezhi.ground.jobs import actions as jobs
from gezhi.kernel import clock

_COMMAND = (sys.executable, "-m", "gezhi.config.entry", "backup")


@task
def watch() -> bool:
    """Begin the backup of the day when its hour has come and none was tried since; each ten minutes.

    One that failed, or was broken off by a restart, is tried again an hour later.
    """
    if settings.GEZHI_BACKUP is None or queries.running() is not None:
        return False
    last = queries.last_timed()
    if last is not None and not rules.is_due(
        last.begun_at, was_good=last.outcome == "good", hour=queries.hour(), now=clock.now()
    ):
        return False
    begin(settings.GEZHI_BACKUP)
    return True


@task
def make() -> None:
    """Begin a backup somebody asked for."""
    if settings.GEZHI_BACKUP is not None:
        begin(settings.GEZHI_BACKUP)


def ask() -> None:
    """Ask for a backup now, in the caller's transaction."""
    jobs.enqueue(make)


def begin(folder: Path) -> None:
    """Start the program that makes it, and let it end by itself."""
    running = subprocess.Popen(
        [*_COMMAND, str(folder), "--timed"],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    threading.Thread(target=running.wait, name="backup", daemon=True).start()
