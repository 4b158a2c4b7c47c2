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

    Promises that no number under `least` but nothing is written, and that each hidden number could
    be another one, by all that is written and by what a reader knows besides: a hidden number is not
    nothing, for nothing is written. Refuses (ValueError) a table without rows or columns, rows of
    different length, and numbers below nothing.
    """
    if not counts or not counts[0] or any(len(row) != len(counts[0]) for row in counts):
        raise ValueError("a table has rows of one length")
    if any(number < 0 for row in counts for number in row):
        raise ValueError("a count is not negative")
    table = with_totals(counts)
    waiting = [
        (row, column)
        for row, numbers in enumerate(table)
        for column, number in enumerate(numbers)
        if 0 < number < least
    ]
    hidden = set(waiting)
    # One look at each is enough: hiding more never makes a number known again.
    for cell in waiting:
        more = _cheapest_beside(table, hidden, cell) - hidden
        hidden |= more
        waiting.extend(sorted(more))
    return [
        [None if (row, column) in hidden else number for column, number in enumerate(numbers)]
        for row, numbers in enumerate(table)
    ]


def _cheapest_beside(table: Sequence[Sequence[int]], hidden: set[Cell], cell: Cell) -> set[Cell]:
    """The cells that change with this one where it is one more, or one less: the cheapest to hide.

    There always are some: one more case in a row and a column is one more in their sums as well.
    """
    row, column = ("row", cell[0]), ("column", cell[1])
    tail, head = (row, column) if _adds(table, cell) else (column, row)
    ways = [_cheapest_way(table, hidden, cell, head, tail)]
    if table[cell[0]][cell[1]] > 1:
        ways.append(_cheapest_way(table, hidden, cell, tail, head))
    _cost_of, cells = min((way for way in ways if way is not None), key=lambda way: way[0])
    return cells


def _cheapest_way(
    table: Sequence[Sequence[int]], hidden: set[Cell], told: Cell, start: _Vertex, goal: _Vertex
) -> tuple[int, set[Cell]] | None:
    """What it costs to go from one end of a cell to the other without it, and over which cells.

    A cell that is gone along its own way is one more, against it one less, and that only where more
    than one are left: nothing would have been written.
    """
    best: dict[_Vertex, int] = {start: 0}
    way: dict[_Vertex, tuple[_Vertex, Cell]] = {}
    heap: list[tuple[int, _Vertex]] = [(0, start)]
    while heap:
        cost, at = heapq.heappop(heap)
        if at == goal:
            return cost, set(_back(way, goal, start))
        if cost > best[at]:
            continue
        for cell in _cells_at(table, at):
            is_more = _adds(table, cell) == (at[0] == "row")
            if cell == told or table[cell[0]][cell[1]] < (1 if is_more else 2):
                continue
            beyond = ("column", cell[1]) if at[0] == "row" else ("row", cell[0])
            dearer = cost + _cost(table, hidden, cell)
            if dearer < best.get(beyond, dearer + 1):
                best[beyond] = dearer
                way[beyond] = (at, cell)
                heapq.heappush(heap, (dearer, beyond))
    return None


def _cells_at(table: Sequence[Sequence[int]], at: _Vertex) -> Iterator[Cell]:
    kind, place = at
    if kind == "row":
        return ((place, column) for column in range(len(table[0])))
    return ((row, place) for row in range(len(table)))


def _is_total(table: Sequence[Sequence[int]], cell: Cell) -> tuple[bool, bool]:
    return cell[0] == len(table) - 1, cell[1] == len(table[0]) - 1


def _adds(table: Sequence[Sequence[int]], cell: Cell) -> bool:
    """Whether a number leads from its row to its column; the sum of a row, or of a column, leads back."""
    below, behind = _is_total(table, cell)
    return below == behind


def _cost(table: Sequence[Sequence[int]], hidden: set[Cell], cell: Cell) -> int:
    if cell in hidden:
        return 0
    return 1 + table[cell[0]][cell[1]] + (_TOTAL_COSTS if any(_is_total(table, cell)) else 0)


def _back(
    way: dict[_Vertex, tuple[_Vertex, Cell]], goal: _Vertex, start: _Vertex
) -> Iterator[Cell]:
    at = goal
    while at != start:
        at, cell = way[at]
        yield cell
