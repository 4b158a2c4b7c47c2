"""Telling a database that went away for a moment from a task that is wrong."""

from django.db import InterfaceError, OperationalError

LOST = (OperationalError, InterfaceError)
# Connection gone (08), server stopping or killed (57P), deadlock and serialization (40), lock
# not had in time (55P03): the same task may well succeed in two seconds.
_PASSING = ("08", "57P", "40", "55P03")


def is_passing(error: BaseException) -> bool:
    """Whether the error says that the database was away or busy, and nothing about the task.

    Asked of the driver's own error, since by now Django has connected anew. On PostgreSQL a
    connection that broke has no state at all.
    """
    if not isinstance(error, LOST):
        return False
    cause = error.__cause__
    name = getattr(cause, "sqlite_errorname", None)
    if name is not None:
        return bool(name.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")))
    state = getattr(cause, "sqlstate", None)
    return state is None or state.startswith(_PASSING)
