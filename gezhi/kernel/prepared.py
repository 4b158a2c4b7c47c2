"""Statements put together once and asked again with other values.

To build and compile the query of a list takes the ORM ten times as long as a database takes to
answer it. What a statement looks like depends on the shape of what was given (which roles a viewer
has and at which levels, how many ids), not on the ids themselves or on the hour: so it is compiled
once a shape, with marks in their places, and the values are put in each time it is asked.
"""

import copy
from collections import OrderedDict
from collections.abc import Callable, Collection, Hashable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from threading import Lock
from typing import Any, TypeVar

from django.core.exceptions import EmptyResultSet
from django.db import connections
from django.db.models import Expression, QuerySet, Value
from django.db.transaction import TransactionManagementError

from gezhi.kernel import clock
from gezhi.kernel.viewer import Viewer

Row = TypeVar("Row")

# Ids and the hour that no row has: they stand in a statement while it is compiled, and say which
# value belongs there. A moment that was reckoned from the hour keeps its distance from it.
# Such as the narrowest column holds: what a column cannot hold makes a statement of another kind. A
# constant of a build among them is refused, as a number made by it.
_FIRST_MARK, _MARKS = 31_000, 1000
_FIRST_WORD = "\ue5a5"
_HOUR = datetime(5555, 5, 5, 5, 5, 5, 555555, tzinfo=UTC)
_DAY = len("5555-05-05")
_REACH = timedelta(days=366 * 200)
# A city has some thirty shapes of viewers and a page ten statements; one takes some 100 kB.
_MOST = 500
_LONG = 100


@dataclass(frozen=True, slots=True)
class Fixed:
    """What belongs to the shape of a statement although it is a number, or has some in it."""

    value: Hashable


@dataclass(frozen=True, slots=True)
class Word:
    """A text that is compared with a column, another at each asking."""

    value: str


# Set by tests: statements are compiled the plain way as well, and must be the same. The first askings
# of each, then one in ten: a crawl of ten thousand pages compares as much as it needs to.
CHECKED = False
_FIRST_CHECKED, _THEN_ONE_IN = 50, 10


def ask(build: Callable[..., QuerySet[Any, Row]], *given: Any) -> list[Row]:
    """The rows of `build(*given)`, without compiling what was compiled for the like before.

    `build` is a function of a module, and makes its query set of nothing but what it is given and
    `clock.now()`: what else it depends on (the packs in force) is given to it as well. Of what is
    given a `Viewer`'s ids, whole numbers and each `Word`, and tuples of these, may be others at each
    asking; everything else (a text, None, 0, what is `Fixed`) belongs to the shape, is hashable, and
    never what anybody may type, for each shape is kept.
    The build may compare ids for equality and hand them to the query, and do nothing else with
    them: no order, no text, no statement of its own. No `prefetch_related`. A build gets a `Word`
    as its text, and what is `Fixed` as its value. ValueError for one that reckons with an id.
    """
    if any(type(one) is tuple and len(one) > _LONG for one in given):
        # Each length is a shape: a long list is asked once and compiled for that once.
        return list(build(*map(_plain, given)))
    marks: dict[Any, Any] = {}
    shape = tuple([_marked(one, marks) for one in given])
    if len(marks) > _MARKS:
        return list(build(*map(_plain, given)))
    statement = _statement(build, shape, marks.values())
    values = {mark: value for value, mark in marks.items()}
    moment = clock.now()
    if CHECKED and statement.is_due():
        _check(statement, build, tuple(map(_plain, given)), values, moment)
    return statement.rows(values, moment)


def counting(rows: QuerySet[Any, Any], **counts: Expression) -> QuerySet[Any, tuple[int, ...]]:
    """These counts over all the rows, in one row, as `rows.aggregate(**counts)` asks: for `counted`."""
    # A group by a constant is no group: one row, also of a table without any.
    whole = rows.order_by().values(whole=Value(1))
    found: QuerySet[Any, tuple[int, ...]] = whole.annotate(**counts).values_list(*counts)
    return found


