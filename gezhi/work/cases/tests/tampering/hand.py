"""Somebody who holds the database and not the keys, and what is found of what they did."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django.db import connection, models, transaction

from gezhi.ground.audit.models import Head
from gezhi.work.cases.models import Step
from gezhi.work.cases.sealed import TABLES
from gezhi.work.cases.tests.playing import Play
from gezhi.work.cases.verification import broken_rows

COVERED: tuple[type[models.Model], ...] = (*TABLES, Step, Head)


@contextmanager
def by_hand() -> Iterator[Callable[..., None]]:
    """Raw SQL of somebody who holds the database and not the keys; taken back at the end."""
    with transaction.atomic(), connection.cursor() as cursor:
        yield cursor.execute
        transaction.set_rollback(True)


def found() -> list[int]:
    """The cases that do not fit."""
    return [row.case_id for row in broken_rows()]


def take_the_seal_off(execute: Callable[..., None], play: Play) -> None:
    """As every row was before there were seals."""
    execute("UPDATE audit_head SET seal = '', rows = ''")
    for model in TABLES:
        execute(f"UPDATE {model._meta.db_table} SET seal = ''")


def close(execute: Callable[..., None], play: Play) -> None:
    """End the case without a step."""
    execute(
        "UPDATE cases_case SET state = 'closed', ended_at = reported_at, holder_id = NULL,"
        " due_at = NULL WHERE id = %s",
        [play.case.pk],
    )
