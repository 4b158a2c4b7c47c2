"""Whether a statement reads a whole table that grows: asked of the database's own plan.

The tables of a test are small and nobody has counted them. SQLite then takes an index wherever one
serves, and PostgreSQL does so once it is told to avoid reading tables whole: what is read whole all
the same has no index that serves.
"""

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from django.db import connection

# What has a row for each case, report or deed, however long ago.
GROWING = frozenset({
    "cases_case", "cases_casewords", "cases_casesearch", "cases_report", "cases_reportwords",
    "cases_reporter", "cases_step", "cases_stepwords", "cases_attachment", "cases_assignment",
    "cases_stagerow", "cases_verification", "triage_advice", "triage_advicewords",
    "triage_fingerprint", "audit_entry", "audit_head", "notices_notice", "jobs_task",
})  # fmt: skip
_NAMED = re.compile(r'(?:FROM|JOIN)\s+"(\w+)"(?:\s+(?!ON\b|INNER\b|LEFT\b|WHERE\b)"?(\w+)"?)?')
_SCANNED = re.compile(r"^SCAN (\S+)(?: USING (?:COVERING )?INDEX (\S+))?$")


@dataclass(frozen=True, slots=True)
class Asked:
    """One question as it was sent."""

    sql: str
    values: Any


@contextmanager
def questions() -> Iterator[list[Asked]]:
    """What the block asks of the database."""
    found: list[Asked] = []

    def note(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if sql.lstrip().upper().startswith("SELECT"):
            found.append(Asked(sql, params))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(note):
        yield found


def read_whole(asked: Asked) -> list[str]:
    """The tables that grow, of which this question reads every row or every entry of an index.

    An index of some rows only (`WHERE`) is short: of open cases, of what still waits.
    """
    if not any(f'"{table}"' in asked.sql for table in GROWING):
        return []
    return _on_postgres(asked) if connection.vendor == "postgresql" else _on_sqlite(asked)


def _on_sqlite(asked: Asked) -> list[str]:
    names = {alias or table: table for table, alias in _NAMED.findall(asked.sql)}
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN QUERY PLAN {asked.sql}", asked.values)
        lines = [str(row[3]) for row in cursor.fetchall()]
    found = []
    for line in lines:
        scanned = _SCANNED.match(line)
        if scanned is None:
            continue
        table, index = names.get(scanned[1], scanned[1]), scanned[2]
        if table in GROWING and not (index and _is_partial(index)):
            found.append(table)
    return found


def _is_partial(index: str) -> bool:
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SELECT indexdef FROM pg_indexes WHERE indexname = %s", [index])
        else:
            cursor.execute("SELECT sql FROM sqlite_master WHERE name = %s", [index])
        row = cursor.fetchone()
    return row is not None and " WHERE " in str(row[0])


def _on_postgres(asked: Asked) -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute(f"EXPLAIN (FORMAT JSON) {asked.sql}", asked.values)
        told = cursor.fetchone()[0]
        cursor.execute("SET LOCAL enable_seqscan = on")
    plan = json.loads(told) if isinstance(told, str) else told
    return list(_whole(plan[0]["Plan"]))


def _whole(node: dict[str, Any], within: str = "") -> Iterator[str]:
    kind, table = node["Node Type"], node.get("Relation Name", within)
    by_index = "Index" in kind and "Index Cond" not in node
    if table in GROWING and (
        kind == "Seq Scan" or (by_index and not _is_partial(node["Index Name"]))
    ):
        yield table
    for child in node.get("Plans", ()):
        yield from _whole(child, table if kind == "Bitmap Heap Scan" else "")
