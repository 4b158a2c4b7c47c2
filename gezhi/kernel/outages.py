"""What stands in the way when the machine and not the program fails: told apart by the driver's own error.

Codes: PostgreSQL, appendix A (SQLSTATE: 08 connection, 53 resources, 57P operator, 40 rollback,
55P03 lock not had in time, 25006 read-only); SQLite, "Result and Error Codes"; errno(3). A statement
that took too long (57014) is none: it would take as long the next time.
"""

import errno
from collections.abc import Iterator
from enum import StrEnum

from django.db import Error as DatabaseError


class Outage(StrEnum):
    """Each passes by itself, or once somebody makes room; nothing is wrong with what was sent."""

    GONE = "gone"  # the database does not answer
    FULL = "full"  # no room on the disk
    READ_ONLY = "read_only"  # the disk, or the database on it, takes no writes
    BUSY = "busy"  # others held the database for too long


_ERRNO = {errno.ENOSPC: Outage.FULL, errno.EDQUOT: Outage.FULL, errno.EROFS: Outage.READ_ONLY}
# Names of SQLite, by how they begin: the extended ones say more than is asked here.
_SQLITE = {
    "SQLITE_FULL": Outage.FULL,
    "SQLITE_READONLY": Outage.READ_ONLY,
    "SQLITE_BUSY": Outage.BUSY,
    "SQLITE_LOCKED": Outage.BUSY,
    # A disk that is full or taken away is told so too, as its files are mapped or grow.
    "SQLITE_IOERR": Outage.FULL,
    "SQLITE_CANTOPEN": Outage.GONE,
}
_POSTGRESQL = {
    "08": Outage.GONE,
    "57P": Outage.GONE,
    "53100": Outage.FULL,
    "53": Outage.BUSY,
    "25006": Outage.READ_ONLY,
    "40": Outage.BUSY,
    "55P03": Outage.BUSY,
}


def outage_of(error: BaseException | None) -> Outage | None:
    """What kept it from being done, looked for through the causes too; None where it was our fault
    or the sender's."""
    for one in _chain(error):
        found = _of_one(one)
        if found is not None:
            return found
    return None


def _chain(error: BaseException | None) -> Iterator[BaseException]:
    met: set[int] = set()
    while error is not None and id(error) not in met:
        met.add(id(error))
        yield error
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)


def _of_one(error: BaseException) -> Outage | None:
    if isinstance(error, OSError):
        return _ERRNO.get(error.errno or 0)
    if not isinstance(error, DatabaseError):
        return None
    cause = error.__cause__
    name = getattr(cause, "sqlite_errorname", None)
    if name is not None:
        return _begins(_SQLITE, name)
    if type(error).__name__ not in {"OperationalError", "InterfaceError", "InternalError"}:
        return None
    state = getattr(cause, "sqlstate", None)
    # A connection that broke, or never came about, has no state at all.
    return Outage.GONE if state is None else _begins(_POSTGRESQL, state)


def _begins(table: dict[str, Outage], name: str) -> Outage | None:
    return next((outage for begin, outage in table.items() if name.startswith(begin)), None)
