"""An order comes: as a new report, joined to the case it is of, or as another version of one known."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db import transaction
from django.db.models import QuerySet

from gezhi.ground.audit import actions as audit
from gezhi.kernel import clock, prepared, rows
from gezhi.kernel.digits import digits
from gezhi.kernel.errors import Invalid
from gezhi.kernel.rights import Right, require
from gezhi.kernel.viewer import Level, Viewer
from gezhi.work.cases import actions as cases
from gezhi.work.cases.actions import Contact
from gezhi.work.cases.keys import derived
from gezhi.work.cases.models import Case, Report
from gezhi.work.orders.fields import title_of
from gezhi.work.orders.models import Arrival, Order
from gezhi.work.orders.reading import Read, digests_of
from gezhi.work.orders.rules import SYSTEM

# What a new version says to whoever has the case in hand, in these columns; the others are copied.
_SAID = ("title", "text", "address", "area", "kind", "class", "urgency")
_REACHED = ("name", "phone")
# Column of an order → the field it is copied from.
_COPIED = {
    "version": "version",
    "class_words": "class",
    "confidential": "confidential",
    "sent_at": "sent_at",
    "sign_by": "sign_by",
    "due_at": "due_at",
    "their_state": "state",
}


@dataclass(frozen=True, slots=True)
class Known:
    """An order that is here, and what its columns said last, by field."""

    order: Order
    digests: Mapping[str, str]

    def changed(self, read: Read) -> list[str]:
        """The fields that say something else now; a column that did not come says nothing."""
        return [
            name
            for name, digests in read.digests.items()
            if (self.digests.get(name) or digests_of(name, "")[0]) not in digests
        ]


def take(*, read: Read, class_code: str, by: Viewer) -> Order:
    """Take in an order that is not here: a report of its own, with their due time, one more on the
    open case it names, or the report it became before by another way. Both receipts stand.

    Refuses (Invalid) what a report is refused for.
    """
    require(by, Right.EXCHANGE_ORDERS)
    district_id = by.district_id or 0
    with transaction.atomic():
        key = derived("order", SYSTEM, read.number)
        intake = read.intake(class_code, _street_of(by))
        reported = _reported_before(district_id, read)
        into = None if reported is not None else _named_case(district_id, read)
        report_id = reported.pk if reported is not None else 0
        if into is not None:
            try:
                with transaction.atomic():
                    report_id = cases.join(intake=intake, case=into, by=by, key=key).report_id
            except Invalid:
                # Confidential, an exercise, just ended: it stands for itself.
                into = None
        joined = into is not None
        if not report_id:
            receipt = cases.report(intake=intake, by=by, key=key, district_id=by.district_id)
            report_id = receipt.report_id
        now = clock.now()
        order = Order(
            district_id=district_id,
            system=SYSTEM,
            number=read.number,
            parent_number=read.parent_number,
            report_id=report_id,
            joined=joined,
            arrived_at=now,
            **_copied(read),
        )
        order.changed_at = now
        arrival = _arrival(order, read, 1, {}, [], by)
        arrival.late = reported is not None and not reported.case.is_open
        with rows.together():
            rows.insert(order)
            rows.insert(arrival)
        known = into or (reported.case if reported is not None else None)
        if known is not None and known.is_open and (read.due_at or read.confidential):
            _amend(order, read, known, contact=None, number=1, changed=["due_at"])
    return order


def change(*, order_id: int, read: Read, by: Viewer) -> list[str]:
    """Take in another version of an order that is here: only what changed is changed; which fields
    that are. Their due time is copied. Nothing changed: nothing is written.

    Of a case that has ended nothing is changed: the arrival says that it came late.
    """
    require(by, Right.EXCHANGE_ORDERS)
    with transaction.atomic():
        order = Order.objects.select_for_update().get(pk=order_id, district_id=by.district_id or 0)
        known = known_of(order)
        changed = known.changed(read)
        if not changed:
            return []
        was_confidential = order.confidential
        last = order.arrivals.order_by("-number").values_list("number", flat=True)[0]
        report = Report.objects.select_related("case").get(pk=order.report_id)
        arrival = _arrival(order, read, last + 1, known.digests, changed, by)
        arrival.late = not report.case.is_open
        for column, name in _COPIED.items():
            if name in read.digests:
                setattr(order, column, _copied(read)[column])
        # What was kept confidential stays so.
        order.confidential = order.confidential or was_confidential
        order.changed_at = clock.now()
        order.save()
        rows.insert(arrival)
        if not arrival.late:
            _tell(order, read, changed, report, arrival.number)
        audit.record(
            by=by,
            verb="orders.change",
            subject_kind="order",
            subject_id=order.pk,
            detail={"fields": len(changed), "late": arrival.late},
        )
    return changed


def known_as(order: Order, read: Read) -> Known:
    """An order that was just taken in, as it was read."""
    return Known(order, {name: digests[0] for name, digests in read.digests.items()})


def known_of(order: Order) -> Known:
    """The order with what its columns said last."""
    last = order.arrivals.order_by("-number").first()
    return Known(order, last.digests if last else {})


def _tell(order: Order, read: Read, changed: list[str], report: Report, number: int) -> None:
    """Bring to the case what changed: words as the reporter's, the rest as a correction."""
    said = [name for name in _SAID if name in changed]
    if said:
        titles = "、".join(str(title_of(name)) for name in said)
        parts = [f"{SYSTEM} 又来了一版，改了{titles}。"]
        if {"title", "text"} & set(said):
            parts.append(read.text)
        if {"address", "area"} & set(said):
            parts.append(f"{title_of('address')}：{read.address}")
        if "class" in said:
            parts.append(f"{title_of('class')}：{read.class_words}")
        cases.add_word(
            words="\n".join(parts)[:4000],
            report=report,
            by=Viewer.anonymous(order.district_id),
            key=derived("order.word", order.pk, number),
        )
    reached = any(name in changed for name in _REACHED)
    contact = Contact(read.name, read.phone) if reached else None
    if contact or {"version", "due_at", "confidential"} & set(changed):
        case = Case.objects.get(pk=report.case_id)
        _amend(order, read, case, contact=contact, number=number, changed=changed)


