"""What is late: the moment itself is on time, everywhere."""

from datetime import timedelta

from gezhi.kernel import clock
from gezhi.work.cases.queries.rows import light_of
from gezhi.work.cases.rules import is_late


def test_what_ends_at_the_very_due_time_is_on_time() -> None:
    due = clock.now()
    assert not is_late(due, due)
    assert is_late(due, due + timedelta(microseconds=1))
    assert light_of(None, due, due) == ""
