"""A hundred thousand cases: how long an answer, an addition and a removal take, what it weighs."""

import resource
import time
import tracemalloc
from collections.abc import Callable
from functools import partial

import numpy as np

from benchmarks.resemble.data import Timed
from gezhi.methods.resemble import ComparedCase, Index, fingerprint
from gezhi.methods.resemble.fingerprinting import KEY, MOST, VERSION, read

COUNT = 100_000


def mixed(messages: list[Timed], count: int, seed: int = 0) -> list[ComparedCase]:
    """As many new cases: half the pairs of each of two messages, with place and class.

    Mixed as fingerprints, of the length of real ones, as making 100,000 texts takes longer than
    all that is measured.
    """
    chance = np.random.default_rng(seed)
    held = [read(fingerprint(one.text)) for one in messages]
    chosen = chance.integers(0, len(held), (count, 2))
    places = chance.integers(0, 400, count)
    made = []
    for number, (one, other) in enumerate(chosen.tolist()):
        parts = [part[chance.random(len(part)) < 0.5] for part in (held[one], held[other])]
        joined = np.unique(np.concatenate(parts) & KEY).astype("<u4")[:MOST]
        place = int(places[number])
        made.append(
            ComparedCase(
                number,
                VERSION + joined.tobytes(),
                moment=30.0 * chance.random(),
                longitude=104.0 + place % 20 * 0.005 + 0.002 * chance.random(),
                latitude=30.6 + place // 20 * 0.005 + 0.002 * chance.random(),
                compound_id=place,
                class_code=str(number % 60),
            )
        )
    return made


def report(messages: list[Timed]) -> list[str]:
    """Rows of a Markdown table; process time, one core."""
    cases = mixed(messages, COUNT + 300)
    tracemalloc.start()
    index = Index()
    index.add(cases[:COUNT])
    weight, peak = (size / 1e6 for size in tracemalloc.get_traced_memory())
    tracemalloc.stop()
    asking = [_timed(partial(index.nearest, one)) for one in cases[COUNT:]]
    adding = [_timed(partial(index.add, [one])) for one in cases[COUNT:]]
    removing = [_timed(partial(index.remove, [one.id])) for one in cases[COUNT:]]
    whole = _timed(partial(Index().add, cases[:20_000])) / 20_000
    making = [_timed(partial(fingerprint, one.text)) for one in messages[:300]]
    resident = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    rows = ["| over 100,000 cases, ms | p50 | p95 | p99 | most |", "|---|---|---|---|---|"]
    for name, spent in (
        ("nearest", asking),
        ("add one", adding),
        ("remove one", removing),
        ("fingerprint of a message", making),
    ):
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
