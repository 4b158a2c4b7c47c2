"""Which pages there are, found as people find them: from the rail, and one link further.

For every role of the demo: each page of its rail, and from there one page of each other kind that
a link leads to. What it does is asked of Django's own test client, in this process.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from django.test import Client
from django.urls import Resolver404, resolve

from benchmarks.large.copies import RARE_WORD

# One account a role, and a second unit (`gezhi demo` prints them).
PEOPLE = {
    "1001": "acceptor",
    "1002": "dispatcher",
    "4021": "handler",
    "4011": "handler of another unit",
    "2101": "community clerk",
    "3101": "grid worker",
    "1003": "checker",
    "1004": "supervisor",
    "1005": "leader",
    "1091": "system administrator",
    "1092": "security administrator",
    "1093": "audit administrator",
}
_HREF = re.compile(r'href="(/[^"#]*)"')
# Whole tables for a sheet, files and what ends the visit are no pages.
_LEFT_OUT = ("export", "logout", "static", "files", "backup", "template", "sheet")


@dataclass(frozen=True, slots=True)
class Visit:
    """One page or search as one person asks for it."""

    who: str
    name: str
    path: str
    sent: dict[str, str] | None = None

    @property
    def is_search(self) -> bool:
        return self.name.startswith("search ")


@dataclass
class Person:
    """Somebody logged in, with what was found for them."""

    number: str
    client: Client
    seen: set[str] = field(default_factory=set)


def people() -> Iterator[Person]:
    """A client for each of the accounts."""
    from gezhi.ground.accounts.models import User

    for number in PEOPLE:
        client = Client(raise_request_exception=False)
        client.force_login(User.objects.get(staff_number=number))
        yield Person(number, client)


def pages(person: Person) -> Iterator[Visit]:
    """Their pages: first those of the rail, then one of each kind linked from them."""
    start = "/pocket/" if PEOPLE[person.number] == "grid worker" else "/work/"
    landing = person.client.get(start, follow=True)
    found = [landing.request["PATH_INFO"], *_links(landing.content.decode())]
    first = [visit for path in found if (visit := _new(person, path))]
    yield from first
    for visit in first:
        response = person.client.get(visit.path)
        if response.status_code != 200 or response.streaming:
            continue
        for path in _links(response.content.decode()):
            if further := _new(person, path):
                yield further


def _links(text: str) -> list[str]:
    return [path.replace("&amp;", "&") for path in _HREF.findall(text)]


def _new(person: Person, path: str) -> Visit | None:
    try:
        match = resolve(urlsplit(path).path)
    except Resolver404:
        return None
    kind = match.view_name or ""
    if any(word in kind or word in path for word in _LEFT_OUT) or path.startswith("/api/"):
        return None
    # A queue, a deed and a list of the setup are pages of their own; cases are all one.
    sort = [str(match.kwargs[key]) for key in ("name", "deed", "what") if key in match.kwargs]
    name = " ".join([kind, *sort])
    if name in person.seen:
        return None
    person.seen.add(name)
    return Visit(person.number, name, path)


def searches(person: Person, known: dict[str, str]) -> Iterator[Visit]:
    """Their searches, by words, numbers and phone; `known` holds what is there to be found."""
    if "desk:search" not in person.seen:
        return
    for name, words in known.items():
        if name == "phone":
            if "desk:intake" in person.seen:
                yield Visit(
                    person.number, "search by phone", "/desk/intake/caller/", {"phone": words}
                )
        else:
            yield Visit(person.number, f"search {name}", f"/desk/search/?q={words}")
    if "desk:orders" in person.seen:
        yield from _of_orders(person, known["by order number"])
    queue = "taking" if PEOPLE[person.number].startswith("handler") else "ended"
    for name in ("much", "little"):
        path = f"/desk/queues/{queue}/?q={known[name]}"
        yield Visit(person.number, f"search {name} in a list", path)


def _of_orders(person: Person, number: str) -> Iterator[Visit]:
    """The list of orders narrowed, searched and gone on with, which no link of a first page leads to."""
    from gezhi.kernel.paging import cursor_of
    from gezhi.work.orders.models import Order

    page = "/desk/orders/"
    # What lies before the first moment of an id has none that an address could hold.
    oldest = Order.objects.filter(pk__gt=0).order_by("pk").values_list("pk", flat=True)[200]
    yield Visit(person.number, "search order in its list", f"{page}?q={number}")
    yield Visit(person.number, "search orders by their beginning", f"{page}?q={number[:6]}")
    yield Visit(person.number, "orders to be answered", f"{page}?show=waiting")
    far = f"{page}?after={cursor_of(oldest)}&ended=1"
    yield Visit(person.number, "orders, a far page", far)


def to_be_found() -> dict[str, str]:
    """Words and numbers of this database, by what a search for them is like."""
    from gezhi.work.cases.models import Case, Report, Reporter
    from gezhi.work.orders.models import Order

    middle = Case.objects.filter(ended_at__isnull=False, confidentiality="open").order_by("-id")[
        500
    ]
    report = Report.objects.filter(case=middle).first()
    caller = Reporter.objects.exclude(phone_index="").order_by("-pk").first()
    order = Order.objects.order_by("-id")[50]
    assert report is not None and caller is not None
    return {
        "much": "路灯",
        "little": RARE_WORD,
        "nothing": "河马",
        "one sign": "灯",
        "two words": "单元 路灯",
        "long words": "路灯不亮了",
        "by case number": middle.number,
        "by report number": report.number,
        "by order number": order.number,
        "phone": str(caller.phone),
    }
