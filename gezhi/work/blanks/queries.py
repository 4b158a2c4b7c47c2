"""Questions about blanks: the sets of one's area, a blank by its number, what waits to be typed in."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext as _

from gezhi.ground.accounts import queries as accounts
from gezhi.ground.codes import queries as codes
from gezhi.ground.codes.queries import TermRow
from gezhi.kernel import scope
from gezhi.kernel.errors import Unseen
from gezhi.kernel.rights import Right
from gezhi.kernel.viewer import Level, Viewer
from gezhi.records.places import queries as places
from gezhi.work.blanks.models import Blank, BlankSet
from gezhi.work.blanks.rules import serial_in
from gezhi.work.cases.models import Report
from gezhi.work.cases.queries import worded_to

BOXES = "paper_boxes"
PAGE = 50
# Nobody prints for a grid alone.
_AREAS: dict[Level, str] = {
    level: column for level, column in scope.COLUMNS.items() if level is not Level.GRID
}


@dataclass(frozen=True, slots=True)
class SetLine:
    """A set as its list shows it."""

    row: BlankSet
    area: str
    printed_by: str
    entered: int
    waiting: int


@dataclass(frozen=True, slots=True)
class Entered:
    """What a blank became: the number of its report, of its case where the viewer may open that,
    who typed it in and when."""

    report_number: str
    case_number: str
    by: str
    at: datetime


def sets_of(viewer: Viewer) -> QuerySet[BlankSet]:
    """The sets of the areas the viewer takes reports in for."""
    return BlankSet.objects.filter(
        scope.over(viewer, Right.TAKE_IN, _AREAS), district_id=viewer.district_id or 0
    )


def listed(viewer: Viewer, *, before: int | None = None) -> list[SetLine]:
    """The sets, newest first: a page of them, of those with an id under `before`."""
    rows = sets_of(viewer).annotate(
        entered=Count("blanks", filter=Q(blanks__report__isnull=False)),
        waiting=Count("blanks", filter=Q(blanks__report=None, blanks__original__isnull=False)),
    )
    if before is not None:
        rows = rows.filter(pk__lt=before)
    found = list(rows.order_by("-id")[:PAGE])
    areas = places.names_of({row.community_id or row.street_id for row in found})
    names = accounts.names({row.printed_by for row in found})
    return [
        SetLine(
            row,
            areas.get(row.community_id or row.street_id, ""),
            names.get(row.printed_by, ""),
            row.entered,
            row.waiting,
        )
        for row in found
    ]


def get_set(viewer: Viewer, set_id: int) -> BlankSet:
    """A set; Unseen when it is none of the viewer's areas."""
    row = sets_of(viewer).filter(pk=set_id).first()
    if row is None:
        raise Unseen(_("没有找到这一沓空白表"))
    return row


def areas_for(viewer: Viewer) -> list[tuple[int, str]]:
    """For which areas the viewer may print: their own, and of a street its communities."""
    found: dict[int, str] = {}
    for seat in viewer.seats_for(Right.TAKE_IN):
        if seat.level is Level.STREET:
            found[seat.area_id] = _("整个街道")
            below = places.areas(
                viewer.district_id or 0, level=Level.COMMUNITY, street_id=seat.area_id
            )
            found |= {row.id: row.name for row in below}
        elif seat.level is Level.COMMUNITY:
            found |= places.names_of([seat.area_id])
    return list(found.items())


def blank(viewer: Viewer, typed: str) -> Blank:
    """The blank of a number as it was typed or scanned.

    Refuses (Invalid) what is no number, and a number that was never printed here.
    """
    serial = serial_in(typed)
    row = (
        Blank.objects.select_related("blank_set")
        .filter(serial=serial, blank_set__in=sets_of(viewer))
        .first()
    )
    if row is None:
        raise Unseen(_("没有印过这个号的表，请对着纸再看一遍"))
    return row


def entered(viewer: Viewer, row: Blank) -> Entered | None:
    """Which report it became; None while it is none."""
    if row.report_id is None or row.entered_at is None:
        return None
    report = Report.objects.only("number", "case_id").get(pk=row.report_id)
    case = worded_to(viewer).filter(pk=report.case_id).values_list("number", flat=True).first()
    name = accounts.names({row.entered_by or 0}).get(row.entered_by or 0, "")
    return Entered(report.number, case or "", name, row.entered_at)


def next_serial(viewer: Viewer) -> int | None:
    """The blank that most likely lies on the desk next: the one after what this person typed in last,
    where it was printed and is not entered; else the first photo that waits."""
    last = (
        Blank.objects.filter(entered_by=viewer.user_id).order_by("-entered_at").first()
        if viewer.user_id
        else None
    )
    if last is not None:
        after = (
            Blank.objects.filter(
                blank_set_id=last.blank_set_id, serial__gt=last.serial, report=None
            )
            .order_by("serial")
            .values_list("serial", flat=True)
            .first()
        )
        if after is not None:
            return after
    rows = waiting(viewer, most=1)
    return rows[0].serial if rows else None


def waiting(viewer: Viewer, *, most: int = 20) -> list[Blank]:
    """Photographed and not typed in, the oldest first."""
    rows = Blank.objects.filter(report=None, original__isnull=False, blank_set__in=sets_of(viewer))
    return list(rows.order_by("photographed_at")[:most])


def boxes(row: BlankSet | None = None) -> list[TermRow]:
    """The boxes to tick: as printed on a set, or those of today."""
    return list(codes.terms(BOXES, pack_id=row.pack_id if row else None))


def numbers_entered(viewer: Viewer, report_ids: Iterable[int]) -> dict[int, int]:
    """The serial of each of these reports that came on paper."""
    rows = Blank.objects.filter(report_id__in=list(report_ids), blank_set__in=sets_of(viewer))
    return {row.report_id or 0: row.serial for row in rows}


def may_look(viewer: Viewer, file_id: int) -> bool:
    """Whether the photo of a filled paper is this member of staff's to look at: whoever types it in,
    until it is; afterwards nobody but who opens it for a purpose (`actions.open_original`), and may
    open the contact of its report."""
    row = Blank.objects.filter(original_id=file_id).select_related("report").first()
    if row is None:
        return True
    if not sets_of(viewer).filter(pk=row.blank_set_id).exists():
        return False
    if row.report is None:
        return True
    return (
        viewer.may(Right.SEE_CONTACT)
        and worded_to(viewer, opened=True).filter(pk=row.report.case_id).exists()
    )
