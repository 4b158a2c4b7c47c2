"""Routing rules by sheet: every row becomes a draft, to be tried and then put in force.

A row that stands as it is, in force or drafted, changes nothing; one with the name of a rule in
force and other words becomes the draft that is to take its place, so that the list can be taken
along, changed and sent again.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import partial
from typing import TypeVar

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gezhi.ground.codes.queries import terms
from gezhi.ground.sheets import tables
from gezhi.ground.sheets.declared import Line, Made, OnceEach, PreviewLine, Sheet, beside
from gezhi.ground.sheets.matching import Field, day_in, looks_like_day
from gezhi.kernel.errors import Conflict, Invalid
from gezhi.kernel.rights import Right
from gezhi.kernel.viewer import Level, Viewer
from gezhi.records.duties import cells, rules
from gezhi.records.duties.actions import RouteWanted, draft_route, drop_draft
from gezhi.records.duties.models import Held, Hours, Route, RouteState
from gezhi.records.duties.queries import found_routes
from gezhi.records.places.areas_by_word import AreasByWord, area_names
from gezhi.records.places.models import Area
from gezhi.records.units.models import Unit
from gezhi.records.units.queries import open_units, units_by_word

T = TypeVar("T")


class RouteBook:
    """What a list is previewed against, read once: classes, areas, units, the rules that live."""

    def __init__(self, viewer: Viewer, _lines: Sequence[Line]) -> None:
        self._viewer = viewer
        district_id = viewer.district_id or 0
        self._classes = cells.words_of("matters")
        self._urgencies = cells.words_of("urgency")
        self._areas = AreasByWord(district_id)
        whole = Area.objects.filter(district_id=district_id, level=Level.DISTRICT).first()
        self._district = whole.pk if whole else 0
        self._units = units_by_word(viewer, district_id)
        self._standing = {row.name: row for row in found_routes(viewer)}
        self._drafts = {row.name: row for row in found_routes(viewer, show="draft")}
        self._seen = OnceEach()

    def preview(self, line: Line) -> PreviewLine:
        """The line with its problems, and whether it is to replace a rule in force."""
        problems: dict[str, str] = {}
        wanted = self._wanted(line.cells, problems)
        if wanted is None or problems:
            return PreviewLine(line, problems)
        if above := self._seen.above(line, wanted.name):
            return PreviewLine(
                line, {"name": _("和第 %(line)s 行同名，请换个名字") % {"line": above}}
            )
        draft, standing = self._drafts.get(wanted.name), self._standing.get(wanted.name)
        if draft is not None:
            if _same(draft, wanted):
                return PreviewLine(line, is_done=True)
            said = _("已有一份同名的草稿：先在“派单规则”里删掉它，或者换个名字")
            return PreviewLine(line, {"name": said})
        return beside(
            line,
            wanted,
            standing,
            is_same=standing is not None and _same(standing, wanted),
            note=_("草稿"),
            note_instead=_("草稿，换下同名的"),
        )

    def store(self, previewed: PreviewLine) -> list[Made]:
        """Write the draft down."""
        wanted, replaces = previewed.meant
        old = Route.objects.get(pk=replaces) if replaces is not None else None
        if old is not None:
            wanted = replace(wanted, duty_id=old.duty_id)
        new = draft_route(wanted=wanted, replaces=old, by=self._viewer)
        return [Made("route", new.pk)]

    def _wanted(self, row: Mapping[str, str], problems: dict[str, str]) -> RouteWanted | None:
        def read(name: str, meaning: Callable[[str], T], default: T) -> T:
            with tables.noting(problems, name):
                return meaning(row.get(name, ""))
            return default

        lead, assists = self._led_by(row, problems)
        opens, closes = read("span", cells.span_in, (540, 1020))
        season_from, season_to = read("season", cells.season_in, ("", ""))
        wanted = RouteWanted(
            name=read("name", rules.route_name, ""),
            order=read("order", cells.number_in, 0),
            area_id=read("area", self._area, 0),
            lead_unit=lead or Unit(),
            class_code=read("class_code", partial(cells.meant, self._classes), ""),
            held=read("held", partial(cells.choice_in, Held), ""),
            hours=read("hours", partial(cells.choice_in, Hours), ""),
            opens=opens,
            closes=closes,
            weekdays=read("weekdays", cells.weekdays_in, ""),
            season_from=season_from,
            season_to=season_to,
            urgency=read("urgency", partial(cells.meant, self._urgencies), ""),
            assists=assists,
            legal_basis=read("legal_basis", rules.legal_basis, ""),
            valid_from=read("valid_from", _day, None),
            valid_to=read("valid_to", _day, None),
        )
        return None if problems else wanted

    def _area(self, word: str) -> int:
        return self._areas.meant(word) if word else self._district

    def _led_by(
        self, row: Mapping[str, str], problems: dict[str, str]
    ) -> tuple[Unit | None, list[tuple[Unit, bool]]]:
        lead = self._units.get(row.get("lead_unit", ""))
        if lead is None:
            problems["lead_unit"] = _("没有这个单位，请照“单位”里的名称填写")
        assists: list[tuple[Unit, bool]] = []
        for field, waits in (("assist_units", False), ("waited_units", True)):
            names = cells.listed(row.get(field, ""))
            missing = [name for name in names if name not in self._units]
            if missing:
                problems[field] = _("没有这些单位：%(names)s") % {"names": "、".join(missing)}
            assists += [(self._units[name], waits) for name in names if name in self._units]
        ids = [unit.pk for unit, _waits in assists]
        if lead is not None and lead.pk in ids:
            problems["assist_units"] = _("主办单位不能同时是协办单位，请去掉一个")
        elif len(ids) != len(set(ids)):
            problems["assist_units"] = _("同一个单位写了两次，请去掉一个")
        return lead, assists


def _day(text: str) -> date | None:
    found = day_in(text) if text else None
    if text and (found is None or not 2000 <= found.year <= 2100):
        raise Invalid(_("日期写成 2027-01-01"))
    return found


def _same(row: Route, wanted: RouteWanted) -> bool:
    """Whether a rule says what is wanted; the day it began is no difference once it did."""
    names = (
        "name", "order", "area_id", "class_code", "held", "hours", "weekdays", "season_from",
        "season_to", "urgency", "legal_basis", "valid_to",
    )  # fmt: skip
    spans = (row.opens, row.closes) == (wanted.opens, wanted.closes) or not wanted.hours
    begins = wanted.valid_from in (None, row.valid_from)
    assists = {(one.unit_id, one.waits) for one in row.assists.all()}
    return (
        all(getattr(row, name) == getattr(wanted, name) for name in names)
        and spans
        and begins
        and row.lead_unit_id == wanted.lead_unit.pk
        and assists == {(unit.pk, waits) for unit, waits in wanted.assists}
    )


def take_back(made: Sequence[Made], by: Viewer) -> None:
    """Throw the drafts of a row away; refuses (Conflict) one that is in force by now."""
    for one in made:
        row = Route.objects.filter(pk=one.id).first()
        if row is None:
            continue
        if row.state != RouteState.DRAFT:
            raise Conflict(_("这条规则已经生效，要停用请结束它"))
        drop_draft(route=row, by=by)


def _offered(viewer: Viewer, field: str) -> Sequence[str]:
    match field:
        case "class_code":
            return [row.code for row in terms("matters")]
        case "area":
            return area_names(viewer)
        case "held":
            return [str(one.label) for one in Held]
        case "hours":
            return [str(one.label) for one in Hours]
        case "urgency":
            return [row.name for row in terms("urgency")]
        case "lead_unit":
            return [unit.name for unit in open_units(viewer, viewer.district_id or 0)]
        case _:
            return ()


def _instructions() -> list[str]:
    return [
        _("一行一条规则，从第二行开始；带 * 的必填。导入的都是草稿，试算过再生效。"),
        _("先后从小到大，第一条合适的就用它；表里的先后照样保留。"),
        _("类别填名称或代码，空着就是各类事项；区域填街道、社区或网格，空着就是全区。"),
        _("时间空着就是任何时候；时段写成 9:00-17:00，空着就是它。"),
        _("星期写成 六、日 或 67，空着就是每天；季节写成 05-01 到 09-30，空着就是全年。"),
        _("协办单位有几个，用顿号隔开；主办要等答复的写在“要等的协办单位”。"),
        _("和生效的规则同名、内容不同的，导入成换下它的草稿；内容一样的不动。"),
    ]


ROUTES = Sheet(
    name="routes",
    title=gettext_lazy("派单规则"),
    fields=(
        Field("order", gettext_lazy("先后"), ("顺序", "优先级", "序号"), needed=True, width=8, most=8),
        Field("name", gettext_lazy("规则名称"), ("规则", "名称"), needed=True, width=28, most=60),
        Field(
            "class_code", gettext_lazy("类别代码"), ("类别", "事项类别", "代码"), width=18, most=60
        ),
        Field(
            "area", gettext_lazy("适用区域"), ("区域", "区域代码", "范围"), width=20, most=60
        ),
        Field("held", gettext_lazy("谁来派"), ("层级", "派单层级"), width=14, most=20),
        Field("hours", gettext_lazy("什么时候"), ("时间",), width=22, most=30),
        Field("span", gettext_lazy("时段"), ("工作时段", "几点到几点"), width=14, most=30),
        Field("weekdays", gettext_lazy("星期"), ("星期几",), width=12, most=30),
        Field("season", gettext_lazy("季节"), ("日期段", "从几月几日到几月几日"), width=18, most=30),
        Field("urgency", gettext_lazy("紧急程度"), ("急不急",), width=10, most=20),
        Field(
            "lead_unit", gettext_lazy("主办单位"), ("主办", "牵头单位", "责任单位"),
            needed=True, width=24, most=60,
        ),
        Field(
            "assist_units", gettext_lazy("协办单位"), ("协办", "配合单位"), width=30, most=300
        ),
        Field(
            "waited_units", gettext_lazy("要等的协办单位"), ("要等的", "需等待"), width=30, most=300
        ),
        Field(
            "legal_basis", gettext_lazy("依据"), ("法律依据", "政策依据"), width=40, most=300
        ),
        Field(
            "valid_from", gettext_lazy("从哪天起"), ("生效日期",), width=14, most=30,
            looks=looks_like_day,
        ),
        Field("valid_to", gettext_lazy("到哪天止"), ("截止日期",), width=14, most=30),
    ),
    right=Right.SET_UP,
    book=RouteBook,
    take_back=take_back,
    offered=_offered,
    instructions=_instructions,
    for_reading=(
        gettext_lazy("类别"), gettext_lazy("引用的权责"), gettext_lazy("状态"), gettext_lazy("读作"),
    ),
)  # fmt: skip
