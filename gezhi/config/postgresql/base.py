"""PostgreSQL whose connections are looked at before a request without asking the server.

A server that went away leaves its farewell, or the end of the stream, in the socket; an idle
connection has nothing to read. So a silent socket needs no `SELECT 1` before every request.
"""

import select

from django.db.backends.postgresql import base


class DatabaseWrapper(base.DatabaseWrapper):
    """As Django's, with a health check that costs one system call instead of a round trip."""

    def is_usable(self) -> bool:
        """Whether the connection still stands; asks the server only when something lies unread."""
        if self.connection is None or self.connection.closed:
            return False
        poll = select.poll()
        poll.register(self.connection.fileno(), select.POLLIN | select.POLLHUP | select.POLLERR)
        return True if not poll.poll(0) else super().is_usable()
