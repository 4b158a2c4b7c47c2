"""The orders and filters of lists at size: every order a queue offers, first page and a far one, and
each filter alone, as the people who have the longest lists ask for them.

    python -m benchmarks.large --orders --vendor both --sizes 100000 1000000 --keep

A far page is opened as people do, by the link under the one before: the cursor stands in it.
"""

import html
import re
from collections.abc import Iterator

from benchmarks.large.visits import Person, Visit

# Whoever sees a whole street, a unit, a community.
WHO = ("1004", "1005", "4021", "2101")
QUEUES = ("open", "overdue", "handling", "taking", "ended", "hung", "appeals", "callback")
FILTERS = (
    "channel=phone", "channel=web", "channel=grid_worker", "kind=complaint", "urgency=urgent",
    "mark=hung", "again=yes", "light=red", "community=none", "accepted_from=2026-10-01",
)  # fmt: skip
# Pages leafed through before the far one is measured.
FAR = 8
_MORE = re.compile(r'href="([^"]*[?&;]after=[^"]*)"')


def visits(person: Person) -> Iterator[Visit]:
    """The lists of one person in every order and by every filter; none of a queue they have not."""
    from gezhi.work.cases.queries import orders_of

    if person.number not in WHO:
        return
    for queue in QUEUES:
        path = f"/desk/queues/{queue}/"
        if person.client.get(path).status_code != 200:
            continue
        for place, order in enumerate(orders_of(queue)):
            # The usual order is asked for by no word.
            ordered = f"{path}?order={order.value}" if place else path
            name = f"{queue} by {order.value}"
            yield Visit(person.number, name, ordered)
            if far := _far(person, ordered):
                yield Visit(person.number, f"{name}, page {FAR + 1}", far)
        for narrowed in FILTERS:
            yield Visit(person.number, f"{queue} {narrowed}", f"{path}?{narrowed}")


def _far(person: Person, path: str) -> str:
    """The address of a page far down; "" where the list is not so long."""
    for _page in range(FAR):
        found = _MORE.search(person.client.get(path).content.decode())
        if found is None:
            return ""
        path = html.unescape(found[1])
    return path
