"""Questions about orders; a case that the viewer may not see hides its order."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import Count, Max, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from gezhi.ground.sheets.models import SheetBatch
from gezhi.kernel import clock
from gezhi.kernel.errors import Unseen
from gezhi.kernel.scope import asked_of_each
from gezhi.kernel.viewer import Viewer
from gezhi.work.cases import queries as cases
from gezhi.work.cases.models import Case, Report
from gezhi.work.cases.rules import Confidentiality
from gezhi.work.orders import fields
from gezhi.work.orders.cells import plain
from gezhi.work.orders.models import (
    Arrival,
    ClassMatch,
    FolderFile,
    Order,
    Reconciliation,
    Reply,
)
from gezhi.work.orders.rules import SYSTEM

_LATELY = timedelta(days=30)
# What may be the number of an order: no blanks, and digits in it.
_NUMBER = re.compile(r"(?=.*[0-9].*[0-9])[0-9A-Za-z_.\-]{4,60}")


@dataclass(frozen=True, slots=True)
class Place:
    """Where a list that has the open ones first goes on: behind which order, in which of its parts."""

    ended: bool
    order_id: int


@dataclass(frozen=True, slots=True)
class Slice:
    """Some orders and where to go on; None on the last page."""

    rows: tuple[Order, ...]
    after: Place | None


def orders(viewer: Viewer, *, waiting: bool = False, words: str = "") -> QuerySet[Order]:
    """Orders whose case the viewer may see, newest first; `waiting`: with replies not written yet;
    `words`: of this number, or the beginning of it."""
    # Asked of each order by its case: all cases somebody may see are many more than a page of orders.
    seen = cases.visible_to(viewer).filter(pk=OuterRef("report__case"))
    rows = Order.objects.filter(asked_of_each(seen), district_id=viewer.district_id or 0)
    if waiting:
        rows = rows.filter(
            pk__in=Reply.objects.filter(
                district_id=viewer.district_id or 0, written_at=None
            ).values("order")
        )
    if words:
        rows = rows.filter(number__startswith=words)
    read = ("report__case__holder", "report__case__words", "report__reporter")
    return rows.select_related(*read).order_by("-id")


def open_first(rows: QuerySet[Order], *, size: int, after: Place | None = None) -> Slice:
    """So many of these orders, those of open cases before those that have ended, each the newest
    first; `after`: from the place on where another slice said to go on.

    Two queries along the index of the newest, the second only where the open ones fill no page.
    """
    found: list[Order] = []
    for ended in (False, True):
        if after is not None and after.ended and not ended:
            continue
        some = rows.filter(report__case__ended_at__isnull=not ended)
        if after is not None and after.ended == ended:
            some = some.filter(pk__lt=after.order_id)
        found += some[: size + 1 - len(found)]
        if len(found) > size:
            break
    shown = tuple(found[:size])
    if len(found) <= size:
        return Slice(shown, None)
    last = shown[-1]
    return Slice(shown, Place(last.report.case.ended_at is not None, last.pk))


def order(viewer: Viewer, order_id: int) -> Order:
    """One order; Unseen where its case is."""
    row = orders(viewer).filter(pk=order_id).first()
    if row is None:
        raise Unseen(_("没有找到这张工单"))
    return row


def case_of(viewer: Viewer, typed: str) -> str:
    """The number of the case an order is of, by its whole number as somebody typed it, for whoever
    may read what was reported; "" otherwise. A case a program of theirs brought is found the same.

    Asked of what looks like a number alone, and along the indexes of the numbers.
    """
    said = "".join(plain(typed).split())
    if not _NUMBER.fullmatch(said):
        return ""
    district_id = viewer.district_id or 0
    numbers = {said, said.upper()}
    known = Order.objects.filter(district_id=district_id, system=SYSTEM, number__in=numbers)
    ids = list(known.values_list("report__case", flat=True)[:2])
    if not ids:
        brought = Case.objects.filter(
            district_id=district_id, origin_system=SYSTEM, origin_number__in=numbers
        )
        ids = list(brought.values_list("pk", flat=True)[:2])
    found = cases.worded_to(viewer).filter(pk__in=ids).values_list("number", flat=True)
    return found.first() or "" if ids else ""


def of_case(viewer: Viewer, case: Case) -> list[Order]:
    """The orders of a case the viewer has open."""
    rows = Order.objects.filter(report__case=case, district_id=viewer.district_id or 0)
    return list(rows.order_by("id"))


def readable(viewer: Viewer) -> QuerySet[Reply]:
    """Replies whose case's words the viewer may read, in the order they were made."""
    seen = cases.worded_to(viewer).filter(pk=OuterRef("order__report__case"))
    rows = Reply.objects.filter(asked_of_each(seen), district_id=viewer.district_id or 0)
    return rows.select_related("order__report__case", "order__report__reporter").order_by("id")


def waiting(viewer: Viewer) -> QuerySet[Reply]:
    """Of these those that are in no sheet yet."""
    return readable(viewer).filter(written_at=None)


def waiting_by_kind(viewer: Viewer) -> dict[str, int]:
    """How many replies of each kind wait."""
    rows = waiting(viewer).order_by().select_related(None)
    return dict(rows.values_list("kind").annotate(Count("id")))


