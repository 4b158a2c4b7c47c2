"""Task functions that the tests run; what they did is read from `seen`."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import OperationalError, connection, transaction
from django_tasks import task
from django_tasks.base import TaskContext

from gezhi.ground.jobs.registry import in_batches

MOST = 5
seen: list[int] = []
# What lay in each batch that ran.
batches: list[list[int]] = []


class Failure(Exception):
    """Carries a phone number in its message, as careless code may."""


@task
def note(*, number: int) -> int:
    seen.append(number)
    return number


@task
def note_and_mark(*, number: int, mark: str) -> None:
    seen.append(number)


@task
def fail(*, number: int) -> None:
    seen.append(number)
    raise Failure("13800000000")


@task(takes_context=True)
def tell_attempt(context: TaskContext) -> int:
    return context.attempt


@task
def leave(*, number: int) -> None:
    seen.append(number)
    raise SystemExit(3)


@task
def hang(*, number: int) -> None:
    seen.append(number)
    while True:
        pass


@task
def break_down() -> None:
    raise Failure("13800000000")


def end_connection(number: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_terminate_backend(%s)", [number])


@task
def end_my_connection() -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT pg_terminate_backend(pg_backend_pid())")


@task
def gather(*, number: int) -> int:
    """Done in batches: 13 fails, 66 breaks a batch off, 77 hangs, 99 finds the database away."""
    if number in (13, 66):
        raise Failure("13800000000")
    seen.append(number)
    return number


@in_batches(gather, most=MOST)
def gather_many(calls: Sequence[Mapping[str, Any]]) -> list[Exception | None]:
    numbers = [call["number"] for call in calls]
    batches.append(numbers)
    if 66 in numbers:
        raise Failure("13800000000")
    if 99 in numbers:
        raise OperationalError
    while 77 in numbers:
        pass
    seen.extend(number for number in numbers if number != 13)
    return [Failure("13800000000") if number == 13 else None for number in numbers]
