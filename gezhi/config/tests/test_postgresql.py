"""A connection is looked at without a question, and one that the server ended is not used."""

import time

import psycopg
import pytest
from django.db import connection

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


def _end_from_outside(backend: int) -> None:
    settings = connection.get_connection_params()
    with psycopg.connect(
        host=settings.get("host"), port=settings.get("port"), user=settings.get("user"),
        dbname=settings["dbname"], autocommit=True,
    ) as other:  # fmt: skip
        other.execute("SELECT pg_terminate_backend(%s)", [backend])


def _backend() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        return int(cursor.fetchone()[0])


def test_a_standing_connection_is_usable_without_a_question() -> None:
    _backend()
    with connection.execute_wrapper(lambda *_: pytest.fail("asked the server")):
        assert connection.is_usable()


def test_a_connection_the_server_ended_is_not_usable_and_the_next_request_gets_another() -> None:
    before = _backend()
    _end_from_outside(before)
    time.sleep(0.2)
    assert not connection.is_usable()
    vars(connection)["health_check_enabled"] = True
    connection.close_if_unusable_or_obsolete()
    assert _backend() != before


def test_a_connection_that_was_closed_here_is_not_usable() -> None:
    _backend()
    connection.connection.close()
    assert not connection.is_usable()
    connection.close()