def counted(build: Callable[..., QuerySet[Any, tuple[int, ...]]], *given: Any) -> tuple[int, ...]:
    """The counts of a `build` that ends with `counting`; () where no row can be of the kind."""
    rows = ask(build, *given)
    return rows[0] if rows else ()


def forget() -> None:
    """Let every statement be compiled anew."""
    with _lock:
        _statements.clear()


def _marked(one: Any, marks: dict[Any, Any]) -> Any:
    """The same with a mark for each id; the same id has the same mark wherever it stands."""

    def mark(value: int) -> int:
        found: int = marks.setdefault(value, _FIRST_MARK + len(marks))
        return found

    if type(one) is int:
        return mark(one) if one else one
    if type(one) is Word:
        return marks.setdefault(one.value, f"{_FIRST_WORD}{len(marks)}")
    if type(one) is tuple:
        return tuple(_marked(each, marks) for each in one)
    if isinstance(one, Viewer):
        seats = tuple(
            replace(
                seat,
                post_id=mark(seat.post_id),
                unit_id=mark(seat.unit_id),
                area_id=mark(seat.area_id),
                unit_name="",
            )
            for seat in one.seats
        )
        return replace(
            one,
            user_id=one.user_id and mark(one.user_id),
            district_id=one.district_id and mark(one.district_id),
            seats=seats,
        )
    return one


@dataclass(frozen=True, slots=True)
class _Mark:
    """A place in the parameters where the value of this mark goes, as the driver takes its kind."""

    mark: int | str
    kind: type


@dataclass(frozen=True, slots=True)
class _Since:
    """A place in the parameters where a moment goes, so far from now."""

    distance: timedelta


class _Statement:
    """One compiled query set; shared by all threads, and never asked anything else."""

    # The query set and its compiler are Django's own, asked for more than their types tell of.
    def __init__(self, rows: Any, marks: Collection[Any]) -> None:
        if rows._prefetch_related_lookups:
            raise ValueError("a prepared query fetches nothing beside it")
        self.rows_of = rows
        self.compiler: Any = rows.query.get_compiler(using=rows.db)
        self.converters: Any = None
        self.asked = 0
        self.locks = bool(rows.query.select_for_update)
        try:
            sql, parameters = self.compiler.as_sql()
        except EmptyResultSet:
            sql, parameters = "", ()
        self.sql = sql
        self.parameters = tuple(map(_place, parameters))
        if any(type(one) is _Mark and one.mark not in marks for one in self.parameters):
            raise ValueError("a build hands on the numbers it is given, and makes none of them")

    def is_due(self) -> bool:
        """Whether this asking is compared."""
        self.asked += 1
        return self.asked <= _FIRST_CHECKED or self.asked % _THEN_ONE_IN == 0

    def filled(self, values: dict[Any, Any], moment: datetime) -> tuple[Any, ...]:
        """The parameters of one asking."""
        return tuple(
            one.kind(values[one.mark])
            if type(one) is _Mark
            else self._adapted(moment + one.distance)
            if type(one) is _Since
            else one
            for one in self.parameters
        )

    def _adapted(self, moment: datetime) -> Any:
        return connections[self.rows_of.db].ops.adapt_datetimefield_value(moment)

    def rows(self, values: dict[Any, Any], moment: datetime) -> list[Any]:
        """What the database answers, made into what the query set makes of it."""
        if not self.sql:
            return []
        compiler = copy.copy(self.compiler)
        compiler.connection = connections[self.rows_of.db]
        if self.locks and compiler.connection.get_autocommit():
            raise TransactionManagementError("rows are locked for a transaction, and there is none")
        filled = self.filled(values, moment)
        compiler.as_sql = lambda *_, **__: (self.sql, filled)
        if self.converters is None:
            fields = [one[0] for one in compiler.select[: compiler.col_count]]
            self.converters = compiler.get_converters(fields)
        compiler.get_converters = lambda _: self.converters
        return list(self.rows_of._iterable_class(_Asked(self.rows_of, compiler)))


