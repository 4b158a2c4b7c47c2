"""Which numbers of a table with totals are not written, so that none of the small ones can be told.

Pure: counts in, the same with None for what is hidden out.
"""

import heapq
from collections.abc import Iterator, Sequence

LEAST = 5
# An inner number is hidden before a total is, whatever their size.
_TOTAL_COSTS = 10**9

Cell = tuple[int, int]
_Vertex = tuple[str, int]


def with_totals(counts: Sequence[Sequence[int]]) -> list[list[int]]:
    """The table with the sum of each row behind it, and below it the sums of the columns."""
    rows = [[*row, sum(row)] for row in counts]
    return [*rows, [sum(column) for column in zip(*rows, strict=True)]]


def hide(counts: Sequence[Sequence[int]], *, least: int = LEAST) -> list[list[int | None]]:
    """The table with its totals, as it may be pinned up; None is not written.

    Promises that no number under `least` but nothing is written, and that each hidden number could,
    by all that is written, be at least one more or one less. Refuses (ValueError) a table without
    rows or columns, rows of different length, and numbers below nothing.
    """
    if not counts or not counts[0] or any(len(row) != len(counts[0]) for row in counts):
        raise ValueError("a table has rows of one length")
    if any(number < 0 for row in counts for number in row):
        raise ValueError("a count is not negative")
    table = with_totals(counts)
    hidden = {
        (row, column)
        for row, numbers in enumerate(table)
        for column, number in enumerate(numbers)
        if 0 < number < least
    }
    while (told := _first_told(hidden)) is not None:
        hidden |= _cheapest_beside(table, hidden, told)
    return [
        [None if (row, column) in hidden else number for column, number in enumerate(numbers)]
        for row, numbers in enumerate(table)
    ]


def _ends(cell: Cell) -> tuple[_Vertex, _Vertex]:
    return ("row", cell[0]), ("column", cell[1])


def _first_told(hidden: set[Cell]) -> Cell | None:
    """A hidden cell that follows from the sums: the first whose edge lies on no cycle."""
    for cell in sorted(hidden):
        start, goal = _ends(cell)
        reached, waiting = {start}, [start]
        while waiting and goal not in reached:
            at = waiting.pop()
            for other in hidden - {cell}:
                near, far = _ends(other)
                beyond = far if near == at else near if far == at else None
                if beyond is not None and beyond not in reached:
                    reached.add(beyond)
                    waiting.append(beyond)
        if goal not in reached:
            return cell
    return None


def _cheapest_beside(table: Sequence[Sequence[int]], hidden: set[Cell], told: Cell) -> set[Cell]:
    """The cells to hide so that this one lies on a cycle: the cheapest way round through numbers that
    are not nothing. There always is one: over the totals."""
    start, goal = _ends(told)
    best: dict[_Vertex, int] = {start: 0}
    way: dict[_Vertex, tuple[_Vertex, Cell]] = {}
    heap: list[tuple[int, _Vertex]] = [(0, start)]
    while heap:
        cost, at = heapq.heappop(heap)
        if at == goal:
            break
        if cost > best[at]:
            continue
        for cell in _cells_at(table, at):
            if cell == told or not table[cell[0]][cell[1]]:
                continue
            near, far = _ends(cell)
            beyond = far if near == at else near
            more = cost + _cost(table, hidden, cell)
            if more < best.get(beyond, more + 1):
                best[beyond] = more
                way[beyond] = (at, cell)
                heapq.heappush(heap, (more, beyond))
    return set(_back(way, goal, start))


def _cells_at(table: Sequence[Sequence[int]], at: _Vertex) -> Iterator[Cell]:
    kind, place = at
    if kind == "row":
        return ((place, column) for column in range(len(table[0])))
    return ((row, place) for row in range(len(table)))


def _cost(table: Sequence[Sequence[int]], hidden: set[Cell], cell: Cell) -> int:
    if cell in hidden:
        return 0
    is_total = cell[0] == len(table) - 1 or cell[1] == len(table[0]) - 1
    return 1 + table[cell[0]][cell[1]] + (_TOTAL_COSTS if is_total else 0)


def _back(
    way: dict[_Vertex, tuple[_Vertex, Cell]], goal: _Vertex, start: _Vertex
) -> Iterator[Cell]:
    at = goal
    while at != start:
        at, cell = way[at]
        yield cell
