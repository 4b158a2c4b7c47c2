"""A database that is away for a moment is told apart from a task that is wrong."""

import sqlite3

import psycopg
import pytest
from django.db import DataError, OperationalError

from gezhi.ground.jobs.losses import is_passing


def raised(cause, kind=OperationalError):
    error = kind()
    error.__cause__ = cause
    return error


def busy(name):
    error = sqlite3.OperationalError()
    error.sqlite_errorname = name
    return error


@pytest.mark.parametrize(
    ("error", "passing"),
    [
        (raised(psycopg.OperationalError()), True),
        (raised(psycopg.errors.AdminShutdown()), True),
        (raised(psycopg.errors.DeadlockDetected()), True),
        (raised(psycopg.errors.LockNotAvailable()), True),
        (raised(psycopg.errors.QueryCanceled()), False),
        (raised(busy("SQLITE_BUSY_SNAPSHOT")), True),
        (raised(busy("SQLITE_ERROR")), False),
        (raised(None, DataError), False),
        (ValueError(), False),
    ],
)
def test_what_passes_by_itself(error, passing):
    assert is_passing(error) is passing
