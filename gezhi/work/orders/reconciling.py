"""对账: their sheet beside ours, each difference with what to do; nothing is changed by it."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.db import transaction

from gezhi.ground.audit import actions as audit
from gezhi.ground.sheets import actions as sheets
from gezhi.kernel import clock, rows
from gezhi.kernel.rights import Right, require
from gezhi.kernel.viewer import Viewer
from gezhi.work.orders.arriving import Known
from gezhi.work.orders.listing import ORDERS, changed_words, known_orders
from gezhi.work.orders.models import Difference, Gap, Order, Reconciliation
from gezhi.work.orders.reading import Read, Reader
from gezhi.work.orders.rules import closed_there, is_older, unsigned_there

_LENGTH = 60
# What a reconciliation says in lines of their own, or what is no matter of its own.
_APART = frozenset({"number", "version", "due_at", "state"})


def reconcile(*, content: bytes, by: Viewer) -> Reconciliation:
    """Lay their sheet of today beside our orders; each difference is kept as a line.

    Orders of ours are missed in it only where it reaches: between its first and last 派发时间 where it
    says them, all open ones where it does not. Refuses (Invalid, `file`) what is no sheet, and one
    whose columns nobody knows.
    """
    require(by, Right.EXCHANGE_ORDERS)
    _read, lines = sheets.lines_in(sheet=ORDERS, content=content, by=by)
    reader = Reader()
    theirs = [(line.number, line.cells, *reader.read(line.cells)) for line in lines]
    good = [(number, read) for number, _cells, read, _problems in theirs if read is not None]
    known = known_orders(by, {read.number for _number, read in good})
    cases = _with_cases(known)
    found = [
        _line(Gap.UNREADABLE, cells.get("number", ""), "；".join(problems.values()), "", row)
        for row, cells, read, problems in theirs
        if read is None
    ]
    for row, read in good:
        here = known.get(read.number)
        if here is None:
            found.append(_line(Gap.NOT_HERE, read.number, read.state, "", row))
        else:
            found += _differences(read, here, cases[here.order.pk], row)
    missed, ours = _missed(by, [read for _row, read in good])
    found += missed
    with transaction.atomic():
        done = Reconciliation(
            district_id=by.district_id or 0,
            day=clock.today(),
            made_at=clock.now(),
            made_by=by.user_id,
            theirs=len(lines),
            ours=ours,
        )
        rows.insert(done)
        for one in found:
            one.reconciliation = done
        Difference.objects.bulk_create(found, batch_size=500)
        audit.record(
            by=by,
            verb="orders.reconcile",
            subject_kind="reconciliation",
            subject_id=done.pk,
            detail={"rows": len(found)},
        )
    return done


def _with_cases(known: Mapping[str, Known]) -> dict[int, Order]:
    ids = [one.order.pk for one in known.values()]
    found: dict[int, Order] = {}
    for at in range(0, len(ids), 500):
        some = Order.objects.filter(pk__in=ids[at : at + 500]).select_related("report__case")
        found |= {row.pk: row for row in some}
    return found


def _differences(read: Read, here: Known, order: Order, row: int) -> list[Difference]:
    found = []
    changed = here.changed(read)
    case = order.report.case

    def add(gap: Gap, theirs: str, ours: str) -> None:
        found.append(_line(gap, read.number, theirs, ours, row, order.pk))

    if "version" in changed and not is_older(read.version, order.version):
        add(Gap.VERSION, read.version, order.version)
    if "due_at" in changed:
        add(Gap.DUE, _moment(read.due_at), _moment(order.due_at))
    rest = [name for name in changed if name not in _APART]
    if rest:
        add(Gap.CONTENT, changed_words(rest), "")
    closed = closed_there(read.state)
    if case.accepted_at is not None and case.is_open and unsigned_there(read.state):
        add(Gap.UNSIGNED, read.state, _moment(case.accepted_at))
    if read.state and not closed and not case.is_open:
        add(Gap.CLOSED_HERE, read.state, _moment(case.ended_at))
    if closed and case.is_open:
        add(Gap.CLOSED_THERE, read.state, _moment(order.due_at))
    return found


def _missed(by: Viewer, theirs: Sequence[Read]) -> tuple[list[Difference], int]:
    """Open orders of ours that their sheet should have and has not; how many it was laid beside."""
    mine = Order.objects.filter(district_id=by.district_id or 0, report__case__ended_at=None)
    sent = [read.sent_at for read in theirs if read.sent_at is not None]
    if sent:
        mine = mine.filter(sent_at__gte=min(sent), sent_at__lte=max(sent))
    there = {read.number for read in theirs}
    every = list(mine.order_by("number"))
    missed = [
        _line(Gap.NOT_THERE, row.number, "", _moment(row.due_at), None, row.pk)
        for row in every
        if row.number not in there
    ]
    return missed, len(every)


def _line(
    gap: Gap, number: str, theirs: str, ours: str, row: int | None, order_id: int | None = None
) -> Difference:
    return Difference(
        number=number[:_LENGTH],
        order_id=order_id,
        gap=gap,
        theirs=theirs[:_LENGTH],
        ours=ours[:_LENGTH],
        row=row,
    )


def _moment(moment: datetime | None) -> str:
    return f"{clock.local(moment):%Y-%m-%d %H:%M}" if moment else ""
