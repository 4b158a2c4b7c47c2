"""Task functions that the tests run; what they did is read from `seen`."""

from django.db import connection, transaction
from django_tasks import task
from django_tasks.base import TaskContext

seen: list[int] = []


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
