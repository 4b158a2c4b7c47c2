"""Printing blanks in sets, keeping the photo of a filled one, and typing it in once."""

from dataclasses import dataclass, replace

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from gezhi.ground.audit import actions as audit
from gezhi.ground.codes import queries as codes
from gezhi.ground.codes.queries import TermRow
from gezhi.ground.files import actions as files
from gezhi.ground.files.actions import PreparedPhoto
from gezhi.kernel import clock, rows
from gezhi.kernel.digits import report_number
from gezhi.kernel.errors import Conflict, Invalid, Unseen
from gezhi.kernel.rights import Right, require
from gezhi.kernel.viewer import Level, Viewer
from gezhi.records.places import queries as places
from gezhi.records.places.models import District
from gezhi.work.blanks import queries
from gezhi.work.blanks.models import Blank, BlankSet
from gezhi.work.blanks.rules import FORM, MOST, first_serial, last_serial, number_of
from gezhi.work.cases import actions as cases
from gezhi.work.cases.actions import Intake, Receipt, Where
from gezhi.work.cases.models import Report
from gezhi.work.deeds.asked import refuse_bad_key

CHANNEL = "paper"


@dataclass(frozen=True, slots=True)
class TypedIn:
    """A blank that became a report: its receipt, and whether it was the same press again."""

    receipt: Receipt
    serial: int
    repeated: bool = False


def print_set(*, area_id: int, size: int, by: Viewer, key: str) -> BlankSet:
    """A new set of blanks with serials of their own, for a street or one of its communities.

    The same key of the same person is the same set. Refuses (NotPermitted) who takes no reports in,
    (Invalid) a size out of bounds, (Unseen) an area that is not the viewer's.
    """
    require(by, Right.TAKE_IN)
    refuse_bad_key(key)
    if not 1 <= size <= MOST:
        raise Invalid(_("一沓 1 到 %(most)d 张") % {"most": MOST}, field="size")
    if area_id not in dict(queries.areas_for(by)):
        raise Unseen(_("没有这个社区"))
    area = places.area(area_id)
    if area is None:
        raise Unseen(_("没有这个社区"))
    pack = codes.pack_holding(queries.BOXES)
    with transaction.atomic():
        # Serials of a district are drawn one set after the other.
        District.objects.select_for_update().get(pk=by.district_id or 0)
        known = BlankSet.objects.filter(printed_by=by.user_id or 0, key=key).first()
        if known is not None:
            return known
        row = BlankSet(
            district_id=by.district_id or 0,
            street_id=area.id if area.level == Level.STREET else area.street_id or 0,
            community_id=area.id if area.level == Level.COMMUNITY else None,
            form=FORM,
            pack_id=pack.id if pack else None,
            first_serial=_free(by.district_id or 0, size),
            size=size,
            printed_by=by.user_id or 0,
            printed_at=clock.now(),
            key=key,
        )
        rows.insert(row)
        rows.insert_each(
            [
                Blank(district_id=row.district_id, blank_set=row, serial=serial)
                for serial in range(row.first_serial, row.last_serial + 1)
            ]
        )
        audit.record(
            by=by,
            verb="blanks.print",
            subject_kind="blank_set",
            subject_id=row.pk,
            detail={"first_serial": number_of(row.first_serial), "size": size, "area": area_id},
        )
    return row


def _free(district_id: int, size: int) -> int:
    """The first serial after those of this year."""
    year = clock.today().year
    last = (
        Blank.objects.filter(
            district_id=district_id, serial__range=(first_serial(year), last_serial(year))
        )
        .order_by("-serial")
        .values_list("serial", flat=True)
        .first()
    )
    first = first_serial(year) if last is None else last + 1
    if first + size - 1 > last_serial(year):
        raise Invalid(_("今年的表号用完了"), field="size")
    return first


@transaction.atomic
def keep_original(*, serial: str, photo: PreparedPhoto, by: Viewer) -> Blank:
    """Keep the photo of a filled paper as its original, until somebody types it in and after.

    The same photo again changes nothing; another one takes its place while it is not typed in.
    Refuses (NotPermitted) who takes no reports in, (Invalid, Unseen) a number that is none of theirs,
    (Conflict) a blank that has a report and an original.
    """
    require(by, Right.TAKE_IN)
    row = _locked(by, serial)
    if row.original is not None:
        if row.original.digest == photo.digest:
            return row
        if row.report_id is not None:
            raise Conflict(_("这张表的照片已经存好，也录过了，不用再传"), code="state")
        files.remove(file_id=row.original.pk, by=by)
    row.original = files.store_photo(photo, by=by)
    row.photographed_by, row.photographed_at = by.user_id or 0, clock.now()
    row.save(update_fields=["original", "photographed_by", "photographed_at"])
    audit.record(
        by=by,
        verb="blanks.photograph",
        subject_kind="blank",
        subject_id=row.pk,
        detail={"number": number_of(row.serial), "file": row.original.pk},
    )
    return row


