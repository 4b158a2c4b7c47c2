"""SQLite whose writers queue instead of polling.

SQLite's busy handler sleeps and retries, which is unfair between processes: some wait a third of a
second while others overtake. `flock` queues in the kernel; measured p99 falls about tenfold. Only
outermost transactions take the lock; single statements outside a transaction are short and keep
SQLite's own busy timeout. (The overridden hooks are Django's private ones and absent from its stubs.)
"""

import fcntl
import os
from typing import Any

from django.db.backends.sqlite3 import base


class DatabaseWrapper(base.DatabaseWrapper):
    """As Django's, but `BEGIN IMMEDIATE` waits its turn at a lock file beside the database."""

    _turn: int | None = None

    def _lock_path(self) -> str | None:
        name = str(self.settings_dict["NAME"])
        return None if ":memory:" in name or "mode=memory" in name else f"{name}.turn"

    def _take_turn(self) -> None:
        path = self._lock_path()
        if path is None or self._turn is not None:
            return
        handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        fcntl.flock(handle, fcntl.LOCK_EX)
        self._turn = handle

    def _end_turn(self) -> None:
        if self._turn is not None:
            os.close(self._turn)
            self._turn = None

    def _start_transaction_under_autocommit(self) -> None:
        self._take_turn()
        try:
            super()._start_transaction_under_autocommit()
        except BaseException:
            self._end_turn()
            raise

    def _commit(self) -> Any:
        try:
            return super()._commit()
        finally:
            self._end_turn()

    def _rollback(self) -> Any:
        try:
            return super()._rollback()
        finally:
            self._end_turn()

    def _close(self) -> Any:
        try:
            return super()._close()
        finally:
            self._end_turn()
