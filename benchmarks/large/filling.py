"""Filling a demo street with the cases of years: `INSERT … SELECT` over its own rows, in parts.

The rows of the demo's cases are laid aside, then written back so many times over, the oldest first,
so that every table grows at its end. Indexes and triggers are lifted meanwhile and made again at the
end; how far it came stands in a table, so that a fill that was stopped goes on where it was.
"""

import time
from collections.abc import Callable, Iterable
from importlib import import_module
from types import SimpleNamespace
from typing import Any

from django.apps import apps
from django.db import connection, transaction

from benchmarks.large import derived
from benchmarks.large.copies import Batch, Dialect, Table, select_list, tables

OPEN_CASES = 9_000
DAYS = 3 * 365
# Open ones came in within the last weeks.
OPEN_DAYS = 20
ROWS_A_PART = 20_000
_MEMORY = "SET maintenance_work_mem = '1GB'"

Say = Callable[[str], None]


def fill(ended: int, say: Say) -> None:
    """Fill the database to so many ended cases; goes on where an earlier call stopped."""
    began = time.monotonic()
    with connection.cursor() as cursor:
        _ready(cursor)
        if _note(cursor, "done"):
            return
        if not _note(cursor, "aside"):
            say("laying the demo's rows aside")
            _lift(cursor)
            _lay_aside(cursor)
            _note(cursor, "aside", "1")
        for batch in _batches(cursor, ended):
            _write(cursor, batch, say)
        say(f"lines to be searched ({time.monotonic() - began:.0f} s so far)")
        _fill_lines(cursor)
        say(f"indexes ({time.monotonic() - began:.0f} s so far)")
        _restore(cursor, say)
        say(f"figures and topics ({time.monotonic() - began:.0f} s so far)")
        derived.write()
        cursor.execute("ANALYZE")
        _note(cursor, "done", f"{time.monotonic() - began:.0f}")
    say(f"filled in {time.monotonic() - began:.0f} s")


def _ready(cursor: Any) -> None:
    cursor.execute("CREATE TABLE IF NOT EXISTS fill_note (name text PRIMARY KEY, said text)")
    cursor.execute("CREATE TABLE IF NOT EXISTS fill_index (name text PRIMARY KEY, made text)")
    if connection.vendor == "sqlite":
        for pragma in ("synchronous = OFF", "cache_size = -1000000", "foreign_keys = OFF"):
            cursor.execute(f"PRAGMA {pragma}")
        cursor.execute("PRAGMA threads = 2")
    else:
        cursor.execute("SET session_replication_role = replica")
        cursor.execute("SET synchronous_commit = off")
        cursor.execute(_MEMORY)


def _note(cursor: Any, name: str, said: str = "") -> str:
    if said:
        cursor.execute("DELETE FROM fill_note WHERE name = %s", [name])
        cursor.execute("INSERT INTO fill_note VALUES (%s, %s)", [name, said])
        return said
    cursor.execute("SELECT said FROM fill_note WHERE name = %s", [name])
    found = cursor.fetchone()
    return str(found[0]) if found else ""


def _names() -> list[str]:
    return [table.model._meta.db_table for table in tables()]


def _lift(cursor: Any) -> None:
    """Take triggers and indexes off the tables that grow, and remember the indexes."""
    from gezhi.ground.audit import triggers

    triggers.remove()
    for table in [*_names(), "cases_casesearch"]:
        for name, made in list(_indexes(cursor, table)):
            cursor.execute("DELETE FROM fill_index WHERE name = %s", [name])
            cursor.execute("INSERT INTO fill_index VALUES (%s, %s)", [name, made])
            cursor.execute(f'DROP INDEX "{name}"')


def _indexes(cursor: Any, table: str) -> Iterable[tuple[str, str]]:
    """The indexes of a table that no constraint of its own stands on."""
    if connection.vendor == "sqlite":
        cursor.execute(
            "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL"
            " AND tbl_name = %s",
            [table],
        )
    else:
        cursor.execute(
            "SELECT i.indexname, i.indexdef FROM pg_indexes i WHERE i.tablename = %s AND"
            " schemaname = 'public' AND NOT EXISTS (SELECT 1 FROM pg_constraint c"
            " WHERE c.conname = i.indexname)",
            [table],
        )
    return [(str(name), str(made)) for name, made in cursor.fetchall()]


def _restore(cursor: Any, say: Say) -> None:
    from gezhi.ground.audit import triggers

    cursor.execute("SELECT name, made FROM fill_index ORDER BY name")
    for name, made in cursor.fetchall():
        say(f"index {name}")
        cursor.execute(str(made))
        cursor.execute("DELETE FROM fill_index WHERE name = %s", [name])
    triggers.install()