def type_in(*, serial: str, intake: Intake, box: str, by: Viewer, key: str) -> TypedIn:
    """Type a filled paper in: it becomes a report as any other, once.

    `box` is the letter that is ticked; it says the class, and stands for words where none are written. Where the paper names no place that is
    known, the report lies in the community the set was printed for. The same key again answers the
    same. Refuses (Conflict) a blank that is a report already and says which, (Invalid) a letter that
    is no box, and whatever a report is refused for; (NotPermitted) who takes no reports in.
    """
    require(by, Right.TAKE_IN)
    refuse_bad_key(key)
    with transaction.atomic():
        row = _locked(by, serial)
        if row.report_id is not None and not (row.key == key and row.entered_by == by.user_id):
            raise Conflict(_already(by, row), code="state")
        ticked = _ticked(row.blank_set, box)
        if ticked is not None and not intake.text.strip():
            # Nothing is written on the lines: what is ticked is what was said.
            intake = replace(intake, text=ticked.label)
        whole = replace(
            intake,
            channel=CHANNEL,
            class_code=str(ticked.data.get("class") or "") if ticked else "",
            where=_where(row.blank_set, intake.where),
        )
        try:
            receipt = cases.report(intake=whole, by=by, key=key)
            if row.report_id is not None:
                return TypedIn(receipt, row.serial, repeated=True)
            row.report = Report.objects.get(pk=receipt.report_id)
            row.entered_by, row.entered_at, row.key = by.user_id or 0, clock.now(), key
            row.save(update_fields=["report", "entered_by", "entered_at", "key"])
        except IntegrityError as error:
            # The key brought a report that another blank became: one paper, one press.
            raise Conflict(_("这一次按下已经录过另一张表，请刷新页面再录"), code="state") from error
        audit.record(
            by=by,
            verb="blanks.type_in",
            subject_kind="blank",
            subject_id=row.pk,
            detail={"number": number_of(row.serial), "report": receipt.report_id},
        )
    return TypedIn(receipt, row.serial)


@transaction.atomic
def open_original(*, serial: str, by: Viewer, purpose: str) -> Blank:
    """The photo of a paper that was typed in, recorded with who and what for.

    Refuses (Unseen) one that is none of theirs, whose reporter they may not reach, or that has none.
    """
    row = queries.blank(by, serial)
    if row.original_id is None or not queries.may_look(by, row.original_id):
        raise Unseen(_("没有这张表的照片"))
    audit.record_read(
        by=by,
        what="original",
        subject_kind="blank",
        subject_id=row.pk,
        purpose=f"other: {purpose}"[:60],
    )
    return row


@transaction.atomic
def drop_original(*, report_id: int, by: Viewer) -> bool:
    """Let the photo of a paper go whose reporter was erased; whether there was one."""
    row = Blank.objects.select_for_update().filter(report_id=report_id).first()
    if row is None or row.original_id is None:
        return False
    files.remove(file_id=row.original_id, by=by)
    row.original = None
    row.photographed_by = row.photographed_at = None
    row.save(update_fields=["original", "photographed_by", "photographed_at"])
    return True


def _locked(by: Viewer, serial: str) -> Blank:
    found = queries.blank(by, serial)
    return (
        Blank.objects.select_for_update(of=("self",))
        .select_related("blank_set", "original")
        .get(pk=found.pk)
    )


def _already(by: Viewer, row: Blank) -> str:
    told = queries.entered(by, row)
    if told is None:
        return ""
    return _("这张表已经录过：受理号 %(number)s，%(who)s %(when)s 录入。") % {
        "number": report_number(told.report_number),
        "who": told.by,
        "when": f"{clock.local(told.at):%m-%d %H:%M}",
    }


def _ticked(row: BlankSet, box: str) -> TermRow | None:
    box = box.strip().upper()
    if not box:
        return None
    term = next((one for one in queries.boxes(row) if one.code == box), None)
    if term is None:
        known = "、".join(one.code for one in queries.boxes(row))
        raise Invalid(_("勾的类别写表上那个字母：%(known)s") % {"known": known}, field="box")
    return term


def _where(row: BlankSet, where: Where) -> Where:
    if where.area_id is not None or where.place_id is not None:
        return where
    return replace(where, area_id=row.community_id)
