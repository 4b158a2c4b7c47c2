"""Orders by sheet: the columns, what a line comes to, what is remembered of a city's sheet."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from gezhi.ground.codes import queries as codes
from gezhi.ground.sheets import queries as batches
from gezhi.ground.sheets.declared import Line, Made, OnceEach, PreviewLine, Sheet
from gezhi.ground.sheets.models import RowState, SheetBatch
from gezhi.ground.sheets.queries import Look
from gezhi.ground.sheets.tables import reason_heading
from gezhi.kernel.errors import Refusal
from gezhi.kernel.rights import Right
from gezhi.kernel.viewer import Viewer
from gezhi.work.orders import arriving, fields, mappings
from gezhi.work.orders.arriving import Known
from gezhi.work.orders.cells import plain
from gezhi.work.orders.classes import code_of, codes_of
from gezhi.work.orders.models import Arrival, Order
from gezhi.work.orders.reading import Read, Reader
from gezhi.work.orders.rules import SYSTEM, is_older

NAME = "orders"
KIND = "order"


class OrderBook:
    """Lines laid beside the orders that are here."""

    def __init__(self, viewer: Viewer, lines: Sequence[Line]) -> None:
        self._viewer = viewer
        self._reader = Reader()
        with codes.steady():
            self._read = {line.number: self._reader.read(line.cells) for line in lines}
            words = {read.class_words for read, _problems in self._read.values() if read}
            self._settled = codes_of(viewer.district_id or 0, words)
        self._noted: dict[str, str] = {}
        numbers = {read.number for read, _problems in self._read.values() if read}
        self.known = known_orders(viewer, numbers)
        self._once = OnceEach()

    def read(self, line: Line) -> tuple[Read | None, dict[str, str]]:
        """The order a line says, or what is wrong in its cells by field."""
        return self._read.get(line.number) or self._reader.read(line.cells)

    def preview(self, line: Line) -> PreviewLine:
        """New, changed (which columns), the same, or what is wrong in it."""
        read, problems = self.read(line)
        if read is None or problems:
            return PreviewLine(line, problems)
        above = self._once.above(line, (read.number, read.version))
        if above:
            said = _("和第 %(number)d 行是同一张工单的同一版，只留一行") % {"number": above}
            return PreviewLine(line, {fields.NUMBER: said})
        known = self.known.get(read.number)
        if known is None:
            note = _("新工单，保密") if read.confidential else _("新工单")
            return PreviewLine(line, note=note, meant=(read, None))
        if is_older(read.version, known.order.version):
            return PreviewLine(line, is_done=True, note=_("旧的一版"))
        changed = known.changed(read)
        if not changed:
            return PreviewLine(line, is_done=True)
        return PreviewLine(line, note=changed_words(changed), meant=(read, known))

    def store(self, previewed: PreviewLine) -> Sequence[Made]:
        """Take it in, or what changed of it."""
        read, known = previewed.meant
        try:
            return self._stored(read, known)
        except Refusal:
            # What was noted of a class goes with what is not stored.
            self._noted.clear()
            raise

    def _stored(self, read: Read, known: Known | None) -> Sequence[Made]:
        if known is None:
            try:
                with transaction.atomic(), codes.steady():
                    order = arriving.take(
                        read=read, by=self._viewer, class_code=self._class(read.class_words)
                    )
                self.known[read.number] = arriving.known_as(order, read)
                return [Made(KIND, order.pk)]
            except IntegrityError:
                # Somebody brought it in at the same moment: it is here now.
                known = known_orders(self._viewer, {read.number}).get(read.number)
                if known is None:
                    raise
        changed = arriving.change(order_id=known.order.pk, read=read, by=self._viewer)
        self.known[read.number] = arriving.known_of(known.order)
        return [Made(KIND, known.order.pk, "changed")] if changed else []

    def _class(self, words: str) -> str:
        if words in self._settled:
            return self._settled[words]
        if words not in self._noted:
            self._noted[words] = code_of(self._viewer.district_id or 0, words)
        return self._noted[words]


def known_orders(viewer: Viewer, numbers: set[str]) -> dict[str, Known]:
    """Orders that are here, by number, with what their columns said last."""
    found: dict[str, Known] = {}
    wanted = sorted(numbers)
    for at in range(0, len(wanted), 500):
        some = Order.objects.filter(
            district_id=viewer.district_id or 0, system=SYSTEM, number__in=wanted[at : at + 500]
        )
        by_id = {row.pk: row for row in some}
        last: dict[int, Arrival] = {}
        for arrival in Arrival.objects.filter(order__in=list(by_id)).order_by("number"):
            last[arrival.order_id] = arrival
        found |= {row.number: Known(row, last[row.pk].digests) for row in by_id.values()}
    return found


def changed_words(changed: Sequence[str]) -> str:
    """Which columns changed, in words."""
    names = "、".join(fields.title_of(name) for name in changed[:4])
    if len(changed) <= 4:
        return _("改了%(names)s") % {"names": names}
    said = ngettext("改了%(names)s等 %(number)d 栏", "改了%(names)s等 %(number)d 栏", len(changed))
    return said % {"names": names, "number": len(changed)}


def counted(batch: SheetBatch, viewer: Viewer, seen: Look | None = None) -> dict[str, int]:
    """How the rows of a batch ended: `rows new changed same wrong`; of one that was not begun, how
    they would (`seen`, where it was looked at just now)."""
    found = dict.fromkeys(("rows", "new", "changed", "same", "wrong"), 0)
    if batch.read:
        for line in (seen or batches.look(batch, viewer)).lines:
            is_new = line.meant is not None and line.meant[1] is None
            good = "same" if line.is_done else "new" if is_new else "changed"
            found[good if line.is_good else "wrong"] += 1
    else:
        for state, made in batch.rows.values_list("state", "made"):
            new = "changed" if made and made[0][2] == "changed" else "new"
            known = {RowState.UNCHANGED: "same", RowState.REFUSED: "wrong", RowState.STORED: new}
            if state in known:
                found[known[RowState(state)]] += 1
    found["rows"] = sum(found.values())
    return found


@dataclass(frozen=True, slots=True)
class WrongRow:
    """A row that did not go in: its number in the sheet and why, without a word of a person."""

    number: int
    reasons: tuple[str, ...]


def wrong_rows(batch: SheetBatch, seen: Look) -> list[WrongRow]:
    """The rows of a batch that did not go in, or, of one that was not begun, would not."""
    if batch.read:
        rows = [(one.line.number, one.line.cells, one.problems) for one in seen.lines]
    else:
        rows = [(one.number, one.cells, one.problems) for one in batches.refused(batch)]
    return [
        WrongRow(number, reasons(cells, problems)) for number, cells, problems in rows if problems
    ]


def reasons(cells: Mapping[str, str], problems: Mapping[str, str]) -> tuple[str, ...]:
    """What is wrong in a row, without a word of a person."""
    return tuple(_reason(name, cells.get(name, ""), why) for name, why in problems.items())


def _reason(name: str, cell: str, why: str) -> str:
    """What is wrong, after the title of its column; what stands in a cell of a person is left out."""
    field = fields.BY_NAME.get(name)
    if field is None:
        return why
    said = plain(cell)
    if field.masked is not None and said:
        why = why.replace(said, "…")
    return f"{field.title}：{why}"


def _offered(_viewer: Viewer, name: str) -> Sequence[str]:
    return fields.BY_NAME[name].choices


def _remembered(viewer: Viewer, headings: Sequence[str]) -> Mapping[int, str] | None:
    return mappings.places(viewer, headings)


ORDERS = Sheet(
    name=NAME,
    title=gettext_lazy("12345 工单"),
    fields=fields.FIELDS,
    right=Right.EXCHANGE_ORDERS,
    book=OrderBook,
    offered=_offered,
    instructions=lambda: (
        "一行一张工单。编号、内容要填，别的有就填。",
        "编号、电话两列设成“文本”，不然 Excel 会把后面的数字变成 0。",
        "办结时限照抄他们的，不另算。同一张工单再传一次，只改变了的。",
    ),
    for_reading=(reason_heading(), "序号"),
    own_back=True,
    remembers=_remembered,
)
