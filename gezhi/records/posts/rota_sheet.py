"""Duty by sheet: a line is one day, from, to and who; it holds in the place of the pattern."""

from collections.abc import Mapping, Sequence
from datetime import datetime, time, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gezhi.ground.accounts.models import User
from gezhi.ground.sheets.declared import Made, Sheet, one_by_one
from gezhi.ground.sheets.matching import Field, day_in, looks_like_day
from gezhi.kernel import clock
from gezhi.kernel.errors import Conflict, Invalid
from gezhi.kernel.rights import Right
from gezhi.kernel.viewer import Viewer
from gezhi.records.posts.actions.rota import set_shift, take_back_change
from gezhi.records.posts.models import Rota
from gezhi.records.posts.rota_queries import kept_unit_ids, people_of, people_on, whose

_DAY = timedelta(days=1)
_REASON = gettext_lazy("从表格导入")


def kept_rotas(viewer: Viewer) -> list[Rota]:
    """The rotas the viewer keeps that have not ended, by name."""
    rows = Rota.objects.filter(unit__in=kept_unit_ids(viewer)).exclude(to_day__lte=clock.today())
    return list(rows.select_related("unit").order_by("name", "id"))


def store(cells: Mapping[str, str], by: Viewer) -> Sequence[Made]:
    """One shift of a rota, as a change by hand. Refuses (Invalid, at its cell) a rota the viewer does
    not keep, a day or a time that is none, somebody without a seat there."""
    rota = _rota(cells, by)
    day = day_in(cells.get("day", ""))
    if day is None:
        raise Invalid(_("日期要写成 2026-11-23 这样"), field="day")
    start = datetime.combine(day, _time(cells, "from"), clock.SHANGHAI)
    end = datetime.combine(day, _time(cells, "to"), clock.SHANGHAI)
    try:
        change = set_shift(
            rota_id=rota.pk,
            from_at=start,
            to_at=end if end > start else end + _DAY,
            user_id=_person(rota, cells.get("who", "")).pk,
            reason=str(_REASON),
            by=by,
        )
    except Invalid as refusal:
        raise Invalid(refusal.message, field=_CELLS.get(refusal.field, refusal.field)) from refusal
    return [Made("rota_change", change.pk)]


_CELLS = {"user": "who", "to_at": "to", "from_at": "day"}


def take_back(made: Sequence[Made], by: Viewer) -> None:
    """The pattern holds again, from now on; what has passed stays."""
    for one in made:
        try:
            take_back_change(change_id=one.id, by=by)
        except Conflict as refusal:
            raise Conflict(_("这一班已经过去或已经撤掉了，留着")) from refusal


def _rota(cells: Mapping[str, str], by: Viewer) -> Rota:
    kept = kept_rotas(by)
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
    text = cells.get(field, "").replace("：", ":").removesuffix(":00:00").strip()
    if text in ("24:00", "24"):
        return time()
    hour, _colon, rest = text.partition(":")
    minute = rest.partition(":")[0] or "0"
    if not (hour.isascii() and hour.isdigit() and minute.isascii() and minute.isdigit()):
        raise Invalid(_("钟点要写成 17:00 这样"), field=field)
    if int(hour) > 23 or int(minute) > 59:
        raise Invalid(_("钟点要在 00:00 到 24:00 之间"), field=field)
    return time(int(hour), int(minute))


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
        _("值班人写姓名；同名的写工号。只能是这个单位现在任职的人。"),
        _("只有一张值班表，“值班表”可以空着；管几个单位的，请写上单位。"),
        _("导入的班替下值班表原来排的那一段，别的班照旧；已经过去的不改。"),
    ]


ROTA = Sheet(
    name="rota",
    title=gettext_lazy("值班"),
    fields=(
        Field("day", gettext_lazy("日期"), ("值班日期", "哪天", "时间"), needed=True, width=14,
              most=20, looks=looks_like_day),
        Field("from", gettext_lazy("开始"), ("开始时间", "几点开始", "起"), needed=True, width=10,
              most=10),
        Field("to", gettext_lazy("结束"), ("结束时间", "几点结束", "止"), needed=True, width=10,
              most=10),
        Field("who", gettext_lazy("值班人"), ("姓名", "值班人员", "人员"), needed=True, width=14,
              most=40),
        Field("rota", gettext_lazy("值班表"), ("班次", "值班名称"), width=16, most=30),
        Field("unit", gettext_lazy("单位"), ("所在单位", "部门"), width=24, most=60),
    ),
    right=Right.KEEP_ROTA,
    book=one_by_one(store),
    take_back=take_back,
    offered=_offered,
    instructions=_instructions,
    most_rows=600,
)  # fmt: skip
