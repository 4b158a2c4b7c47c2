"""One million random limits: `due` against a loop that walks day by day.

The walk knows nothing of ranks and sums: it holds one flag a day, goes from day to day and takes
off what each day gives. It is vectorized over all limits at once only so that it ends in seconds.

    python benchmarks/workdays.py [--count 1000000] [--seed 1]

Ends with status 1 and the first differences when any answer is not the same.
"""

import argparse
import csv
import sys
import time
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from gezhi.kernel.workdays import (  # noqa: E402 - the folder above is found first
    OFFICE_HOURS,
    Calendar,
    Hours,
    Limit,
    LimitUnit,
    due,
    elapsed,
    notices_from,
)

Numbers = NDArray[np.int64]

MINUTE, DAY = 60_000_000, 86_400_000_000
ZONE = 8 * 60 * MINUTE
FIRST, LAST = date(2010, 1, 1), date(2032, 12, 31)
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
SHIFTS = [
    OFFICE_HOURS,
    Hours.parse([["08:30", "12:00"], ["13:30", "17:30"]]),
    Hours.parse([["08:30", "11:30"], ["14:00", "17:45"], ["19:00", "21:00"]]),
    Hours.parse([["00:00", "24:00"]]),
]
UNITS = list(LimitUnit)


def table(name: str) -> list[dict[str, str]]:
    with (ROOT / "packs" / "calendar" / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def flags(calendar: Calendar) -> NDArray[np.bool_]:
    """One flag a day from FIRST on: worked or not, from the notices alone."""
    off = {day for notice in calendar.years.values() for day in notice.holidays}
    worked = {day for notice in calendar.years.values() for day in notice.workdays}
    days = [FIRST + timedelta(days=number) for number in range((LAST - FIRST).days + 1)]
    return np.array([day in worked or (day.weekday() < 5 and day not in off) for day in days])


def walk_hours(
    start: Numbers, length: Numbers, hours: Hours, working: NDArray[np.bool_]
) -> Numbers:
    """Ends of limits in open time; times are microseconds since FIRST on the wall clock."""
    answer = np.full(start.shape, -1, dtype=np.int64)
    waiting = np.arange(start.size)
    day, since, remaining = start // DAY, start % DAY, length.copy()
    while waiting.size:
        for opening, closing in hours.spans:
            begin = np.maximum(since[waiting], opening * MINUTE)
            given = np.maximum(0, closing * MINUTE - begin)
            given[~working[day[waiting]]] = 0
            rest = remaining[waiting]
            done = (rest > 0) & (rest <= given)
            ended = waiting[done]
            answer[ended] = day[ended] * DAY + begin[done] + rest[done]
            remaining[waiting] = np.maximum(0, rest - given)
        waiting = waiting[answer[waiting] < 0]
        day[waiting] += 1
        since[waiting] = 0
    return answer


def walk_days(start: Numbers, count: Numbers, hours: Hours, counted: NDArray[np.bool_]) -> Numbers:
    """Ends of limits in days: go on until so many counted days have closed."""
    day, remaining = start // DAY, count.copy()
    waiting = np.arange(start.size)
    while waiting.size:
        day[waiting] += 1
        remaining[waiting] -= counted[day[waiting]]
        waiting = waiting[remaining[waiting] > 0]
    return day * DAY + hours.spans[-1][1] * MINUTE


def naive(
    start: Numbers, value: Numbers, unit: Numbers, shift: Numbers, working: NDArray[np.bool_]
) -> Numbers:
    """All ends by walking, group by group of unit and hours."""
    answer = np.empty_like(start)
    for number, name in enumerate(UNITS):
        for which, hours in enumerate(SHIFTS):
            group = (unit == number) & (shift == which)
            began, size = start[group], value[group]
            if name is LimitUnit.URGENT_HOURS:
                answer[group] = began + size * 60 * MINUTE
            elif name is LimitUnit.WORKING_HOURS:
                answer[group] = walk_hours(began, size * 60 * MINUTE, hours, working)
            elif name is LimitUnit.WORKING_DAYS:
                answer[group] = walk_days(began, size, hours, working)
            else:
                answer[group] = walk_days(began, size, hours, np.ones_like(working))
    return answer


def main() -> int:
    parser = argparse.ArgumentParser(description="one million limits against a naive walk")
    parser.add_argument("--count", type=int, default=1_000_000)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()

    calendar = Calendar(notices_from(table("years.csv"), table("arrangements.csv")))
    working = flags(calendar)
    dice = np.random.default_rng(options.seed)
    count = options.count
    start = dice.integers(0, 18 * 365 * DAY, count)
    unit, shift = dice.integers(0, 4, count), dice.integers(0, len(SHIFTS), count)
    value = dice.integers(1, 91, count)

    began = time.perf_counter()
    expected = naive(start, value, unit, shift, working)
    walked = time.perf_counter() - began

    midnight = datetime.combine(FIRST, datetime.min.time(), UTC) - timedelta(microseconds=ZONE)
    limits = [[Limit(number, name) for number in range(1, 91)] for name in UNITS]
    moments = [midnight + timedelta(microseconds=offset) for offset in start.tolist()]
    chosen = [
        (moment, limits[which][number - 1], SHIFTS[hours])
        for moment, which, number, hours in zip(
            moments, unit.tolist(), value.tolist(), shift.tolist(), strict=True
        )
    ]
    began = time.perf_counter()
    answers = [due(moment, limit, calendar, hours).moment for moment, limit, hours in chosen]
    counted = time.perf_counter() - began

    zero = (midnight - EPOCH) // timedelta(microseconds=1)
    given = np.array([(answer - EPOCH) // timedelta(microseconds=1) for answer in answers]) - zero
    wrong = np.flatnonzero(given != expected)
    back = sum(
        elapsed(moment, answer, limit.unit, calendar, hours) != limit.value
        for (moment, limit, hours), answer in zip(chosen, answers, strict=True)
    )
    print(f"{count:,} limits, seed {options.seed}")
    print(f"naive walk, vectorized {walked:6.1f} s")
    print(f"due                    {counted:6.1f} s  {counted / count * 1e6:5.2f} µs each")
    print(f"due differs from the walk   {wrong.size:,}")
    print(f"elapsed differs from limit  {back:,}")
    for place in wrong[:5].tolist():
        print("  differs:", chosen[place], answers[place], int(expected[place]))
    return 1 if wrong.size or back else 0


if __name__ == "__main__":
    sys.exit(main())
