"""The clocks of a case explained: limit, beginning, end, and why one stands still just now."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from gezhi.faces.desk.cases import deed_words, delay_words
from gezhi.faces.desk.cases.limit_words import limit_words
from gezhi.faces.shell import moments, terms
from gezhi.faces.shell.deadlines import color_of, due_words
from gezhi.ground.codes import queries as codes
from gezhi.kernel import clock, workdays
from gezhi.kernel.workdays import Hours, LimitUnit, limit_of
from gezhi.records.units import queries as units
from gezhi.work.cases.queries import CasePage
from gezhi.work.cases.queries.delays import Delays
from gezhi.work.cases.queries.desk import StageLine
from gezhi.work.cases.rules import Stage, is_late

_BY_HOURS = (LimitUnit.WORKING_HOURS, LimitUnit.WORKING_DAYS)
_MINUTE = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class StageWords:
    """One clock in words; `color` as lights are named."""

    name: str
    unit_name: str
    began_at: datetime
    due_at: datetime
    limit: str
    ended_at: datetime | None
    color: str
    state: str
    provisional: bool


@dataclass(frozen=True, slots=True)
class Running:
    """The clock that runs now: its light, what is left in its own time, and why it may stand."""

    color: str
    text: str
    explained: str
    provisional: str


def stage_words(stages: Sequence[StageLine], delays: Delays) -> list[StageWords]:
    """All clocks of a case in order, each with what it was lengthened by and how long it stood."""
    names = units.names_of({line.unit_id for line in stages})
    return [_words(line, names, delays) for line in stages]


def _words(line: StageLine, names: dict[int, str], delays: Delays) -> StageWords:
    if line.ended_at is None and delays.standing is not None:
        color, state = color_of_hung(line), _("挂账中，停表")
    elif line.ended_at is None:
        late = is_late(line.due_at, clock.now())
        color, state = ("red", _("已超时")) if late else ("none", _("正在计时"))
    elif line.on_time:
        color, state = "green", _("按时")
    else:
        over = moments.span(line.ended_at - line.due_at)
        color, state = "red", _("超时 %(span)s") % {"span": over}
    return StageWords(
        name=str(deed_words.STAGES[Stage(line.stage)]),
        unit_name=names.get(line.unit_id, ""),
        began_at=line.began_at,
        due_at=line.due_at,
        limit=whole_limit(line, delays),
        ended_at=line.ended_at,
        color=color,
        state=state,
        provisional=line.provisional,
    )


def color_of_hung(line: StageLine) -> str:
    """Paused until the day of the review has passed."""
    return "red" if is_late(line.due_at, clock.now()) else "paused"


def whole_limit(line: StageLine, delays: Delays) -> str:
    """What a clock was reckoned from: "5 个工作日 + 延期 2 个工作日，停表 3 天"."""
    limit = limit_of(line.limit_words)
    if limit is None:
        return ""
    words = limit_words(limit)
    for one in delays.added:
        if one.stage_id == line.id:
            words += " + " + _("延期 %(amount)s") % {
                "amount": delay_words.amount_words(one.amount, one.unit)
            }
    stood = _stood(line, delays)
    return _("%(limit)s，停表 %(span)s") % {"limit": words, "span": stood} if stood else words


def _stood(line: StageLine, delays: Delays) -> str:
    """How long a clock stood until now, or until it ended; "" for one that never did."""
    now = clock.now()
    last = line.ended_at or now
    spans = [
        min(hung.until or now, last) - max(hung.since, line.began_at)
        for hung in delays.hung
        if hung.since < last and (hung.until or now) > line.began_at
    ]
    stood = sum(spans, timedelta())
    return moments.span(stood) if stood >= _MINUTE else ""


def running(page: CasePage, stages: Sequence[StageLine], delays: Delays) -> Running | None:
    """The light of the page: what is left counted in the unit's own time; None once ended."""
    case = page.case
    line = next((row for row in reversed(stages) if row.ended_at is None), None)
    if case.due_at is None or case.holder is None:
        return None
    limit = limit_of(line.limit_words) if line else None
    hours = units.hours_of(case.holder)
    color = color_of(page.row)
    text, explained = due_words(page.row), ""
    if line is not None and delays.standing is not None:
        return Running(color, text, _stands(line, delays), "")
    if limit is not None:
        text, still = _left(case.due_at, limit, hours, text)
        if still and color != "red":
            color = "paused"
        explained = _explained(line, limit, hours, case.holder.name, delays, still=still)
    provisional = ""
    if case.due_provisional:
        provisional = _("到期日落在还没公布放假安排的年份，公布后会自动重算。")
    return Running(color, text, explained, provisional)


def _stands(line: StageLine, delays: Delays) -> str:
    """Why the clock stands, since when, until when, and what comes then."""
    hung = delays.standing
    if hung is None:
        return ""
    return _(
        "挂账中（%(reason)s），从 %(since)s 起停表，%(review)s 前复核。办理时限 %(limit)s，恢复办理后接着算。"
    ) % {
        "reason": terms.label("delay_reasons", hung.reason_code),
        "since": moments.spoken(hung.since),
        "review": moments.until(hung.review_at),
        "limit": whole_limit(line, delays),
    }


def _left(due_at: datetime, limit: workdays.Limit, hours: Hours, until: str) -> tuple[str, bool]:
    """Until when, with what is left in words, and whether the clock stands still now."""
    now, unit = clock.now(), limit.unit
    if is_late(due_at, now):
        return until, unit in _BY_HOURS and _stands_still(now, unit, hours)
    if unit not in _BY_HOURS:
        return f"{until}，{moments.remaining(due_at)}", False
    still = _stands_still(now, unit, hours)
    left = workdays.running_time(now, due_at, unit, codes.calendar(), hours)
    days = _as_days(left, hours)
    if unit is LimitUnit.WORKING_DAYS:
        # The day on which it begins does not count: nothing has run off before the next.
        days = min(days, timedelta(days=limit.value))
    words = _("还剩 %(span)s（工作时）") % {"span": moments.span(days)}
    return f"{until}，{words}", still


def _stands_still(now: datetime, unit: LimitUnit, hours: Hours) -> bool:
    return not workdays.running_time(now, now + _MINUTE, unit, codes.calendar(), hours)


def _as_days(left: timedelta, hours: Hours) -> timedelta:
    """Open hours as whole working days, so that eight open hours are not "8 小时" of a night."""
    day = timedelta(microseconds=hours.length)
    days, rest = divmod(left, day)
    return timedelta(days=days) + rest


def _explained(
    line: StageLine | None,
    limit: workdays.Limit,
    hours: Hours,
    unit_name: str,
    delays: Delays,
    *,
    still: bool,
) -> str:
    if line is None:
        return ""
    parts = [
        _("%(stage)s时限 %(limit)s，从 %(begun)s 起算，%(due)s 到期。")
        % {
            "stage": deed_words.STAGES[Stage(line.stage)],
            "limit": whole_limit(line, delays),
            "begun": moments.spoken(line.began_at),
            "due": moments.until(line.due_at),
        }
    ]
    if limit.unit in _BY_HOURS:
        spans = "、".join(f"{opening}–{closing}" for opening, closing in hours.words())
        parts.append(
            _("只在%(unit)s的工作时间（%(spans)s，节假日除外）计时。")
            % {"unit": unit_name, "spans": spans}
        )
        if still:
            parts.append(_("现在不在工作时间，暂停计时。"))
    return "".join(parts)
