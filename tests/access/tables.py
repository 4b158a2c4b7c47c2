"""The committed measurements: a file a room, beside the room, so that its changes stay with it.

`tests/access.csv` of a room says what everybody is answered at its addresses, `tests/query_counts.json`
how many statements its pages take. The walk is one; what it finds is parted by room and put together.
"""

import csv
import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
TABLE = "tests/access.csv"
COUNTS = "tests/query_counts.json"
_HEAD = ["route", "method", "scene"]

Key = tuple[str, str, str]
Words = dict[str, str]
Counts = dict[str, dict[str, object]]


def read_table() -> dict[Key, Words]:
    """The committed answers of all rooms by address, method and scene."""
    found: dict[Key, Words] = {}
    for path in _committed(TABLE):
        with path.open(newline="", encoding="utf-8") as file:
            rows = list(csv.reader(file))
        columns = rows[0][len(_HEAD) :]
        for route, method, scene, *words in rows[2:]:
            key = route, method, scene
            assert key not in found, f"{key} 在两间房间的表里"
            found[key] = dict(zip(columns, words, strict=True))
    return found


def write_table(rows: Iterable[tuple[str, Key, Words]], ties: Mapping[str, str]) -> None:
    """Write the answers (room, key, words) anew, a line each in the order given; a room without
    addresses loses its file. `ties` heads the columns."""
    by_room: dict[str, list[tuple[Key, Words]]] = {}
    for room, key, words in rows:
        by_room.setdefault(room, []).append((key, words))
    _remove_all_but(TABLE, by_room)
    for room, lines in by_room.items():
        with _place(room, TABLE).open("w", newline="", encoding="utf-8") as file:
            writer = csv.writer(file, lineterminator="\n")
            writer.writerow([*_HEAD, *ties])
            writer.writerow(["", "", "", *ties.values()])
            for key, words in lines:
                writer.writerow([*key, *(words[name] for name in ties)])


def read_counts() -> Counts:
    """The committed counts of all rooms by page."""
    found: Counts = {}
    for path in _committed(COUNTS):
        counts: Counts = json.loads(path.read_text(encoding="utf-8"))
        twice = sorted(set(counts) & set(found))
        assert not twice, f"{twice} 在两间房间的表里"
        found |= counts
    return found


def write_counts(measured: Iterable[tuple[str, str, dict[str, object]]]) -> None:
    """Write the counts (room, page, count) anew; a room without pages loses its file."""
    by_room: dict[str, dict[str, Any]] = {}
    for room, page, count in measured:
        by_room.setdefault(room, {})[page] = count
    _remove_all_but(COUNTS, by_room)
    for room, counts in by_room.items():
        text = json.dumps(counts, ensure_ascii=False, indent=1, sort_keys=True)
        _place(room, COUNTS).write_text(f"{text}\n", encoding="utf-8")


def _committed(name: str) -> list[Path]:
    return sorted(ROOT.glob(f"gezhi/**/{name}"))


def _place(room: str, name: str) -> Path:
    path = ROOT / room / name
    assert path.parent.is_dir(), f"{room} 还没有 tests 文件夹"
    return path


def _remove_all_but(name: str, rooms: Iterable[str]) -> None:
    kept = {ROOT / room / name for room in rooms}
    for path in _committed(name):
        if path not in kept:
            path.unlink()
