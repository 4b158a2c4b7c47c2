"""Two weeks of a unit as a table of people by days, and as a list of days."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from gezhi.faces.shell.duty import day_mark, day_words, span_words
from gezhi.kernel import clock
from gezhi.records.posts.rota_queries import ShiftLine
from gezhi.records.posts.rota_words import WEEKDAYS

WEEK = 7


@dataclass(frozen=True, slots=True)
class Cell:
    """One shift in a cell: of which rota, when, whether it was changed by hand, why it is a gap."""

    shift: ShiftLine
    span: str
    is_own: bool


@dataclass(frozen=True, slots=True)
class Day:
    """The head of a column, or of a day in the list, with all its shifts."""

    day: date
    weekday: str
    words: str
    mark: str
    is_today: bool
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """One person of the table, or the gaps (`name` ""): a tuple of cells for each day."""

    name: str
    cells: tuple[tuple[Cell, ...], ...]


@dataclass(frozen=True, slots=True)
class Week:
    """One week: its days and the rows of those who are on duty in it."""

    first: date
    days: tuple[Day, ...]
    rows: tuple[Row, ...]

    @property
    def last(self) -> date:
        """Its Sunday."""
        return self.first + timedelta(days=WEEK - 1)


def week(first: date, shifts: Sequence[ShiftLine], user_id: int | None) -> Week:
    """The week that begins on a Monday; gaps stand in a row of their own on top."""
    by_day: dict[date, list[Cell]] = {first + timedelta(days=number): [] for number in range(WEEK)}
    for shift in shifts:
        if shift.day in by_day:
            cell = Cell(shift, span_words(shift.from_at, shift.to_at), shift.user_id == user_id)
            by_day[shift.day].append(cell)
    days = tuple(_day(day, tuple(cells)) for day, cells in by_day.items())
    return Week(first, days, _rows(days))


def _day(day: date, cells: tuple[Cell, ...]) -> Day:
    return Day(
        day=day,
        weekday=str(WEEKDAYS[day.weekday()]),
        words=day_words(day),
        mark=day_mark(day),
        is_today=day == clock.today(),
        cells=cells,
    )


def _rows(days: Sequence[Day]) -> tuple[Row, ...]:
    cells = [cell for day in days for cell in day.cells]
    people = {cell.shift.user_id: cell.shift.user_name for cell in cells if not cell.shift.gap}
    rows = [Row(name, tuple(_of(day, user_id) for day in days)) for user_id, name in people.items()]
    if any(cell.shift.gap for cell in cells):
        gaps = tuple(tuple(cell for cell in day.cells if cell.shift.gap) for day in days)
        rows.insert(0, Row("", gaps))
    return tuple(rows)


def _of(day: Day, user_id: int | None) -> tuple[Cell, ...]:
    return tuple(cell for cell in day.cells if cell.shift.user_id == user_id and not cell.shift.gap)
