"""对账: their sheet beside ours, each difference with what to do; nothing is changed by it."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db import transaction

from gezhi.ground.audit import actions as audit
from gezhi.ground.sheets import actions as sheets
from gezhi.ground.sheets.declared import Line, PreviewLine, preview_lines
from gezhi.kernel import clock, rows
from gezhi.kernel.errors import Invalid
from gezhi.kernel.fields import seal_into
from gezhi.kernel.rights import Right, require
from gezhi.kernel.viewer import Viewer
from gezhi.work.orders import cells, fields
from gezhi.work.orders.arriving import Known
from gezhi.work.orders.listing import ORDERS, OrderBook, changed_words, reasons
from gezhi.work.orders.models import Difference, Gap, Order, Reconciliation
from gezhi.work.orders.reading import Read
from gezhi.work.orders.rules import closed_there, is_older, short, unsigned_there

_LENGTH = 60
_PROBLEM = 300
# So long is kept what their sheet says of a matter.
_KEPT = timedelta(days=30)
# What a reconciliation says in lines of their own, or what is no matter of its own.
_APART = frozenset({"number", "version", "due_at", "state"})
# What an import would put right, if it takes the row.
_BY_IMPORT = frozenset({Gap.NOT_HERE, Gap.VERSION, Gap.DUE, Gap.CONTENT})


@dataclass(frozen=True, slots=True)
class _Row:
    """One order of theirs: the row it is laid beside ours by, and where it stands once more."""

    line: Line
    read: Read
    problem: str
    more: list[int] = field(default_factory=list)


def reconcile(*, content: bytes, by: Viewer) -> Reconciliation:
    """Lay their sheet of today beside our orders; each difference is kept as a line.

    An order that stands in it twice is laid beside ours once: its newest version. What an import
    would say of each row is asked of the import. Orders of ours are missed in it only where it
    reaches: between its first and last 派发时间 where it says them, all open ones where it does not.
    Refuses (Invalid, `file`) what is no sheet, and one whose columns nobody knows.
    """
    require(by, Right.EXCHANGE_ORDERS)
    _read, lines = sheets.lines_in(sheet=ORDERS, content=content, by=by)
    book = OrderBook(by, lines)
    theirs, found = _theirs(book, preview_lines(ORDERS, book, lines))
    cases = _with_cases(book.known)
    for row in theirs:
        here = book.known.get(row.read.number)
        if here is None:
            found.append(_line(Gap.NOT_HERE, row, row.read.state, ""))
        else:
            found += _differences(row, here, cases[here.order.pk])
    there = {row.read.number for row in theirs} | {one.number for one in found}
    missed, ours = _missed(by, [row.read for row in theirs], there)
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


def forget_old() -> int:
    """Let go of what their sheets said of matters, a month after; the differences stand."""
    old = Difference.objects.filter(reconciliation__made_at__lt=clock.now() - _KEPT)
    return old.exclude(said="").update(said="")


def _theirs(
    book: OrderBook, previewed: Sequence[PreviewLine]
) -> tuple[list[_Row], list[Difference]]:
    """Each order of theirs once, and a line for each row that says none."""
    found: dict[str, _Row] = {}
    unreadable: list[Difference] = []
    for one in previewed:
        read, _problems = book.read(one.line)
        problem = "；".join(reasons(one.line.cells, one.problems))[:_PROBLEM]
        if read is None:
            unreadable.append(
                Difference(
                    number=_number(one.line)[:_LENGTH],
                    gap=Gap.UNREADABLE,
                    row=one.line.number,
                    problem=problem,
                )
            )
            continue
        row = _Row(one.line, read, problem or (one.note if one.is_done else ""))
        first = found.get(read.number)
        if first is None:
            found[read.number] = row
        elif is_older(first.read.version, read.version):
            found[read.number] = row
            row.more.extend([first.line.number, *first.more])
        else:
            first.more.append(one.line.number)
    return list(found.values()), unreadable


def _number(line: Line) -> str:
    """The number of a row that cannot be read otherwise, as orders have theirs."""
    said = line.cells.get(fields.NUMBER, "")
    try:
        return cells.number(said)
    except Invalid:
        return said


def _with_cases(known: Mapping[str, Known]) -> dict[int, Order]:
    ids = [one.order.pk for one in known.values()]
    found: dict[int, Order] = {}
    for at in range(0, len(ids), 500):
        some = Order.objects.filter(pk__in=ids[at : at + 500]).select_related("report__case")
        found |= {row.pk: row for row in some}
    return found


def _differences(row: _Row, here: Known, order: Order) -> list[Difference]:
    found = []
    read = row.read
    changed = here.changed(read)
    case = order.report.case

    def add(gap: Gap, theirs: str, ours: str) -> Difference:
        line = _line(gap, row, theirs, ours, order.pk)
        found.append(line)
        return line

    if "version" in changed and not is_older(read.version, order.version):
        add(Gap.VERSION, read.version, order.version)
    if "due_at" in changed:
        add(Gap.DUE, _moment(read.due_at), _moment(order.due_at))
    rest = [name for name in changed if name not in _APART]
    if rest:
        line = add(Gap.CONTENT, changed_words(rest), "")
        # What is kept confidential, or is to be from now on, is not copied once more.
        if not (read.confidential or order.confidential or case.is_restricted):
            seal_into(line, "said", json.dumps(_said(row, rest), ensure_ascii=False))
    # What differs is the state: theirs in their words, ours by its name.
    closed = closed_there(read.state)
    if case.accepted_at is not None and case.is_open and unsigned_there(read.state):
        add(Gap.UNSIGNED, read.state, case.state)
    if read.state and not closed and not case.is_open:
        add(Gap.CLOSED_HERE, read.state, case.state)
    if closed and case.is_open:
        add(Gap.CLOSED_THERE, read.state, case.state)
    return found


def _said(row: _Row, changed: Sequence[str]) -> dict[str, str]:
    """What their changed columns say, a person's masked as on the page of the import."""
    read = row.read
    as_read = {"text": read.text, "title": read.text, "address": read.address, "area": read.address,
               "class": read.class_words, "phone": read.phone,
               "sent_at": _moment(read.sent_at), "sign_by": _moment(read.sign_by),
               "taken_at": _moment(read.taken_at)}  # fmt: skip
    shown = {
        name: fields.BY_NAME[name].shown(as_read.get(name, row.line.cells.get(name, "")))
        for name in changed
    }
    return {name: short(text) for name, text in shown.items()}


