"""The plan of every statement the pages ask of tables that grow, for the committed file.

Statements are caught as the pages send them and explained in the same database, with the figures
the databases keep of their own tables. One entry a statement, its values left out, with the first
page that asks it.
"""

import re
from pathlib import Path

from django.db import connection

from benchmarks.large.visits import Person, Visit
from tests.access.scans import GROWING, Asked, questions

FOLDER = Path(__file__).with_name("plans")
_SHOWN = 1200
_COST = re.compile(r"\s*\(cost=[^)]*\)")
_LITERALS = re.compile(r"'(?:[^']|'')*'|\b\d{2,}\b")


def plan_of(asked: Asked) -> list[str]:
    """The lines of its plan, without estimated costs and values."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute(f"EXPLAIN QUERY PLAN {asked.sql}", asked.values)
            rows = cursor.fetchall()
        depth = {0: -1}
        lines = []
        for number, parent, _unused, words in rows:
            depth[number] = depth.get(parent, -1) + 1
            lines.append(f"{'  ' * depth[number]}{words}")
        return lines
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN {asked.sql}", asked.values)
        lines = [_COST.sub("", str(row[0])) for row in cursor.fetchall()]
    return [_LITERALS.sub("…", line)[:300] for line in lines]


def touches(sql: str) -> bool:
    """Whether a statement asks a table that grows."""
    return any(f'"{name}"' in sql or f" {name} " in sql for name in GROWING)


def shape_of(sql: str) -> str:
    """A statement without the numbers that differ from viewer to viewer."""
    one = re.sub(r"\((?:%s(?:, )?)+\)", "(…)", sql)
    return re.sub(r"\b\d{4,}\b", "…", re.sub(r"SELECT (?:\"[^)]*?) FROM ", "SELECT … FROM ", one))


def collected(people: list[tuple[Person, list[Visit]]]) -> dict[str, tuple[str, list[str]]]:
    """By shape: the first page that asks it, and its plan."""
    found: dict[str, tuple[str, list[str]]] = {}
    for person, visits in people:
        for visit in visits:
            with questions() as asked:
                if visit.sent is not None:
                    person.client.post(visit.path, visit.sent)
                else:
                    person.client.get(visit.path)
            for one in asked:
                shape = shape_of(one.sql)
                if touches(one.sql) and shape not in found:
                    found[shape] = (visit.name, plan_of(one))
    return found


def written(path: Path, found: dict[str, tuple[str, list[str]]]) -> None:
    """The committed file: page, statement, plan."""
    parts = []
    for shape, (page, plan) in sorted(found.items(), key=lambda item: (item[1][0], item[0])):
        said = shape if len(shape) <= _SHOWN else f"{shape[:_SHOWN]} …"
        lines = "\n".join(f"    {line}" for line in plan)
        parts.append(f"{page}\n  {said}\n{lines}\n")
    path.parent.mkdir(exist_ok=True)
    path.write_text("\n".join(parts), encoding="utf-8")
