"""Counting, by one statement a try: no two tries at the same moment are the same number."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from django.db import connection, transaction

from gezhi.ground.counters.models import Counter
from gezhi.ground.counters.rules import Counted, Limit, Tally
from gezhi.kernel import clock

_COUNT = """
INSERT INTO counters_counter AS held (key, kind, owner, count, most, ends_at) VALUES {rows}
ON CONFLICT (key) DO UPDATE SET
  count = CASE WHEN held.ends_at <= %s THEN 1 ELSE held.count + 1 END,
  most = excluded.most,
  ends_at = CASE WHEN held.ends_at <= %s OR held.count + 1 = excluded.most
    THEN excluded.ends_at ELSE held.ends_at END
RETURNING key, count, most, ends_at
"""
# PostgreSQL need not flush a count by itself: what a crash may lose are the tries of its last half
# second, and a neighbor's report must not wait for two flushes instead of one.
_QUICK = "".join(
    (
        "WITH quick AS (SELECT set_config('synchronous_commit', 'off', true) AS way)",
        _COUNT.rstrip(),
        ", (SELECT way FROM quick)",
    )
)


def count(*tries: Counted, durable: bool = False) -> list[Tally]:
    """Count one try in each of the counters; how each stands now, in the order given.

    Atomic: of any number of tries at the same moment exactly `most` are not over. One statement,
    which commits by itself: call it outside of the transaction whose work may roll back. The try
    that reaches the limit closes the counter for its whole while from now on; later ones do not
    lengthen it. With `durable` the count outlives a crash of PostgreSQL too.
    """
    now = int(clock.now().timestamp())
    # Everybody writes the rows of several counters in the same order, so that nobody waits for
    # somebody who waits for him.
    by_key = {one.key: one for one in tries}
    given: list[str | int] = []
    for key in sorted(by_key):
        one = by_key[key]
        given += [key, one.limit.kind, one.owner, 1, one.limit.most, now + one.limit.seconds]
    rows = ", ".join(["(%s, %s, %s, %s, %s, %s)"] * len(by_key))
    statement = _QUICK if connection.vendor == "postgresql" and not durable else _COUNT
    with _one_turn(), connection.cursor() as cursor:
        cursor.execute(statement.format(rows=rows), [*given, now, now])
        found = {row[0]: (row[1], row[2], row[3]) for row in cursor.fetchall()}
    tallies = []
    for one in tries:
        held, most, ends = found[one.key]
        tallies.append(Tally(held, most, max(ends - now, 1)))
    return tallies


@contextmanager
def _one_turn() -> Iterator[None]:
    """On SQLite writers queue fairly only as transactions; elsewhere the statement is one."""
    if connection.vendor == "sqlite":
        with transaction.atomic(savepoint=False):
            yield
    else:
        yield


def once(limit: Limit, *what: str) -> bool:
    """Whether this is the first time within the limit's seconds; it is used from now on."""
    return not count(Counted(limit, what), durable=True)[0].is_over


def take_back(*tries: Counted) -> None:
    """Undo one count of each: the try was no failure after all."""
    with _one_turn(), connection.cursor() as cursor:
        marks = ", ".join(["%s"] * len(tries))
        cursor.execute(
            f"UPDATE counters_counter SET count = count - 1 WHERE count > 0 AND key IN ({marks})",  # noqa: S608 - marks only
            sorted(one.key for one in tries),
        )


def forget(*tries: Counted) -> None:
    """Begin anew: these counters are gone."""
    Counter.objects.filter(key__in=[one.key for one in tries]).delete()


def forget_owner(owners: Sequence[str]) -> int:
    """All counters of somebody (`rules.owner_digest`) are gone; how many there were."""
    return Counter.objects.filter(owner__in=owners).delete()[0]


def prune() -> int:
    """Delete counters whose while is over (a timed task); how many."""
    return Counter.objects.filter(ends_at__lte=int(clock.now().timestamp())).delete()[0]
