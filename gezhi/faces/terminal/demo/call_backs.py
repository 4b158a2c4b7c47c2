"""Calls back of the last days: some nobody answered, one to be called for the last time, one that was
put off to an hour of tomorrow, one who would not say."""

from datetime import datetime, timedelta

from gezhi.faces.terminal.demo.street import Street
from gezhi.kernel import clock
from gezhi.kernel.viewer import Role
from gezhi.work.cases import actions
from gezhi.work.cases.queries.to_call import to_call

# How long ago each was called, and what came of it; the first two are the same reporter.
_CALLS = ((0, 30, "not_reached"), (0, 6, "not_reached"), (1, 3, "not_reached"), (2, 26, "refused"))
_PUT_OFF = 3


def call_some(street: Street, now: datetime) -> int:
    """Note the calls, each under the moved clock; how many reporters were called."""
    by = street.cast.of_centre(Role.ACCEPTOR, 0)
    with clock.moved_to(now):
        early = now - timedelta(hours=31)
        rows = [row for row in to_call(by, "now")[:60] if row.case.ended_at < early]
    called = rows[: _PUT_OFF + 1]
    for place, hours, outcome in _CALLS:
        if place < len(called):
            with clock.moved_to(now - timedelta(hours=hours)):
                key = f"demo-call-{place}-{hours}"
                actions.call_back(report=called[place], by=by, key=key, outcome=outcome)
    if len(called) > _PUT_OFF:
        ten = clock.local(now + timedelta(days=1)).replace(
            hour=10, minute=0, second=0, microsecond=0
        )
        with clock.moved_to(now - timedelta(hours=2)):
            actions.call_back(
                report=called[_PUT_OFF], by=by, key="demo-call-later", outcome="later", next_at=ten,
                words="在开会，约明天上午十点",
            )  # fmt: skip
    return len(called)
