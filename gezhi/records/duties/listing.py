"""Duties by sheet: the columns of the list, one row stored, one row taken back.

A row that stands in the list as it is changes nothing; one of the same class, area and list with
other words ends the old row today and begins anew, so that the list can be sent again and again.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gezhi.ground.audit import actions as audit
from gezhi.ground.codes.queries import terms
from gezhi.ground.sheets import tables
from gezhi.ground.sheets.declared import Line, Made, OnceEach, PreviewLine, Sheet, beside
from gezhi.ground.sheets.matching import Field, day_in, looks_like_day
from gezhi.kernel import clock
from gezhi.kernel.errors import Conflict, Invalid
from gezhi.kernel.rights import Right, require
from gezhi.kernel.viewer import Viewer
from gezhi.records.duties import rules
from gezhi.records.duties.actions import add_duty, end_duty
from gezhi.records.duties.models import Duty, ListKind
from gezhi.records.duties.queries import duties
from gezhi.records.places.areas_by_word import AreasByWord, area_names
from gezhi.records.units.models import Unit
from gezhi.records.units.queries import open_units, units_by_word

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


class DutyBook:
    """What a list is previewed against, read once: classes, areas, units, the list as it stands."""

    def __init__(self, viewer: Viewer, _lines: Sequence[Line]) -> None:
        self._viewer = viewer
        district_id = viewer.district_id or 0
        self.classes: dict[str, list[str]] = {}
        self.class_names: dict[str, str] = {}
        for term in terms("matters"):
            self.class_names[term.code] = term.name
            for word in {term.code, term.name, term.name_en} - {""}:
                self.classes.setdefault(word, []).append(term.code)
        self.areas = AreasByWord(district_id)
        self.units = units_by_word(viewer, district_id)
        self.by_id = {unit.pk: unit for unit in self.units.values()}
        self.kinds = {str(kind.label): kind.value for kind in ListKind}
        self.standing: dict[tuple[str, int, str], Duty] = {}
        for duty in duties(viewer):
            self.standing.setdefault((duty.class_code, duty.area_id, duty.list_kind), duty)
        self.seen = OnceEach()

    def preview(self, line: Line) -> PreviewLine:
        """The line with its problems, and what becomes of a row that stands."""
        problems: dict[str, str] = {}
        meant = self._meant(DutyRow(**line.cells), problems)
        if meant is None or problems:
            return PreviewLine(line, problems)
        if above := self.seen.above(line, meant.key):
            said = _("和第 %(line)s 行是同一类别、区域和清单，请留一行") % {"line": above}
            return PreviewLine(line, {"class_code": said})
        standing = self.standing.get(meant.key)
        is_same = standing is not None and _same(standing, meant)
        if standing is not None and not is_same:
            if meant.valid_from and meant.valid_from <= clock.today():
                # What the list said until today, it said: the new words count from today on.
                meant = replace(meant, valid_from=None)
            if standing.valid_from > (meant.valid_from or clock.today()):
                day = standing.valid_from.isoformat()
                said = _("已有一条 %(day)s 才开始，请写那天以后") % {"day": day}
                return PreviewLine(line, {"valid_from": said})
        return beside(line, meant, standing, is_same=is_same, note_instead=_("换下原来的"))

    def store(self, previewed: PreviewLine) -> list[Made]:
        """Bring the row into force, in place of the one that stands."""
        meant, replaces = previewed.meant
        made: list[Made] = []
        if replaces is not None:
            old = Duty.objects.select_for_update().get(pk=replaces)
            before = old.valid_to.isoformat() if old.valid_to else ""
            end_duty(duty=old, by=self._viewer, valid_to=meant.valid_from)
            made.append(Made("duty", old.pk, "ended", before))
        new = add_duty(
            class_code=meant.class_code,
            name=meant.name,
            area_id=meant.area_id,
            list_kind=meant.list_kind,
            lead_unit=self.by_id[meant.lead_id],
            assist_units=[self.by_id[pk] for pk in sorted(meant.assist_ids)],
            legal_basis=meant.legal_basis,
            valid_from=meant.valid_from,
            by=self._viewer,
        )
        return [*made, Made("duty", new.pk)]

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
        if not text:
            return None
        found = day_in(text)
        if found is None:
            problems["valid_from"] = _("日期写成 2027-01-01；空着就是今天")
        elif not 2000 <= found.year <= 2100:
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


def take_back(made: Sequence[Made], by: Viewer) -> None:
    """Take back what a row brought: the new row goes, the one it ended counts as before.

    Refuses (Conflict) a row that has ended since, whose predecessor's unit is closed, or that a
    routing rule or an admission rests on.
    """
    require(by, Right.SET_UP)
    for one in reversed(made):
        rows = Duty.objects.select_for_update(of=("self",)).select_related("lead_unit")
        duty = rows.filter(pk=one.id).first()
        if duty is None:
            continue
        audit.record(by=by, verb="duties.take_back", subject_kind="duty", subject_id=duty.pk)
        if one.how == "ended":
            if not duty.lead_unit.is_open:
                raise Conflict(_("原来的主办单位已经撤并"))
            duty.valid_to = date.fromisoformat(one.before) if one.before else None
            duty.save(update_fields=["valid_to"])
        elif duty.valid_to is not None:
            raise Conflict(_("这条权责已经结束"))
        elif duty.routes.exists() or duty.admissions.exists():
            raise Conflict(_("已有派单规则或社区准入引用这条权责"))
        else:
            duty.delete()


def _offered(viewer: Viewer, field: str) -> Sequence[str]:
    match field:
        case "class_code":
            return [row.code for row in terms("matters")]
        case "area":
            return area_names(viewer)
        case "list_kind":
            return [str(kind.label) for kind in ListKind]
        case "lead_unit":
            return [unit.name for unit in open_units(viewer, viewer.district_id or 0)]
        case _:
            return ()


def _instructions() -> list[str]:
    return [
        _("一行一条权责，从第二行开始；带 * 的必填。"),
        _("类别填名称或代码，整类或一个小类都行；同名的请填代码。"),
        _("适用区域填街道、社区或网格的名称或代码。"),
        _("清单不填就是“基本履职”；配合单位有几个，用顿号隔开。"),
        _("从哪天起写成 2027-01-01；空着就是今天。"),
        _("同一类别、区域和清单已有一条、内容不同的，导入后换下原来那条；内容一样的不动。"),
        _("上传后先核对再导入；有问题的行会单独退回，红色的格子是要改的。"),
    ]


DUTIES = Sheet(
    name="duties",
    title=gettext_lazy("权责清单"),
    # The headings of the exported list are read as well: taken along, changed, sent back.
    fields=(
        Field(
            "class_code", gettext_lazy("类别代码"), ("类别", "事项类别", "代码", "事项代码"),
            needed=True, width=18, most=60,
        ),
        Field(
            "name", gettext_lazy("事项"), ("事项名称", "履职事项", "权责事项"), width=30, most=100
        ),
        Field(
            "area", gettext_lazy("适用区域"), ("区域", "区域代码", "范围"),
            needed=True, width=20, most=60, for_all=True,
            without=gettext_lazy("每条权责都要知道管哪一片。"),
        ),
        Field(
            "list_kind", gettext_lazy("清单"), ("清单类别", "清单类型"), width=12, most=20,
            for_all=True, without=gettext_lazy("没有写的都当作“基本履职”。"),
        ),
        Field(
            "lead_unit", gettext_lazy("主办单位"), ("主办", "牵头单位", "责任单位", "牵头部门"),
            needed=True, width=24, most=60, for_all=True,
            without=gettext_lazy("每条权责都要有一个主办单位。"),
        ),
        Field(
            "assist_units", gettext_lazy("配合单位"), ("配合", "协办单位", "配合部门"),
            width=30, most=300,
        ),
        Field(
            "legal_basis", gettext_lazy("依据"), ("法律依据", "法定依据", "政策依据"),
            width=40, most=300,
        ),
        Field(
            "valid_from", gettext_lazy("从哪天起"), ("生效日期", "起始日期", "开始日期"),
            width=14, most=30, looks=looks_like_day,
        ),
    ),
    right=Right.SET_UP,
    book=DutyBook,
    take_back=take_back,
    offered=_offered,
    instructions=_instructions,
    for_reading=(gettext_lazy("类别"), gettext_lazy("区域代码"), gettext_lazy("到哪天止")),
)  # fmt: skip
