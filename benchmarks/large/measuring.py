"""Timing visits, and the table of them: one line a page, one column a size."""

import json
import time
from dataclasses import asdict, dataclass
from pathlib import Path

from benchmarks.large.visits import PEOPLE, Person, Visit

TRIES = 20
# A page so slow is not asked for the full number of times.
LONGEST_SECONDS = 10.0
LEAST_TRIES = 3


@dataclass(frozen=True, slots=True)
class Timed:
    """Milliseconds of one visit: the middle of its tries and the slowest but one in twenty."""

    who: str
    name: str
    status: int
    p50: float
    p95: float
    tries: int


def timed(person: Person, visit: Visit, tries: int = TRIES, *, cpu: bool = False) -> Timed:
    """Ask again and again; the first answer, which fills caches of the process, does not count.

    With `cpu` the processor time of this process counts: on SQLite, which works in it, that is what
    a page costs, whatever else the machine is busy with.
    """
    clock = time.process_time if cpu else time.perf_counter
    status = _asked(person, visit)
    spent: list[float] = []
    began = time.perf_counter()
    while len(spent) < tries:
        if len(spent) >= LEAST_TRIES and time.perf_counter() - began > LONGEST_SECONDS:
            break
        at = clock()
        _asked(person, visit)
        spent.append((clock() - at) * 1000)
    spent.sort()
    slow = spent[min(len(spent) - 1, int(len(spent) * 0.95))]
    return Timed(visit.who, visit.name, status, spent[len(spent) // 2], slow, len(spent))


def _asked(person: Person, visit: Visit) -> int:
    if visit.sent is not None:
        response = person.client.post(visit.path, visit.sent)
    else:
        response = person.client.get(visit.path)
    for _part in getattr(response, "streaming_content", ()):
        pass
    return int(response.status_code)


def kept(path: Path, found: list[Timed]) -> None:
    """Write the results of one size beside its database."""
    path.write_text(json.dumps([asdict(one) for one in found], ensure_ascii=False, indent=0))


def read(path: Path) -> list[Timed]:
    """What `kept` wrote."""
    return [Timed(**one) for one in json.loads(path.read_text())]


def table(sizes: dict[int, list[Timed]]) -> str:
    """Every visit with p50 and p95 at each size, the slowest at the largest first."""
    by_size = {size: {(one.who, one.name): one for one in found} for size, found in sizes.items()}
    largest = by_size[max(by_size)]
    lines = [f"{'':58}" + "".join(f"{size:>18,}" for size in by_size) + "   ratio"]
    for key, one in sorted(largest.items(), key=lambda item: -item[1].p95):
        cells = []
        for found in by_size.values():
            at = found.get(key)
            cells.append(f"{at.p50:>8.0f} /{at.p95:>8.0f}" if at else f"{'':>18}")
        smallest = by_size[min(by_size)].get(key)
        ratio = f"{one.p50 / smallest.p50:8.2f}" if smallest and smallest.p50 else ""
        name = f"{PEOPLE[one.who]}: {one.name}"
        odd = "" if one.status in (200, 302) else f"  ({one.status})"
        lines.append(f"{name[:58]:58}{''.join(cells)}{ratio}{odd}")
    return "\n".join(lines)
