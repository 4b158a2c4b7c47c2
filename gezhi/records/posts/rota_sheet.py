"""Duty by sheet: a line is one day, from, to and who; it holds in the place of the pattern."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gezhi.ground.accounts.models import User
from gezhi.ground.sheets.declared import Line, Made, PreviewLine, Sheet
from gezhi.ground.sheets.matching import Field, day_in, looks_like_day
from gezhi.kernel import clock
from gezhi.kernel.errors import Conflict, Invalid
from gezhi.kernel.rights import Right
from gezhi.kernel.viewer import Viewer
from gezhi.records.posts import rota_words
from gezhi.records.posts.actions.rota import refuse_outside, set_shift, take_back_change
from gezhi.records.posts.models import Rota, Shift
from gezhi.records.posts.rota_queries import (
    ShiftLine,
    kept_unit_ids,
    people_of,
    people_on,
    shown,
    whose,
)
from gezhi.records.posts.rota_twice import doubles_in
from gezhi.records.posts.shifts import day_begins

_DAY = timedelta(days=1)
_REASON = gettext_lazy("从表格导入")
_NOBODY = gettext_lazy("没有人")


def kept_rotas(viewer: Viewer) -> list[Rota]:
    """The rotas the viewer keeps that have not ended, by name."""
    rows = Rota.objects.filter(unit__in=kept_unit_ids(viewer)).exclude(to_day__lte=clock.today())
    return list(rows.select_related("unit").order_by("name", "id"))


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a line means: on which rota, from when to when, who (None: nobody)."""

    rota: Rota
    from_at: datetime
    to_at: datetime
    user_id: int | None


class RotaBook:
    """What a list of shifts is previewed against: the rotas the viewer keeps, their shifts then."""

    def __init__(self, viewer: Viewer, lines: Sequence[Line]) -> None:
        self._viewer = viewer
        self._kept = kept_rotas(viewer)
        found = [day for line in lines if (day := day_in(line.cells.get("day", "")))]
        self._standing: dict[tuple[int, datetime, datetime], ShiftLine] = {}
        if found:
            rows = Shift.objects.filter(
                rota__in=self._kept,
                from_at__gte=day_begins(min(found)),
                from_at__lt=day_begins(max(found) + _DAY),
            )
            self._standing = {(one.rota_id, one.from_at, one.to_at): one for one in shown(rows)}

    def preview(self, line: Line) -> PreviewLine:
        """A shift that stands as it is changes nothing; one that would put somebody on duty twice at
        a time goes in, with a word about it."""
        try:
            rota = _rota(line.cells, self._kept)
            start, end = _span(line.cells)
            if _stands(self._standing.get((rota.pk, start, end)), line.cells.get("who", "")):
                return PreviewLine(line, is_done=True)
            wanted = Wanted(rota, start, end, _user_id(rota, line.cells.get("who", "")))
            rest, end = rota_words.span(start, end, clock.now())
            refuse_outside(rota, rest)
        except Invalid as refusal:
            return PreviewLine(line, {_cell_of(refusal): str(refusal.message)})
        twice = doubles_in(rota, wanted.user_id, rest, end) if wanted.user_id else []
        note = _("同时值两个班：%(words)s") % {"words": twice[0].words} if twice else ""
        return PreviewLine(line, note=note, meant=wanted)

    def store(self, previewed: PreviewLine) -> list[Made]:
        """One shift of a rota, as a change by hand. Who is on duty twice by it was shown before."""
        wanted: Wanted = previewed.meant
        try:
            change = set_shift(
                rota_id=wanted.rota.pk,
                from_at=wanted.from_at,
                to_at=wanted.to_at,
                user_id=wanted.user_id,
                reason=str(_REASON),
                by=self._viewer,
                doubled=True,
            )
        except Invalid as refusal:
            raise Invalid(refusal.message, field=_cell_of(refusal)) from refusal
        return [Made("rota_change", change.pk)]


def _span(cells: Mapping[str, str]) -> tuple[datetime, datetime]:
    day = day_in(cells.get("day", ""))
    if day is None:
        raise Invalid(_("日期要写成 2026-11-23 这样"), field="day")
    start = datetime.combine(day, _time(cells, "from"), clock.SHANGHAI)
    end = datetime.combine(day, _time(cells, "to"), clock.SHANGHAI)
    return start, end if end > start else end + _DAY


def _stands(standing: ShiftLine | None, word: str) -> bool:
    """Whether the rota has this shift with whom the list names, the list that was taken along."""
    if standing is None:
        return False
    return word == (str(_NOBODY) if standing.gap else standing.user_name)


def _cell_of(refusal: Invalid) -> str:
    return _CELLS.get(refusal.field, refusal.field)