def _missed(by: Viewer, theirs: Sequence[Read], there: set[str]) -> tuple[list[Difference], int]:
    """Open orders of ours that their sheet should have and has not; how many it was laid beside."""
    mine = Order.objects.filter(district_id=by.district_id or 0, report__case__ended_at=None)
    sent = [read.sent_at for read in theirs if read.sent_at is not None]
    if sent:
        mine = mine.filter(sent_at__gte=min(sent), sent_at__lte=max(sent))
    every = list(mine.select_related("report__case").order_by("number"))
    missed = [
        Difference(
            number=row.number, order_id=row.pk, gap=Gap.NOT_THERE, ours=row.report.case.state
        )
        for row in every
        if row.number not in there
    ]
    return missed, len(every)


def _line(gap: Gap, row: _Row, theirs: str, ours: str, order_id: int | None = None) -> Difference:
    return Difference(
        number=row.read.number[:_LENGTH],
        order_id=order_id,
        gap=gap,
        theirs=theirs[:_LENGTH],
        ours=ours[:_LENGTH],
        row=row.line.number,
        more_rows=row.more,
        problem=row.problem if gap in _BY_IMPORT else "",
    )


def _moment(moment: datetime | None) -> str:
    return f"{clock.local(moment):%Y-%m-%d %H:%M}" if moment else ""
