"""Time for one question over many sources, on one core.

Sources are halves of different real pairs put together: true words and lengths, none twice.
"""

import random
import resource
import time
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from benchmarks.answer.replies import Pair
from gezhi.methods.answer import Shelf, Source, draft, findings_of


@dataclass(frozen=True, slots=True)
class Speed:
    """Seconds and megabytes of a shelf, and milliseconds (median, p95) of the deeds."""

    sources: int
    build: float
    memory: int
    ask: tuple[float, float]
    ask_cpu: tuple[float, float]
    draft: tuple[float, float]
    findings_of: tuple[float, float]


def _mixed(pairs: Sequence[Pair], number: int, draw: random.Random) -> Source:
    one, two, three = (draw.choice(pairs) for _ in range(3))
    question = one.message[: len(one.message) // 2] + two.message[len(two.message) // 2 :]
    answer = two.answer[: len(two.answer) // 2] + three.answer[len(three.answer) // 2 :]
    return Source(
        number, question, answer, f"{draw.randrange(20):02d}", moment=float(number % 3000)
    )


def _spread(values: Sequence[float]) -> tuple[float, float]:
    middle, high = np.percentile(np.array(values) * 1000.0, [50, 95]).tolist()
    return middle, high


def measured(pairs: Sequence[Pair], sources: int, questions: int = 300) -> Speed:
    """Build a shelf of `sources` and ask it `questions` real messages."""
    draw = random.Random(11)
    mixed = [_mixed(pairs, number, draw) for number in range(sources)]
    began = time.process_time()
    shelf = Shelf(mixed)
    build = time.process_time() - began
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    wall: list[float] = []
    cpu: list[float] = []
    drafting: list[float] = []
    checking: list[float] = []
    for pair in draw.sample(list(pairs), questions):
        begun, used = time.perf_counter(), time.process_time()
        found = shelf.like(pair.message)
        wall.append(time.perf_counter() - begun)
        cpu.append(time.process_time() - used)
        begun = time.perf_counter()
        draft(pair.message, found)
        drafting.append(time.perf_counter() - begun)
        begun = time.perf_counter()
        findings_of(pair.message, pair.answer)
        checking.append(time.perf_counter() - begun)
    return Speed(
        sources, build, memory, _spread(wall), _spread(cpu), _spread(drafting), _spread(checking)
    )
