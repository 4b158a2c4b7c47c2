"""What is known of a request at the moment of its opening, by place, time and type.

Nothing later is looked at: neither its own closing, nor requests opened after it, nor how earlier
ones were closed if that came after (`tests/test_no_later.py` moves the clock to prove it).
"""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from gezhi.methods.resemble.wordless.history import Floats, History
from gezhi.methods.resemble.wordless.rates import overall, past_rates

_FAR, _LONG = 1e5, 999.0  # no such neighbor: farther, and longer ago, than any
_RADII = (30.0, 100.0, 250.0, 600.0, 1500.0)
_MOST = 4000  # earlier requests of the type that are looked at

NAMES: tuple[str, ...] = (
    "meters to the nearest open",
    "age of the nearest open",
    "meters to the nearest closed",
    "open at the address",
    "youngest at the address",
    "at the address in 30 days",
    "open in the street",
    "youngest open in the street",
    "meters to the nearest open in the street",
    "duplicates in the street in 60 days",
    "of the type in 6 hours",
    "of the type in a day",
    "of the type in a week",
    "open of the type",
    *(
        f"{what} within {int(meters)} m"
        for meters in _RADII
        for what in ("open", "of a day", "of a week", "of 30 days", "duplicates of 60 days")
    ),
    "any within 30 m in a week",
    "any open within 30 m",
    "any in 6 hours",
    "hour",
    "weekday",
    "level",
    "rate of the type",
    "rate of the level",
    "rate of type and level",
    "rate of the street",
    "rate of street and type",
)


def describe(history: History, progress: Callable[[str], None] | None = None) -> Floats:
    """A row of `NAMES` for each request of the history, in its order."""
    table = np.zeros((len(history), len(NAMES)))
    near = len(NAMES) - 6
    for row in range(len(history)):
        table[row, :near] = _neighbors(history, row)
        if progress and row % 10_000 == 0:
            progress(f"{row} of {len(history)}")
    table[:, near] = level = _level(table)
    table[:, near + 1 :] = _rates(history, level.astype(np.int64))
    return table


def _neighbors(history: History, row: int) -> list[float]:
    now = history.opened[row]
    same = history.of_kind[int(history.kind[row])]
    earlier = same[max(0, np.searchsorted(same, row) - _MOST) : np.searchsorted(same, row)]
    meters = np.hypot(
        history.east[earlier] - history.east[row], history.north[earlier] - history.north[row]
    )
    age = now - history.opened[earlier]
    is_open = history.closed[earlier] > now
    repeated = history.duplicate[earlier] & ~is_open & (age < 60.0)
    street = history.street[earlier] == history.street[row]
    address = history.address[earlier] == history.address[row]
    nearest = _least(meters + 0.01 * age, is_open)
    return [
        *((_FAR, _LONG) if nearest is None else (meters[nearest], age[nearest])),
        _smallest(meters, ~is_open & (age < 60.0), _FAR),
        float((address & is_open).sum()),
        _smallest(age, address, _LONG),
        float((address & (age < 30.0)).sum()),
        float((street & is_open).sum()),
        _smallest(age, street & is_open, _LONG),
        _smallest(meters, street & is_open, _FAR),
        float((street & repeated).sum()),
        *(float((age < days).sum()) for days in (0.25, 1.0, 7.0)),
        float(is_open.sum()),
        *_around(meters, age, is_open, repeated),
        *_anything(history, row),
        (now % 1.0) * 24.0,
        float(int(now) % 7),
    ]


def _around(
    meters: Floats, age: Floats, is_open: NDArray[np.bool_], repeated: NDArray[np.bool_]
) -> list[float]:
    """Counts within each radius, in the order of `NAMES`."""
    kinds = np.stack([is_open, age < 1.0, age < 7.0, age < 30.0, repeated])
    return [float(count) for limit in _RADII for count in kinds[:, meters < limit].sum(axis=1)]


def _anything(history: History, row: int) -> list[float]:
    """Requests of whatever type close by, and how many come in at all."""
    earlier = slice(max(0, row - 6000), row)
    meters = np.hypot(
        history.east[earlier] - history.east[row], history.north[earlier] - history.north[row]
    )
    age = history.opened[row] - history.opened[earlier]
    is_open = history.closed[earlier] > history.opened[row]
    close = meters < 30.0
    return [
        float((close & (age < 7.0)).sum()),
        float((close & is_open).sum()),
        float((age < 0.25).sum()),
    ]


def _least(values: Floats, among: NDArray[np.bool_]) -> int | None:
    places = np.flatnonzero(among)
    return int(places[np.argmin(values[places])]) if len(places) else None


def _smallest(values: Floats, among: NDArray[np.bool_], otherwise: float) -> float:
    return float(values[among].min()) if among.any() else otherwise


def _level(table: Floats) -> Floats:
    """How much speaks for a repetition at first sight, 0 to 5; the cells of the rates."""
    column = {name: table[:, place] for place, name in enumerate(NAMES)}
    level = np.zeros(len(table))
    level[column["meters to the nearest open"] < 250.0] = 1
    level[column["open within 100 m"] > 0] = 2
    address = column["open at the address"] > 0
    level[address] = 3
    level[address & (column["youngest at the address"] < 3.0)] = 4
    level[address & (column["youngest at the address"] < 0.1)] = 5
    return level


def _rates(history: History, level: NDArray[np.int64]) -> Floats:
    every = overall(history)
    kind = past_rates(history, history.kind, every, 20.0)
    levels = past_rates(history, level, every, 20.0)
    both = past_rates(history, history.kind * 10 + level, np.sqrt(kind * levels), 8.0)
    street = past_rates(history, history.street, every, 3.0)
    kinds = int(history.kind.max(initial=0)) + 1
    here = past_rates(history, history.street * kinds + history.kind, kind, 2.0)
    return np.column_stack([kind, levels, both, street, here])