def _lay_aside(cursor: Any) -> None:
    """The rows of ended and of open cases, each with its place, as templates; then take them out.

    A case that was merged into another is left where it is: its copies would have no target.
    """
    for sort, condition in (("ended", "ended_at IS NOT NULL"), ("open", "ended_at IS NULL")):
        cases = (
            f"SELECT id FROM cases_case WHERE {condition} AND state <> 'merged' AND id NOT IN"
            " (SELECT merged_into_id FROM cases_case WHERE merged_into_id IS NOT NULL)"
        )
        cursor.execute(f"CREATE TABLE fill_cases_{sort} AS {cases}")
        for table in tables():
            name = table.model._meta.db_table
            whose = table.whose % f"SELECT id FROM fill_cases_{sort}"
            key = table.model._meta.pk
            assert key is not None
            place = f"row_number() OVER (ORDER BY {key.column}) AS place"
            cursor.execute(
                f"CREATE TABLE fill_{sort}_{name} AS SELECT *, {place} FROM {name} WHERE {whose}"
            )
    for table in reversed(tables()):
        for sort in ("ended", "open"):
            whose = table.whose % f"SELECT id FROM fill_cases_{sort}"
            cursor.execute(f"DELETE FROM {table.model._meta.db_table} WHERE {whose}")


def _batches(cursor: Any, ended: int) -> list[Batch]:
    found = []
    for sort, wanted, days, serials in (
        ("ended", ended, DAYS, 0),
        ("open", OPEN_CASES, OPEN_DAYS, 9_000_000),
    ):
        cursor.execute(f"SELECT count(*) FROM fill_cases_{sort}")
        there = cursor.fetchone()[0]
        times = max(1, -(-wanted // there))
        minutes = max(1, days * 1440 // times)
        found.append(Batch(sort, times, minutes, serials))
    return found


def _write(cursor: Any, batch: Batch, say: Say) -> None:
    cursor.execute(f"SELECT count(*) FROM fill_cases_{batch.name}")
    per_copy = cursor.fetchone()[0]
    part = max(1, ROWS_A_PART // per_copy)
    done = int(_note(cursor, batch.name) or 0)
    began = time.monotonic()
    written = [(table, _statement(table, batch)) for table in tables()]
    for first in range(done + 1, batch.times + 1, part):
        last = min(first + part - 1, batch.times)
        cursor.execute("BEGIN")
        for _table, statement in written:
            cursor.execute(statement, [first, last])
        _note(cursor, batch.name, str(last))
        cursor.execute("COMMIT")
        spent = time.monotonic() - began
        share = (last - done) / (batch.times - done)
        say(
            f"{batch.name}: {last * per_copy:,} of {batch.times * per_copy:,} cases,"
            f" {spent:.0f} s, {spent / share - spent:.0f} s to go"
        )


def _statement(table: Table, batch: Batch) -> str:
    """Copies from the first to the last number, the oldest first, each in the order of its ids."""
    write = Dialect(connection.vendor, batch)
    names, expressions = select_list(table, write, batch)
    name = table.model._meta.db_table
    numbers = (
        "(WITH RECURSIVE s(n) AS (SELECT %s UNION ALL SELECT n + 1 FROM s WHERE n < %s)"
        " SELECT n FROM s)"
        if connection.vendor == "sqlite"
        else "(SELECT n::bigint AS n FROM generate_series(%s, %s) AS s(n))"
    )
    doubled = [one.replace("%", "%%") for one in expressions]
    columns = ", ".join(f'"{each}"' for each in names)
    order = "" if connection.vendor == "sqlite" else " ORDER BY n, place"
    return (
        f"INSERT INTO {name} ({columns}) SELECT {', '.join(doubled)}"
        f" FROM {numbers} AS numbers CROSS JOIN fill_{batch.name}_{name}{order}"
    )


def _fill_lines(cursor: Any) -> None:
    """What searches look through, as the migration that brought it fills an office's own."""
    cursor.execute("DELETE FROM cases_casesearch")
    if connection.vendor == "sqlite":
        cursor.execute("INSERT INTO cases_searchindex(cases_searchindex) VALUES ('delete-all')")
    migration = import_module("gezhi.work.cases.migrations.0014_words_are_found_by_an_index")
    with transaction.atomic():
        migration.fill(apps, SimpleNamespace(connection=connection, execute=cursor.execute))
