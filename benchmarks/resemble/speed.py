"""A hundred thousand matters: how long an answer, an addition and a removal take, what it weighs."""

import random
import re
import resource
import time
import tracemalloc
from collections.abc import Callable
from functools import partial

import numpy as np

from benchmarks.resemble.data import Timed
from gezhi.methods.resemble import Index, Matter, fingerprint

COUNT = 100_000
_CLAUSE = re.compile(r"[^。！？；!?;\n]+[。！？；!?;\n]*")


def mixed(messages: list[Timed], count: int, seed: int = 0) -> list[Matter]:
    """As many new matters: sentences of two messages mixed, with place, compound and class."""
    chance = random.Random(seed)
    clauses = [_CLAUSE.findall(one.detail) or [one.detail] for one in messages]
    made = []
    for number in range(count):
        one, other = chance.randrange(len(messages)), chance.randrange(len(messages))
        both = [part for at in (one, other) for part in clauses[at] if chance.random() < 0.5]
        text = f"{messages[one].subject}\n{''.join(both)}"
        place = chance.randrange(400)
        made.append(
            Matter(
                number,
                fingerprint(text),
                moment=30.0 * chance.random(),
                longitude=104.0 + place % 20 * 0.005 + chance.random() * 0.002,
                latitude=30.6 + place // 20 * 0.005 + chance.random() * 0.002,
                compound_id=place,
                class_code=str(chance.randrange(60)),
            )
        )
    return made


def report(messages: list[Timed]) -> list[str]:
    """Rows of a Markdown table; process time, one core."""
    matters = mixed(messages, COUNT + 300)
    tracemalloc.start()
    index = Index()
    index.add(matters[:COUNT])
    weight, peak = (size / 1e6 for size in tracemalloc.get_traced_memory())
    tracemalloc.stop()
    asking = [_timed(partial(index.nearest, one)) for one in matters[COUNT:]]
    adding = [_timed(partial(index.add, [one])) for one in matters[COUNT:]]
    removing = [_timed(partial(index.remove, [one.id])) for one in matters[COUNT:]]
    again = Index()
    whole = _timed(lambda: again.add(matters[:20_000])) / 20_000
    resident = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    rows = ["| over 100,000 matters, ms | p50 | p95 | p99 | most |", "|---|---|---|---|---|"]
    for name, spent in (("nearest", asking), ("add one", adding), ("remove one", removing)):
        marks = "".join(f" {value:.2f} |" for value in np.percentile(spent, [50, 95, 99, 100]))
        rows.append(f"| {name} |{marks}")
    rows.append("")
    rows.append(
        f"Adding in bulk {whole:.3f} ms each; the index weighs {weight:.0f} MB (peak {peak:.0f} MB"
        f" while adding; the whole process of the benchmark {resident:.0f} MB)."
    )
    return rows


def _timed(deed: Callable[[], object]) -> float:
    began = time.process_time()
    deed()
    return (time.process_time() - began) * 1000.0