def _amend(
    order: Order,
    read: Read,
    case: Case | None,
    *,
    contact: Contact | None,
    number: int,
    changed: Sequence[str],
) -> None:
    if case is None:
        return
    cases.amend(
        number=case.number,
        report_id=order.report_id,
        origin=cases.Origin(order.system, order.number, order.version, order.due_at),
        confidential=order.confidential and read.confidential,
        contact=contact,
        words=_words(order, changed),
        by=Viewer.system("orders", order.district_id),
        key=derived("order.amend", order.pk, number),
    )


def _words(order: Order, changed: Sequence[str]) -> str:
    """What staff read of it: which columns, and their due time; nothing of a person."""
    titles = "、".join(title_of(name) for name in changed if name not in _SAID)
    due = ""
    if "due_at" in changed and order.due_at is not None:
        due = f"：{clock.local(order.due_at):%Y-%m-%d %H:%M}"
    return f"{order.system} {order.number} {titles}{due}"


def _copied(read: Read) -> dict[str, object]:
    return {
        "version": read.version,
        "class_words": read.class_words[:80],
        "confidential": read.confidential,
        "sent_at": read.sent_at,
        "sign_by": read.sign_by,
        "due_at": read.due_at,
        "their_state": read.state,
    }


def _arrival(
    order: Order,
    read: Read,
    number: int,
    before: Mapping[str, str],
    changed: list[str],
    by: Viewer,
) -> Arrival:
    return Arrival(
        order=order,
        number=number,
        version=read.version,
        digests={**before, **{name: digests[0] for name, digests in read.digests.items()}},
        changed=changed,
        arrived_at=clock.now(),
        by=by.user_id,
    )


def _street_of(by: Viewer) -> int | None:
    """The street of whoever brings it in: where an address is not understood, it is theirs."""
    seats = by.seats_for(Right.EXCHANGE_ORDERS)
    return next((seat.area_id for seat in seats if seat.level == Level.STREET), None)


def _reported_before(district_id: int, read: Read) -> Report | None:
    """The report this very order became before it came by sheet: a program of theirs brought it."""
    # Asked of every order, and nearly always of none.
    found = prepared.ask(_reports_of, district_id, prepared.Word(read.number))
    return Report.objects.select_related("case").get(pk=found[0]) if found else None


def _reports_of(district_id: int, number: str) -> QuerySet[Report, int]:
    rows_ = Report.objects.filter(
        joined=False,
        order=None,
        case__district_id=district_id,
        case__origin_system=SYSTEM,
        case__origin_number=number,
    )
    return rows_.order_by("id").values_list("pk", flat=True)[:1]


def _named_case(district_id: int, read: Read) -> Case | None:
    """The open case an order says it belongs to: by a number of ours, or by an order of theirs that
    is here. Nothing is guessed from words."""
    if read.receipt:
        found = (
            Report.objects.select_related("case")
            .filter(district_id=district_id, number=digits(read.receipt), case__ended_at=None)
            .first()
        )
        if found is not None:
            return found.case
    if read.parent_number and read.parent_number != read.number:
        parent = (
            Order.objects.select_related("report__case")
            .filter(district_id=district_id, system=SYSTEM, number=read.parent_number)
            .filter(report__case__ended_at=None)
            .first()
        )
        if parent is not None:
            return parent.report.case
    return None