_CELLS = {"user": "who", "to_at": "to", "from_at": "day"}


def take_back(made: Sequence[Made], by: Viewer) -> None:
    """The pattern holds again, from now on; what has passed stays."""
    for one in made:
        try:
            take_back_change(change_id=one.id, by=by)
        except Conflict as refusal:
            raise Conflict(_("这一班已经过去或已经撤掉了，留着")) from refusal


def _rota(cells: Mapping[str, str], kept: Sequence[Rota]) -> Rota:
    name, unit = cells.get("rota", ""), cells.get("unit", "")
    found = [one for one in kept if not name or one.name == name]
    if unit:
        found = [one for one in found if unit in (one.unit.name, one.unit.short_name)]
    if len(found) == 1:
        return found[0]
    if not found:
        raise Invalid(
            _("您管的单位里没有叫“%(name)s”的值班表，请先在“值班”里建一张，或改成已有的名称")
            % {"name": name},
            field="rota",
        )
    if name and not unit:
        raise Invalid(_("有几个单位都有这张值班表，请写上单位"), field="unit")
    raise Invalid(_("您管的值班表不止一张，请写上是哪一张"), field="rota")


def _time(cells: Mapping[str, str], field: str) -> time:
    # The list that is taken along has whole moments: 2026-11-23 17:00.
    text = cells.get(field, "").replace("：", ":").strip().rpartition(" ")[2]
    text = text.removesuffix(":00:00")
    if text in ("24:00", "24"):
        return time()
    hour, _colon, rest = text.partition(":")
    minute = rest.partition(":")[0] or "0"
    if not (hour.isascii() and hour.isdigit() and minute.isascii() and minute.isdigit()):
        raise Invalid(_("钟点要写成 17:00 这样"), field=field)
    if int(hour) > 23 or int(minute) > 59:
        raise Invalid(_("钟点要在 00:00 到 24:00 之间"), field=field)
    return time(int(hour), int(minute))


def _user_id(rota: Rota, word: str) -> int | None:
    return None if word == str(_NOBODY) else _person(rota, word).pk


def _person(rota: Rota, word: str) -> User:
    same = [one for one in people_on(rota) if word in (one.name, one.staff_number)]
    if len(same) == 1:
        return same[0]
    if same:
        raise Invalid(_("有两位同名的，请写工号"), field="who")
    words = _("这个人不是%(whose)s的，请改姓名或工号")
    raise Invalid(words % {"whose": whose(rota.unit, rota.role, rota.posts)}, field="who")


def _offered(viewer: Viewer, field: str) -> Sequence[str]:
    kept = kept_rotas(viewer)
    match field:
        case "rota":
            return sorted({one.name for one in kept})
        case "unit":
            return sorted({one.unit.name for one in kept})
        case "who":
            units = {one.unit_id for one in kept}
            return sorted({user.name for unit in units for user in people_of(unit)})
        case _:
            return ()


def _instructions() -> list[str]:
    return [
        _("一行一班，从第二行开始；带 * 的必填。"),
        _("日期写 2026-11-23，钟点写 17:00；结束不比开始晚，就算到第二天。"),
        _("值班人写姓名；同名的写工号。只能是这个单位现在任职的人；空着的班写“没有人”。"),
        _("只有一张值班表，“值班表”可以空着；管几个单位的，请写上单位。"),
        _("导入的班替下值班表原来排的那一段，别的班照旧；已经过去的不改。"),
    ]


ROTA = Sheet(
    name="rota",
    title=gettext_lazy("值班"),
    fields=(
        Field("day", gettext_lazy("日期"), ("值班日期", "哪天", "时间"), needed=True, width=14,
              most=20, looks=looks_like_day),
        Field("from", gettext_lazy("开始"), ("开始时间", "几点开始", "起", "从"), needed=True, width=10,
              most=30),
        Field("to", gettext_lazy("结束"), ("结束时间", "几点结束", "止", "到"), needed=True, width=10,
              most=30),
        Field("who", gettext_lazy("值班人"), ("姓名", "值班人员", "人员"), needed=True, width=14,
              most=40),
        Field("rota", gettext_lazy("值班表"), ("班次", "值班名称", "值班"), width=16, most=30),
        Field("unit", gettext_lazy("单位"), ("所在单位", "部门"), width=24, most=60),
    ),
    right=Right.KEEP_ROTA,
    book=RotaBook,
    take_back=take_back,
    offered=_offered,
    instructions=_instructions,
    most_rows=600,
    for_reading=(gettext_lazy("星期"), gettext_lazy("节假日"), gettext_lazy("空档")),
)  # fmt: skip