class _Asked:
    """What Django's makers of rows ask of a query set, with a compiler that is ready."""

    def __init__(self, rows: Any, compiler: Any) -> None:
        self._rows, self._compiler = rows, compiler
        self.query = self

    def get_compiler(self, *_: Any, **__: Any) -> Any:
        return self._compiler

    def __getattr__(self, name: str) -> Any:
        if hasattr(self._rows, name):
            return getattr(self._rows, name)
        return getattr(self._rows.query, name)


def _plain(one: Any) -> Any:
    """What a build gets of what was given."""
    if type(one) is tuple:
        return tuple(map(_plain, one))
    return one.value if type(one) in (Fixed, Word) else one


def _place(parameter: Any) -> Any:
    """What stands in this place: a mark, a moment, or the value itself."""
    # PostgreSQL's driver has whole numbers of its own, one for each width.
    if isinstance(parameter, int) and _FIRST_MARK <= parameter < _FIRST_MARK + _MARKS:
        return _Mark(int(parameter), type(parameter))
    if isinstance(parameter, str) and parameter.startswith(_FIRST_WORD):
        return _Mark(parameter, str)
    if str(parameter)[:10] == f"{_HOUR:%Y-%m-%d}" and _moment(parameter) is None:
        raise ValueError("a build that depends on the day is given it")
    moment = _moment(parameter)
    if moment is not None and abs(moment - _HOUR) < _REACH:
        return _Since(moment - _HOUR)
    return parameter


def _moment(parameter: Any) -> datetime | None:
    """A moment as PostgreSQL's driver takes it, or the text SQLite stores; None for another."""
    if isinstance(parameter, str) and parameter[:1] == "5" and len(parameter) > _DAY:
        try:
            parameter = datetime.fromisoformat(parameter)
        except ValueError:
            return None
    if not isinstance(parameter, datetime):
        return None
    return parameter if parameter.tzinfo else parameter.replace(tzinfo=UTC)


_statements: OrderedDict[Hashable, _Statement] = OrderedDict()
_lock = Lock()


def _statement(
    build: Callable[..., QuerySet[Any, Any]], shape: tuple[Any, ...], marks: Collection[Any]
) -> _Statement:
    key = (build, shape)
    with _lock:
        found = _statements.get(key)
        if found is not None:
            _statements.move_to_end(key)
            return found
    with clock.moved_to(_HOUR):
        made = _Statement(build(*map(_plain, shape)), marks)
    with _lock:
        _statements[key] = made
        if len(_statements) > _MOST:
            _statements.popitem(last=False)
    return made


def _check(
    statement: _Statement,
    build: Callable[..., QuerySet[Any, Any]],
    given: Sequence[Any],
    values: dict[Any, Any],
    moment: datetime,
) -> None:
    with clock.moved_to(moment):
        plain = build(*given)
        try:
            sql, parameters = plain.query.get_compiler(using=plain.db).as_sql()
        except EmptyResultSet:
            sql, parameters = "", ()
    wanted = list(_in_order(sql, parameters))
    ready = list(_in_order(statement.sql, statement.filled(values, moment)))
    if (sql, wanted) != (statement.sql, ready):
        raise AssertionError(f"{build.__name__}: {statement.sql} {ready}\nnot\n{sql} {wanted}")


def _in_order(sql: str, parameters: Sequence[Any]) -> Iterator[Any]:
    """The parameters, those of one `IN (…)` in an order of their own: a set has none."""
    left = iter(parameters)
    for piece in sql.split("("):
        inside = piece.partition(")")[0]
        number = piece.count("%s")
        if number and not inside.replace("%s", "").strip(", "):
            listed = inside.count("%s")
            yield from sorted((next(left) for _ in range(listed)), key=str)
            number -= listed
        for _ in range(number):
            yield next(left)
