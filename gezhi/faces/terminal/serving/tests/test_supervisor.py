"""Children are kept running and ended together."""

import os
import signal
import subprocess
import sys
import threading
import time
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from gezhi.faces.terminal.serving.supervisor import Child, Supervisor

# Writes its number to a file and waits; on SIGTERM it says so and leaves.
OBEDIENT = """
import os, signal, sys, time
def leave(*_): open(sys.argv[1], 'a').write('stopped '); sys.exit(0)
signal.signal(signal.SIGTERM, leave)
open(sys.argv[1], 'a').write(f'{os.getpid()} ')
time.sleep(60)
"""
STUBBORN = OBEDIENT.replace("leave)", "signal.SIG_IGN)")


def child(program, file):
    return Child("child", [sys.executable, "-c", program, str(file)])


def until(condition):
    end = time.monotonic() + 20
    while not condition():
        assert time.monotonic() < end, "waited twenty seconds"
        time.sleep(0.01)


def words(file):
    return file.read_text().split() if file.exists() else []


@pytest.fixture
def running():
    """Run a supervisor in a thread; what it keeps is ended with the test."""
    begun = []

    def run(*children, grace=20.0):
        supervisor = Supervisor(children, grace=grace)
        thread = threading.Thread(target=supervisor.run)
        thread.start()
        begun.append((supervisor, thread))
        return supervisor, thread

    yield run
    for supervisor, thread in begun:
        supervisor.stop.ask()
        thread.join(30)


def test_a_killed_child_is_started_again(tmp_path, running):
    running(child(OBEDIENT, tmp_path / "a"))
    until(lambda: len(words(tmp_path / "a")) == 1)
    os.kill(int(words(tmp_path / "a")[0]), signal.SIGKILL)
    until(lambda: len(words(tmp_path / "a")) == 2)


def test_all_are_asked_to_stop_and_waited_for(tmp_path, running):
    supervisor, thread = running(child(OBEDIENT, tmp_path / "a"), child(OBEDIENT, tmp_path / "b"))
    until(lambda: words(tmp_path / "a") and words(tmp_path / "b"))
    supervisor.stop.ask()
    thread.join(20)
    assert words(tmp_path / "a")[1:] == words(tmp_path / "b")[1:] == ["stopped"]


def test_a_child_that_does_not_stop_is_killed(tmp_path, running):
    stubborn = child(STUBBORN, tmp_path / "a")
    supervisor, thread = running(stubborn, grace=0.1)
    until(lambda: words(tmp_path / "a"))
    supervisor.stop.ask()
    thread.join(20)
    assert stubborn.process is not None
    assert stubborn.process.returncode == -signal.SIGKILL


def test_a_child_that_dies_at_once_is_started_less_and_less_often(monkeypatch):
    now = [1000.0]
    monkeypatch.setattr(time, "monotonic", lambda: now[0])
    dying = Child("dying", ["none"])
    starts = []

    def start():
        starts.append(now[0])
        dying.started_at = now[0]
        dying.process = Dead.whose_poll_alone_is_asked()

    monkeypatch.setattr(Child, "start", lambda self: start())
    while now[0] < 1120:
        dying.look()
        now[0] += 0.25
    pauses = [later - earlier for earlier, later in pairwise(starts)]
    assert pauses[:5] == pytest.approx([1, 2, 4, 8, 16], abs=0.6)
    assert all(30 <= pause <= 31 for pause in pauses[5:])


class Dead:
    @classmethod
    def whose_poll_alone_is_asked(cls) -> Any:
        return cls()

    def poll(self):
        return 1


def test_a_child_that_ran_well_comes_back_at_once(monkeypatch):
    now = [1000.0]
    monkeypatch.setattr(time, "monotonic", lambda: now[0])
    child = Child("child", ["none"], pause=16.0, started_at=990.0)
    child.process = Dead.whose_poll_alone_is_asked()
    child.look()
    assert (child.pause, child.start_at) == (0.5, 1000.5)


def test_children_end_when_the_supervisor_is_killed(tmp_path):
    program = (
        "import sys; from gezhi.faces.terminal.serving.supervisor import *; "
        "Supervisor([Child('c', [sys.executable, '-c', sys.argv[1], sys.argv[2]])]).run()"
    )
    supervisor = subprocess.Popen(
        [sys.executable, "-c", program, OBEDIENT, str(tmp_path / "a")], cwd=Path.cwd()
    )
    until(lambda: words(tmp_path / "a"))
    supervisor.kill()
    supervisor.wait()
    until(lambda: words(tmp_path / "a")[1:] == ["stopped"])
