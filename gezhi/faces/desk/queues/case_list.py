"""The list a case was opened from: a queue with its filters, or a search; it stays left of the case.

It travels in the query string of every address, so that reload, back button and a colleague who
gets the address see the same.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from gezhi.faces.desk.queues.lines import with_query
from gezhi.faces.shell import menu
from gezhi.faces.shell.middleware import viewer_in
from gezhi.kernel import phones
from gezhi.work.cases import queries as cases

FILTERS = (
    *(
        "class",
        "community",
        "grid",
        "holder",
        "light",
        "mark",
        "urgency",
        "kind",
        "channel",
        "again",
    ),
    *("q", "days", "accepted_from", "accepted_to", "ended_from", "ended_to", "order"),
)


# Of eighteen signs, or the fifteen of old; never a piece of the longer number of a case.
_IDENTITY = re.compile(r"(?<!\d)(?:\d{17}[\dXx]|\d{15})(?!\d)")


@dataclass(frozen=True, slots=True)
class CaseList:
    """A queue or a search; `query` is what the addresses of its cases carry."""

    queue: str = ""
    find: str = ""
    parameters: tuple[tuple[str, str], ...] = ()

    @property
    def query(self) -> str:
        """For the address of a case of this list."""
        if self.find:
            return "" if is_somebodys(self.find) else urlencode({"find": self.find})
        return urlencode({"queue": self.queue, **dict(self.parameters)})

    @property
    def url(self) -> str:
        """The list itself."""
        if self.find:
            query = "" if is_somebodys(self.find) else urlencode({"q": self.find})
            return with_query(reverse("desk:search"), query)
        address = reverse("desk:queue", args=[self.queue])
        return with_query(address, urlencode(dict(self.parameters)))

    @property
    def title(self) -> str:
        """What stands above the list."""
        if self.find:
            return _("查“%(words)s”") % {"words": self.find}
        return str(cases.QUEUES[self.queue].title)

    @property
    def order(self) -> str:
        """The order that was chosen; "" for the usual one of the queue."""
        return dict(self.parameters).get("order", "")

    @property
    def narrowing(self) -> dict[str, str]:
        """The filters that are set, and the order."""
        return {name: value for name, value in self.parameters if name != "after"}


def of_queue(name: str, parameters: Mapping[str, str]) -> CaseList:
    """The queue of this name as the parameters narrow it, in their order, by a saved view."""
    wanted = (*FILTERS, "view", "after")
    return CaseList(
        queue=name,
        parameters=tuple((key, parameters[key]) for key in wanted if parameters.get(key)),
    )


def searched_for(request: HttpRequest) -> str:
    """The words of a search: `q`, its blanks single, cut to what a search takes."""
    typed = request.POST.get("q", request.GET.get("q", ""))
    return " ".join(typed.split())[:60]


def is_somebodys(words: str) -> bool:
    """Whether a phone or an identity number stands in them: such words stay out of every address,
    which browsers, proxies and logs keep."""
    return bool(
        phones.is_valid(phones.normalized(words))
        or phones.mobiles_in(words)
        or _IDENTITY.search(words)
    )


def opened_from(request: HttpRequest) -> CaseList | None:
    """The list named in the address of a case, when it is one of this viewer's; else None."""
    find = request.GET.get("find", "").strip()[:60]
    if find:
        return CaseList(find=find)
    name = request.GET.get("queue", "")
    if name in {queue.name for queue in cases.queues_for(viewer_in(request))}:
        menu.stand_at(request, reverse("desk:queue", args=[name]))
        return of_queue(name, request.GET)
    return None
