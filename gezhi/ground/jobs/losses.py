"""Telling a machine that failed for a while from a task that is wrong."""

from django.db import InterfaceError, OperationalError

from gezhi.kernel.outages import outage_of

LOST = (OperationalError, InterfaceError)


def is_passing(error: BaseException) -> bool:
    """Whether the error says that the database was away, busy, or had no room, and nothing about
    the task: the same task may well succeed once that is over.

    Asked of the driver's own error, since by now Django has connected anew.
    """
    return outage_of(error) is not None
