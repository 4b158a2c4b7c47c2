"""Rows written the short way: new ones, many of them in one go, and changed ones.

A report is ten rows in ten tables. `Model.save` compiles the same INSERT anew for each, and every
statement waits for its answer; on PostgreSQL that is most of what a report costs. Here the
statement of a table is made once, and the rows of a block leave together.
"""

import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from typing import Any

from django.db import DatabaseError, connection, models, transaction

_Columns = tuple[models.Field[Any, Any], ...]


class _Block(threading.local):
    """The rows that wait for the end of the block this thread is in; None outside of one."""

    waiting: list[models.Model] | None = None


_block = _Block()


def insert(row: models.Model) -> None:
    """Write one new row, as `save(force_insert=True)` would: in the caller's transaction.

    For models that make their own ids and that nobody hears the saving of (no signals are sent);
    TypeError for one whose id the database makes. Inside `together` the row waits for the end of
    the block. Raises what the database raises (IntegrityError).
    """
    if _block.waiting is not None:
        _block.waiting.append(row)
        return
    _write([row])


def insert_each(new: Sequence[models.Model]) -> None:
    """`insert` for rows of one model, at once even inside `together`: what `bulk_create` does."""
    if not new:
        return
    with connection.cursor() as cursor:
        cursor.executemany(_statement(type(new[0])), [_values(row) for row in new])
    for row in new:
        _written(row)


def insert_new(row: models.Model) -> bool:
    """Write one new row unless a row with its key stands; answers whether it was written.

    One statement, in the caller's transaction or without one, and at once even inside `together`.
    For the same models as `insert`.
    """
    with connection.cursor() as cursor:
        cursor.execute(f"{_statement(type(row))} ON CONFLICT DO NOTHING", _values(row))
        if cursor.rowcount != 1:
            return False
    _written(row)
    return True


def change(row: models.Model, names: Sequence[str] | None = None) -> None:
    """Write these fields of a row that stands, or all of them: as `save(update_fields=names)`.

    In the caller's transaction, by a statement that is made once; for the same models as `insert`,
    and at once even inside `together`. Raises DatabaseError where the row is gone.
    """
    change_each([row], names)


def change_each(changed: Sequence[models.Model], names: Sequence[str] | None = None) -> None:
    """`change` for rows of one model, one statement a row and on PostgreSQL all in one message: what
    `bulk_update` does, for which the ORM puts a statement of all rows together anew each time."""
    if not changed:
        return
    fields, statement = _change(type(changed[0]), None if names is None else tuple(names))
    values = [
        [
            *(field.get_db_prep_save(field.pre_save(row, False), connection) for field in fields),
            row.pk,
        ]
        for row in changed
    ]
    with connection.cursor() as cursor:
        if len(values) == 1:
            cursor.execute(statement, values[0])
        else:
            cursor.executemany(statement, values)
        if cursor.rowcount != len(values):
            raise DatabaseError(f"a row of {changed[0]._meta.label} was not changed")


@contextmanager
def together() -> Iterator[None]:
    """Write the rows inserted in the block at its end, in their order and all in one go.

    Inside a transaction only (TransactionManagementError otherwise). What the block reads does not
    see its own new rows. An error in the block writes none of them; a block within a block is part
    of it.
    """
    if _block.waiting is not None:
        yield
        return
    if not connection.in_atomic_block:
        raise transaction.TransactionManagementError("rows go together inside a transaction only")
    rows: list[models.Model] = []
    _block.waiting = rows
    try:
        yield
    finally:
        _block.waiting = None
    if rows:
        _write(rows)


def _write(rows: list[models.Model]) -> None:
    """One statement after the other, or on PostgreSQL all of them in one message to the server."""
    asked = [(_statement(type(row)), _values(row)) for row in rows]
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            # Values are bound by the client here, so that one message may hold many statements; the
            # driver remembers how to bind each, but would read so long a message anew every time.
            bound = (cursor.mogrify(statement, values) for statement, values in asked)
            cursor.execute(";".join(bound))
        else:
            for statement, values in asked:
                cursor.execute(statement, values)
    for row in rows:
        _written(row)


def _written(row: models.Model) -> None:
    """From now on the row stands: saved again, it is changed."""
    row._state.adding = False
    row._state.db = connection.alias


@cache
def _columns(model: type[models.Model]) -> _Columns:
    # What the database works out by itself (GeneratedField) is never written.
    fields = tuple(field for field in model._meta.local_concrete_fields if not field.generated)
    if model._meta.parents or isinstance(model._meta.pk, models.AutoField):
        raise TypeError(f"{model._meta.label} does not make its own ids in one table of its own")
    return fields


@cache
def _statement(model: type[models.Model]) -> str:
    quote = connection.ops.quote_name
    fields = _columns(model)
    names = ", ".join(quote(field.column or "") for field in fields)
    return (
        f"INSERT INTO {quote(model._meta.db_table)} ({names})"
        f" VALUES ({', '.join(['%s'] * len(fields))})"
    )


@cache
def _change(model: type[models.Model], names: tuple[str, ...] | None) -> tuple[_Columns, str]:
    quote, key = connection.ops.quote_name, model._meta.pk
    fields = tuple(
        field
        for field in _columns(model)
        if not field.primary_key and (names is None or {field.name, field.attname} & set(names))
    )
    if not fields or (names is not None and len(fields) != len(set(names))):
        raise ValueError(f"{model._meta.label} has no such fields: {names}")
    sets = ", ".join(f"{quote(field.column or '')} = %s" for field in fields)
    return fields, (
        f"UPDATE {quote(model._meta.db_table)} SET {sets}"
        f" WHERE {quote((key.column if key else '') or '')} = %s"
    )


def _values(row: models.Model) -> list[Any]:
    return [
        field.get_db_prep_save(field.pre_save(row, True), connection)
        for field in _columns(type(row))
    ]
