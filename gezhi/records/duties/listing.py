"""The duty list from a sheet: checked row by row, then the good rows in, all or none.

A row that stands in the list as it is changes nothing; one of the same class, area and list with
other words ends the old row today and begins anew, so that the list can be sent again and again.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from gezhi.ground.audit import actions as audit
from gezhi.ground.codes.queries import terms
from gezhi.ground.sheets import tables
from gezhi.kernel import clock
from gezhi.kernel.errors import Conflict, Invalid
from gezhi.kernel.rights import Right, require
from gezhi.kernel.viewer import Viewer
from gezhi.records.duties import rules
from gezhi.records.duties.actions import add_duty, end_duty
from gezhi.records.duties.models import Duty, ListKind
from gezhi.records.duties.queries import duties
from gezhi.records.places.areas_by_word import AreasByWord
from gezhi.records.units.models import Unit
from gezhi.records.units.queries import open_units, units_by_word

MOST_ROWS = 1000
_APART = "、，,;；/"


@dataclass(frozen=True, slots=True)
class DutyRow:
    """One line as somebody wrote it: every cell a text, empty when not filled."""

    class_code: str = ""
    name: str = ""
    area: str = ""
    list_kind: str = ""
    lead_unit: str = ""
    assist_units: str = ""
    legal_basis: str = ""
    valid_from: str = ""


@dataclass(frozen=True, slots=True)
class Meant:
    """What a line means: ids and codes in place of words."""

    class_code: str
    name: str
    area_id: int
    list_kind: str
    lead_id: int
    assist_ids: frozenset[int]
    legal_basis: str
    valid_from: date | None

    @property
    def key(self) -> tuple[str, int, str]:
        """What no two rows in force share."""
        return self.class_code, self.area_id, self.list_kind


@dataclass(frozen=True, slots=True)
class CheckedDuty:
    """A line with what is wrong in it by cell; `replaces` is the row it ends, `is_done` one that
    stands already as it is."""

    number: int
    row: DutyRow
    problems: Mapping[str, str] = field(default_factory=dict)
    meant: Meant | None = None
    replaces: int | None = None
    is_done: bool = False

    @property
    def is_good(self) -> bool:
        """Whether the line can go in, or stands already."""
        return not self.problems


@dataclass(frozen=True, slots=True)
class Listed:
    """How many rows were added, and how many of them took the place of another."""

    added: int
    replaced: int
    unchanged: int


def check_list(
    rows: Sequence[DutyRow], *, viewer: Viewer, numbers: Sequence[int] = ()
) -> list[CheckedDuty]:
    """Each line with its problems, in order; nothing is changed. `numbers` are the lines as they
    count in the sheet.

    Refuses (Invalid) an empty list and one of more than 1,000 lines; only for the system
    administrator (NotPermitted).
    """
    require(viewer, Right.SET_UP)
    if not rows:
        raise Invalid(_("表里没有权责，请从第二行开始填写"))
    if len(rows) > MOST_ROWS:
        raise Invalid(_("一次最多 %(most)s 条，请分成几张表") % {"most": MOST_ROWS})
    book = _Book(viewer)
    placed = numbers or range(2, len(rows) + 2)
    return [book.checked(number, row) for number, row in zip(placed, rows, strict=True)]


@transaction.atomic
def add_list(rows: Sequence[DutyRow], *, by: Viewer) -> Listed:
    """Bring the rows of a list into force, all or none: new ones added, those with other words in
    place of the old ones from their day on, those that stand as they are left alone.

    Refuses (Conflict) when any line has a problem by now.
    """
    checked = check_list(rows, viewer=by)
    if not all(line.is_good for line in checked):
        raise Conflict(_("有的行刚刚被别人改过，什么都没有导入，请再上传一次"))
    units = {unit.pk: unit for unit in open_units(by, by.district_id or 0)}
    replaced = added = 0
    for line in checked:
        if line.is_done or line.meant is None:
            continue
        if line.replaces is not None:
            old = Duty.objects.select_for_update().get(pk=line.replaces)
            end_duty(duty=old, by=by, valid_to=line.meant.valid_from)
            replaced += 1
        _add(line.meant, units, by)
        added += 1
    listed = Listed(added, replaced, len(checked) - added)
    audit.record(
        by=by,
        verb="duties.add_list",
        subject_kind="district",
        subject_id=by.district_id,
        detail={"added": added, "replaced": replaced},
    )
    return listed


def _add(meant: Meant, units: Mapping[int, Unit], by: Viewer) -> None:
    add_duty(
        class_code=meant.class_code,
        name=meant.name,
        area_id=meant.area_id,
        list_kind=meant.list_kind,
        lead_unit=units[meant.lead_id],
        assist_units=[units[pk] for pk in sorted(meant.assist_ids)],
        legal_basis=meant.legal_basis,
        valid_from=meant.valid_from,
        by=by,
    )


class _Book:
    """What a list is checked against, read once: classes, areas, units, the list as it stands."""

    def __init__(self, viewer: Viewer) -> None:
        district_id = viewer.district_id or 0
        self.classes: dict[str, list[str]] = {}
        self.class_names: dict[str, str] = {}
        for term in terms("matters"):
            self.class_names[term.code] = term.name
            for word in {term.code, term.name, term.name_en} - {""}:
                self.classes.setdefault(word, []).append(term.code)
        self.areas = AreasByWord(district_id)
        self.units = units_by_word(viewer, district_id)
        self.kinds = {str(kind.label): kind.value for kind in ListKind}
        self.standing: dict[tuple[str, int, str], Duty] = {}
        for duty in duties(viewer):
            self.standing.setdefault((duty.class_code, duty.area_id, duty.list_kind), duty)
        self.seen: dict[tuple[str, int, str], int] = {}

    def checked(self, number: int, row: DutyRow) -> CheckedDuty:
        """The line with its problems by cell, and what becomes of a row that stands."""
        problems: dict[str, str] = {}
        meant = self._meant(row, problems)
        if meant is None or problems:
            return CheckedDuty(number, row, problems)
        if above := self.seen.get(meant.key):
            problems["class_code"] = _("和第 %(line)s 行是同一类别、区域和清单，请留一行") % {
                "line": above
            }
            return CheckedDuty(number, row, problems)
        self.seen[meant.key] = number
        standing = self.standing.get(meant.key)
        if standing is None:
            return CheckedDuty(number, row, {}, meant)
        if _same(standing, meant):
            return CheckedDuty(number, row, {}, meant, is_done=True)
        if meant.valid_from and meant.valid_from <= clock.today():
            # What the list said until today, it said: the new words count from today on.
            meant = replace(meant, valid_from=None)
        if standing.valid_from > (meant.valid_from or clock.today()):
            day = standing.valid_from.isoformat()
            problems["valid_from"] = _("已有一条 %(day)s 才开始，请写那天以后") % {"day": day}
            return CheckedDuty(number, row, problems)
        return CheckedDuty(number, row, {}, meant, replaces=standing.pk)

    def _meant(self, row: DutyRow, problems: dict[str, str]) -> Meant | None:
        class_code = area_id = None
        with tables.noting(problems, "class_code"):
            class_code = self._class(row.class_code)
        with tables.noting(problems, "area"):
            area_id = self.areas.meant(row.area)
        kind = self.kinds.get(row.list_kind or str(ListKind.BASIC.label), "")
        if not kind:
            problems["list_kind"] = _("清单只能是：%(kinds)s") % {"kinds": "、".join(self.kinds)}
        lead = self.units.get(row.lead_unit)
        if lead is None:
            problems["lead_unit"] = _("没有这个单位，请照“单位”里的名称填写")
        assisting = self._assisting(row, lead, problems)
        valid_from = self._day(row.valid_from, problems)
        name = legal_basis = ""
        with tables.noting(problems, "name"):
            name = rules.duty_name(row.name) if row.name else ""
        with tables.noting(problems, "legal_basis"):
            legal_basis = rules.legal_basis(row.legal_basis)
        if class_code is None or area_id is None or lead is None or problems:
            return None
        return Meant(
            class_code=class_code,
            name=name or self.class_names[class_code],
            area_id=area_id,
            list_kind=kind,
            lead_id=lead.pk,
            assist_ids=assisting,
            legal_basis=legal_basis,
            valid_from=valid_from,
        )

    def _class(self, word: str) -> str:
        found = self.classes.get(word.strip(), [])
        if len(found) == 1:
            return found[0]
        raise Invalid(
            _("有好几个类别叫这个名字，请填代码")
            if found
            else _("没有这个类别，请填“各类事项”里的名称或代码")
        )

    def _assisting(
        self, row: DutyRow, lead: Unit | None, problems: dict[str, str]
    ) -> frozenset[int]:
        plain = row.assist_units
        for mark in _APART:
            plain = plain.replace(mark, "\n")
        names = [name.strip() for name in plain.split("\n") if name.strip()]
        missing = [name for name in names if name not in self.units]
        if missing:
            problems["assist_units"] = _("没有这些单位：%(names)s") % {"names": "、".join(missing)}
            return frozenset()
        found = frozenset(self.units[name].pk for name in names)
        if lead is not None and lead.pk in found:
            problems["assist_units"] = _("主办单位不能同时是配合单位")
        return found

    def _day(self, text: str, problems: dict[str, str]) -> date | None:
        plain = text.strip().split(" ")[0].replace("/", "-").replace(".", "-")
        for mark in "年月":
            plain = plain.replace(mark, "-")
        plain = plain.rstrip("日")
        if not plain:
            return None
        try:
            year, month, day = (int(part) for part in plain.split("-"))
            found = date(year, month, day)
        except ValueError:
            problems["valid_from"] = _("日期写成 2027-01-01；空着就是今天")
            return None
        if not 2000 <= found.year <= 2100:
            problems["valid_from"] = _("这个日期太早或太晚")
        return found


def _same(duty: Duty, meant: Meant) -> bool:
    """Whether the row stands as it is meant; the day it began is no difference once it did."""
    begins = meant.valid_from is None or meant.valid_from == duty.valid_from
    begins = begins or max(meant.valid_from or date.min, duty.valid_from) <= clock.today()
    return begins and (
        (duty.name, duty.lead_unit_id, duty.legal_basis)
        == (meant.name, meant.lead_id, meant.legal_basis)
        and frozenset(unit.pk for unit in duty.assist_units.all()) == meant.assist_ids
    )
