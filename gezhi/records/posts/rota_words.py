"""What makes sense as a rota, and the sentences for what does not; pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gezhi.kernel import names
from gezhi.kernel.errors import Invalid
from gezhi.records.posts.patterns import DAY_MINUTES, DayKind, Line, Turn, overlap

MOST_LINES = 6
MOST_DAYS_AHEAD = 366

DAY_KINDS = {
    DayKind.EVERY: gettext_lazy("每天"),
    DayKind.WORKDAY: gettext_lazy("工作日（含调休上班）"),
    DayKind.REST: gettext_lazy("双休日"),
    DayKind.HOLIDAY: gettext_lazy("法定节假日"),
}
SHORT_KINDS = {
    DayKind.EVERY: gettext_lazy("每天"),
    DayKind.WORKDAY: gettext_lazy("工作日"),
    DayKind.REST: gettext_lazy("双休日"),
    DayKind.HOLIDAY: gettext_lazy("节假日"),
}
WEEKDAYS = (
    gettext_lazy("周一"), gettext_lazy("周二"), gettext_lazy("周三"), gettext_lazy("周四"),
    gettext_lazy("周五"), gettext_lazy("周六"), gettext_lazy("周日"),
)  # fmt: skip
TURNS = {
    Turn.DAY: gettext_lazy("一班换一个人"),
    Turn.WEEK: gettext_lazy("一周换一个人"),
}


@dataclass(frozen=True, slots=True)
class LineDraft:
    """One line as somebody wants it; `to_minute` not after `from_minute` is on the next day."""

    kind: str
    from_minute: int
    to_minute: int
    people: tuple[int, ...]
    weekdays: frozenset[int] = frozenset()
    turn: str = Turn.DAY.value


def rota_name(text: str) -> str:
    """The name of a rota; refuses what `kernel.names` does, and over 30 signs."""
    return names.valid(text, most=30, empty=_("请给值班表起个名字，如“夜间值班”，不超过 30 个字"))


def days(from_day: date, last_day: date | None, today: date) -> tuple[date, date | None]:
    """The days of a rota, half-open; Invalid when they lie in the past or the end before the start."""
    if from_day < today:
        raise Invalid(_("值班表从今天或以后开始：已经过去的日子不能再排"), field="from_day")
    if (from_day - today).days > MOST_DAYS_AHEAD:
        raise Invalid(_("开始的日期太远了，请写一年以内的日期"), field="from_day")
    if last_day is None:
        return from_day, None
    if last_day < from_day:
        raise Invalid(
            _("最后一天在开始之前，请改其中一个日期；不知道到哪天就空着"), field="last_day"
        )
    return from_day, last_day + timedelta(days=1)


def valid_lines(
    drafts: Sequence[LineDraft], names_in_unit: Mapping[int, str], *, whose: str
) -> list[Line]:
    """The lines of a new pattern. Refuses (Invalid, at `lines` or `line-1`…): none at all, nobody in
    one, somebody with no seat there, an unknown kind, two that name two people for one minute."""
    if not drafts:
        raise Invalid(_("值班表里还没有一班，请至少写一班：哪些天、几点到几点、谁"), field="lines")
    if len(drafts) > MOST_LINES:
        raise Invalid(_("一张值班表最多 6 班，多的请另建一张"), field="lines")
    lines = [_line(place, one, names_in_unit, whose) for place, one in enumerate(drafts, start=1)]
    both = overlap(lines)
    if both is not None:
        words = _("第 %(one)d 班和第 %(other)d 班有重叠的时间，请改其中一班的日子或钟点")
        first, second = both
        raise Invalid(words % {"one": first + 1, "other": second + 1}, field="lines")
    return lines


def _line(place: int, draft: LineDraft, names_in_unit: Mapping[int, str], whose: str) -> Line:
    field = f"line-{place}"
    if not draft.people:
        raise Invalid(_("第 %(place)d 班还没有人，请写上谁来值班") % {"place": place}, field=field)
    if any(person not in names_in_unit for person in draft.people):
        words = _("第 %(place)d 班有人不是%(whose)s的，请从下面的名单里选")
        raise Invalid(words % {"place": place, "whose": whose}, field=field)
    if draft.kind not in list(DayKind) or draft.turn not in list(Turn):
        raise Invalid(_("请选择第 %(place)d 班是哪些天") % {"place": place}, field=field)
    if not (0 <= draft.from_minute < DAY_MINUTES and 0 <= draft.to_minute <= DAY_MINUTES):
        words = _("第 %(place)d 班的钟点要在 00:00 到 24:00 之间")
        raise Invalid(words % {"place": place}, field=field)
    end = draft.to_minute
    return Line(
        kind=DayKind(draft.kind),
        from_minute=draft.from_minute,
        to_minute=end if end > draft.from_minute else end + DAY_MINUTES,
        people=draft.people,
        weekdays=draft.weekdays & frozenset(range(7)),
        turn=Turn(draft.turn),
    )


def span(from_at: datetime, to_at: datetime, now: datetime) -> tuple[datetime, datetime]:
    """The rest of a span that has not passed; Invalid when nothing is left, or it is no span."""
    if to_at <= from_at:
        raise Invalid(
            _("结束的时间在开始之前，请改一个；过了半夜就把结束写成第二天"), field="to_at"
        )
    if to_at - from_at > timedelta(days=7):
        raise Invalid(_("一次最多改七天，再长请结束这张值班表，另建一张"), field="to_at")
    if to_at <= now:
        raise Invalid(_("已经过去的班次不能改，它要留着查"), field="from_at")
    if from_at > now + timedelta(days=MOST_DAYS_AHEAD):
        raise Invalid(_("日期太远了，请写一年以内的日期"), field="from_at")
    return max(from_at, now), to_at


def clock_words(minute: int) -> str:
    """17:00, 次日 09:00."""
    over, rest = divmod(minute, DAY_MINUTES)
    words = f"{rest // 60:02d}:{rest % 60:02d}"
    if not over:
        return words
    return "24:00" if not rest else _("次日 %(clock)s") % {"clock": words}


def line_words(line: Line) -> str:
    """One line of a pattern without its people: 工作日 17:00–次日 09:00."""
    days_ = str(SHORT_KINDS[line.kind])
    if line.weekdays:
        chosen = "、".join(str(WEEKDAYS[day]) for day in sorted(line.weekdays))
        days_ = chosen if line.kind is DayKind.EVERY else f"{days_}（{chosen}）"
    return f"{days_} {clock_words(line.from_minute)}–{clock_words(line.to_minute)}"
