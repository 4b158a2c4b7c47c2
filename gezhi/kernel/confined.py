"""A program that looks at a stranger's bytes: on its own, with little to spend and nothing to take.

Decoders are where hostile files bite. They run in a fresh interpreter without environment, keys,
settings or handles of ours, at a lower priority, forbidden to write files, within hard limits of
memory, processor time, length of the answer and time on the wall. What dies of its limits has given no answer.
"""

import logging
import os
import subprocess
import sys
import tempfile
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

logger = logging.getLogger("gezhi.confined")

# Sets the limits before the program, or anything it needs, is read.
_BOOT = """
import os, resource, runpy, sys
memory, cpu, program = int(sys.argv[1]), int(sys.argv[2]), sys.argv[3]
os.nice(5)
resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
resource.setrlimit(resource.RLIMIT_CPU, (cpu, cpu))
resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
sys.argv = sys.argv[3:]
runpy.run_path(program, run_name="__main__")
"""
# How many run at once for one process: so much memory times their limit may be in use.
_turns = threading.BoundedSemaphore(2)


@dataclass(frozen=True, slots=True)
class Limits:
    """What a program may use: bytes of memory and of answer, seconds of processor and wall."""

    memory_bytes: int = 1 << 30
    cpu_seconds: int = 20
    answer_bytes: int = 32 << 20
    seconds: float = 30


def run(
    program: Path, given: bytes, *, limits: Limits, arguments: Sequence[str] = ()
) -> bytes | None:
    """What the program wrote to standard output after reading `given`; None when it died.

    The program imports nothing of Gezhi, so that no setting or secret is within reach of a decoder
    that has been fooled; `arguments` are our own words. No shell. Two run at a time, others wait.
    """
    numbers = (str(limits.memory_bytes), str(limits.cpu_seconds))
    # Isolated (-I), by path: works under any server and inherits no thread, environment or handle.
    command = [sys.executable, "-I", "-c", _BOOT, *numbers, str(program), *arguments]
    with _turns, tempfile.TemporaryFile() as source:
        source.write(given)
        source.seek(0)
        child = subprocess.Popen(  # noqa: S603 — our own interpreter and words
            command,
            stdin=source,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={},
            cwd="/",
        )
        alarm = threading.Timer(limits.seconds, child.kill)
        alarm.start()
        try:
            return _answer(child, limits, program.stem)
        finally:
            alarm.cancel()
            child.kill()
            child.wait()


def _answer(child: "subprocess.Popen[bytes]", limits: Limits, name: str) -> bytes | None:
    with child.stdout or open(os.devnull, "rb") as out:
        answer = out.read(limits.answer_bytes + 1)
    if len(answer) > limits.answer_bytes:
        logger.warning("%s answered more than it may and was ended", name)
        return None
    if status := child.wait():
        logger.warning("%s ended with status %d", name, status)
        return None
    return answer