def waiting_of(order_ids_: Sequence[int]) -> dict[int, int]:
    """How many replies wait, by order."""
    rows = Reply.objects.filter(order__in=order_ids_, written_at=None).order_by()
    return dict(rows.values_list("order").annotate(Count("id")))


def replies(order_: Order) -> list[Reply]:
    """All replies of an order, newest first."""
    rows = Reply.objects.filter(order=order_).select_related(
        "order__report__case", "order__report__reporter"
    )
    return list(rows.order_by("-id"))


@dataclass(frozen=True, slots=True)
class File:
    """A sheet of replies that left: its number, when, how many."""

    serial: str
    written_at: datetime
    replies: int


def files(viewer: Viewer, most: int = 20) -> list[File]:
    """The newest sheets of replies."""
    rows = (
        Reply.objects.filter(district_id=viewer.district_id or 0, written_at__isnull=False)
        .filter(written_at__gte=clock.now() - _LATELY)
        .order_by()
        .values("file")
        .annotate(last=Max("written_at"), number=Count("id"))
        .order_by("-last")[:most]
    )
    return [File(row["file"], row["last"], row["number"]) for row in rows]


def alike(viewer: Viewer, order_: Order, most: int = 5) -> list[Case]:
    """Open cases that may be the same matter as an order's, to be merged by hand: of the same
    reporter (the same phone), or of the same class at the same place, lately. Only for a case that
    is open itself and not kept confidential."""
    case = order_.report.case
    if not case.is_open or case.is_restricted:
        return []
    same = Q(pk__in=())
    reporter = getattr(order_.report, "reporter", None)
    if reporter is not None and reporter.phone_index:
        same |= Q(
            pk__in=Report.objects.filter(reporter__phone_index=reporter.phone_index).values("case")
        )
    if case.place_id is not None:
        same |= Q(place_id=case.place_id, class_code=case.class_code)
    rows = cases.visible_to(viewer).filter(
        same, ended_at=None, reported_at__gte=clock.now() - _LATELY, street_id=case.street_id
    )
    # Whether somebody else asked to be kept confidential is nobody's to compare.
    rows = rows.exclude(confidentiality=Confidentiality.RESTRICTED)
    return list(rows.exclude(pk=case.pk).select_related("words", "holder").order_by("-id")[:most])


def reconciliations(viewer: Viewer) -> QuerySet[Reconciliation]:
    """The reconciliations of the district, newest first."""
    rows = Reconciliation.objects.filter(district_id=viewer.district_id or 0)
    return rows.annotate(found=Count("differences")).order_by("-made_at")


def reconciliation(viewer: Viewer, reconciliation_id: int) -> Reconciliation:
    """One of them; Unseen for another district's."""
    row = reconciliations(viewer).filter(pk=reconciliation_id).first()
    if row is None:
        raise Unseen(_("没有找到这张对账单"))
    return row


def folder_files(viewer: Viewer, most: int = 100) -> list[FolderFile]:
    """What was found in the watched folder, newest first."""
    rows = FolderFile.objects.filter(district_id=viewer.district_id or 0)
    return list(rows.order_by("-read_at")[:most])


def class_match(viewer: Viewer, match_id: int) -> ClassMatch:
    """A class of theirs; Unseen for another district's."""
    row = ClassMatch.objects.filter(district_id=viewer.district_id or 0, pk=match_id).first()
    if row is None:
        raise Unseen(_("没有这一条"))
    return row


def is_readable(viewer: Viewer, order_: Order) -> bool:
    """Whether the words of an order's case are the viewer's to read."""
    return cases.worded_to(viewer).filter(pk=order_.report.case_id).exists()


def reply(viewer: Viewer, order_: Order, reply_id: int) -> Reply:
    """A reply of an order; Unseen where its words are."""
    row = readable(viewer).filter(order=order_, pk=reply_id).first()
    if row is None:
        raise Unseen(_("没有这条回件"))
    return row


def end_of(day: date) -> datetime:
    """The last moment of a day in China."""
    return datetime.combine(day, time(23, 59, 59), clock.SHANGHAI)


@dataclass(frozen=True, slots=True)
class Came:
    """An order that a batch brought: new, or changed in these columns."""

    order: Order
    is_new: bool
    changed: tuple[str, ...]


def came_with(viewer: Viewer, batch: SheetBatch, most: int = 200) -> list[Came]:
    """The orders a batch brought, as far as the viewer may see them: changed ones first, then the
    newest first, as in the list."""
    how: dict[int, str] = {}
    for made in batch.rows.exclude(made=[]).values_list("made", flat=True):
        how |= {one[1]: one[2] for one in made}
    seen = list(orders(viewer).filter(pk__in=list(how)[:5000])[: most * 5])
    last: dict[int, list[str]] = {}
    for arrival in Arrival.objects.filter(order__in=[row.pk for row in seen]).order_by("number"):
        last[arrival.order_id] = arrival.changed
    found = [
        Came(
            row,
            how[row.pk] != "changed",
            tuple(fields.title_of(name) for name in last.get(row.pk, [])),
        )
        for row in seen
    ]
    return sorted(found, key=lambda one: one.is_new)[:most]
