"""What passes by itself is told from what is wrong, by the driver's own error and its causes."""

import errno
import sqlite3

import psycopg
import pytest
from django.db import DatabaseError, IntegrityError, InternalError, OperationalError

from gezhi.kernel.outages import Outage, outage_of


def raised(cause, kind=OperationalError):
    error = kind()
    error.__cause__ = cause
    return error


def sqlite(name):
    error = sqlite3.OperationalError()
    error.sqlite_errorname = name
    return error


@pytest.mark.parametrize(
    ("error", "outage"),
    [
        (raised(psycopg.OperationalError()), Outage.GONE),
        (raised(psycopg.errors.CannotConnectNow()), Outage.GONE),
        (raised(psycopg.errors.DiskFull()), Outage.FULL),
        (raised(psycopg.errors.TooManyConnections()), Outage.BUSY),
        (raised(psycopg.errors.ReadOnlySqlTransaction(), InternalError), Outage.READ_ONLY),
        (raised(psycopg.errors.QueryCanceled()), None),
        (raised(psycopg.errors.UniqueViolation(), IntegrityError), None),
        (raised(sqlite("SQLITE_FULL")), Outage.FULL),
        (raised(sqlite("SQLITE_IOERR_WRITE")), Outage.FULL),
        (raised(sqlite("SQLITE_READONLY_DBMOVED")), Outage.READ_ONLY),
        (raised(sqlite("SQLITE_CANTOPEN")), Outage.GONE),
        (raised(sqlite("SQLITE_BUSY")), Outage.BUSY),
        (raised(sqlite("SQLITE_CORRUPT"), DatabaseError), None),
        (OSError(errno.ENOSPC, ""), Outage.FULL),
        (OSError(errno.EROFS, ""), Outage.READ_ONLY),
        (OSError(errno.ENOENT, ""), None),
        (ValueError(), None),
        (None, None),
    ],
)
def test_each_outage_is_known_by_its_code(error, outage):
    assert outage_of(error) is outage


def test_a_full_disk_is_found_behind_whatever_it_brought_about():
    def put():
        try:
            raise OSError(errno.ENOSPC, "")
        except OSError as error:
            raise RuntimeError from error

    with pytest.raises(RuntimeError) as met:
        put()
    assert outage_of(met.value) is Outage.FULL


def test_two_errors_that_name_each_other_end():
    one, other = ValueError(), ValueError()
    one.__cause__, other.__cause__ = other, one
    assert outage_of(one) is None
