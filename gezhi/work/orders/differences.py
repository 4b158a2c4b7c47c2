"""The lines of a reconciliation as a viewer reads them: with our case, and what differs in words."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Case as Choose
from django.db.models import QuerySet, When
from django.utils.translation import gettext as _

from gezhi.ground.codes import queries as codes
from gezhi.kernel import clock
from gezhi.kernel.fields import open_sealed
from gezhi.kernel.viewer import Viewer
from gezhi.work.cases import queries as cases
from gezhi.work.cases.keys import derived
from gezhi.work.cases.models import Case, Step
from gezhi.work.cases.rules import Deed
from gezhi.work.orders import fields, queries
from gezhi.work.orders.models import Arrival, Difference, Gap, Order, Reconciliation
from gezhi.work.orders.rules import BY_WEIGHT, short

# Their columns that are one thing with us.
_WORDS = frozenset({"title", "text"})
_PLACE = frozenset({"area", "address"})


@dataclass(frozen=True, slots=True)
class Values:
    """One thing that differs: what it is, what they say of it, what we have."""

    title: str
    theirs: str
    ours: str


@dataclass(frozen=True, slots=True)
class Laid:
    """A difference beside our case; `case` is None where the viewer may not see it, `title` is ""
    where its words are not theirs to read, and so are the values."""

    row: Difference
    case: Case | None
    title: str
    values: tuple[Values, ...]

    @property
    def theirs(self) -> list[tuple[str, str]]:
        """What they say of each thing that differs, by its title."""
        return [(one.title, one.theirs) for one in self.values]

    @property
    def ours(self) -> list[tuple[str, str]]:
        """What we have of each, by its title."""
        return [(one.title, one.ours) for one in self.values]


def differences(row: Reconciliation) -> QuerySet[Difference]:
    """The lines of a reconciliation by kind, the gravest first, in each those an import would take
    first, then by number."""
    weight = Choose(*(When(gap=gap, then=at) for at, gap in enumerate(BY_WEIGHT)))
    refused = Choose(When(problem="", then=0), default=1)
    return row.differences.order_by(weight, refused, "number")


def laid(viewer: Viewer, rows: Sequence[Difference]) -> list[Laid]:
    """These lines as the viewer may read them."""
    ids = [one.order_id for one in rows if one.order_id]
    seen: dict[int, Order] = {}
    readable: set[int] = set()
    if ids:
        found = queries.orders(viewer).filter(pk__in=ids).select_related("report__words")
        seen = {order.pk: order for order in found}
        of_orders = [order.report.case_id for order in seen.values()]
        worded = cases.worded_to(viewer).filter(pk__in=of_orders)
        readable = set(worded.values_list("pk", flat=True))
    content = [
        order
        for one in rows
        if one.gap == Gap.CONTENT and (order := seen.get(one.order_id or 0)) is not None
        if order.report.case_id in readable
    ]
    last = _last_words(content)
    answer = []
    for one in rows:
        order = seen.get(one.order_id or 0)
        if order is None:
            answer.append(Laid(one, None, "", ()))
            continue
        case = order.report.case
        may_read = case.pk in readable
        values = _values(one, order, last) if may_read and one.gap == Gap.CONTENT else ()
        answer.append(Laid(one, case, case.words.title if may_read else "", values))
    return answer


def _last_words(orders: Sequence[Order]) -> dict[int, str]:
    """What a later version of an order said, by order: where its words changed since it came."""
    if not orders:
        return {}
    by_key: dict[str, int] = {}
    for arrival in Arrival.objects.filter(order__in=[one.pk for one in orders], number__gt=1):
        if _WORDS & set(arrival.changed):
            by_key[derived("order.word", arrival.order_id, arrival.number)] = arrival.order_id
    if not by_key:
        return {}
    steps = Step.objects.filter(
        case__in=[one.report.case_id for one in orders],
        deed=Deed.ADD_WORD,
        deed_key__in=list(by_key),
    ).select_related("words")
    return {
        by_key[step.deed_key]: step.words.text
        for step in steps.order_by("id")
        if hasattr(step, "words") and step.words.text
    }


def _values(one: Difference, order: Order, last: Mapping[int, str]) -> tuple[Values, ...]:
    said: dict[str, str] = json.loads(open_sealed(one, "said") or "{}")
    found = []
    for names in (_WORDS, _PLACE, *({name} for name in said if name not in _WORDS | _PLACE)):
        there = [name for name in said if name in names]
        if there:
            title = "、".join(fields.title_of(name) for name in there)
            found.append(Values(title, said[there[0]], short(_ours(there[0], order, last))))
    return tuple(found)


def _ours(name: str, order: Order, last: Mapping[int, str]) -> str:
    """What we have of a column, a person's masked; "" where nothing of it is kept."""
    report = order.report
    if name in _WORDS:
        return last.get(order.pk, report.words.text)
    if name in _PLACE:
        return report.words.place_words
    if name in ("name", "phone"):
        reporter = getattr(report, "reporter", None)
        plain = open_sealed(reporter, name) if reporter is not None else ""
        return fields.BY_NAME[name].shown(plain)
    if name == "class":
        return order.class_words
    if name == "kind":
        term = codes.term("request_kinds", report.case.kind)
        return term.label if term else ""
    if name == "confidential":
        return _("是") if order.confidential else _("否")
    moment = {"sent_at": order.sent_at, "sign_by": order.sign_by}.get(name)
    return f"{clock.local(moment):%Y-%m-%d %H:%M}" if moment else ""
