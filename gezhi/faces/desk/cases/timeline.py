"""What happened to a case, told to staff: who did what, when, with which words and photos."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from django.utils.translation import gettext as _

from gezhi.faces.desk.cases import deed_words
from gezhi.faces.desk.confidential.opening import need_words
from gezhi.faces.shell import moments, terms
from gezhi.faces.shell.parts import TimelineStep
from gezhi.faces.shell.pictures import photos
from gezhi.kernel.viewer import Viewer
from gezhi.records.places import queries as places
from gezhi.records.units import queries as units
from gezhi.work.cases.queries import CasePage
from gezhi.work.cases.queries.detail import OpeningLine, Turn
from gezhi.work.cases.rules import Deed

# Deeds whose words stand above the story already, as the reporter's own.
_ABOVE = (Deed.REPORT, Deed.JOIN)


def story(page: CasePage, viewer: Viewer) -> list[TimelineStep]:
    """The steps, newest first; the first of an open case is where it stands now."""
    names = units.names_of(set(_units_named(page.turns)))
    names |= places.whole_names_of(named) if (named := set(_places_named(page.turns))) else {}
    last = page.turns[-1].serial if page.turns else 0
    told = [
        _step(turn, viewer, names, is_now=turn.serial == last and page.case.is_open)
        for turn in reversed(page.turns)
    ]
    if not page.openings:
        return told
    opened = list(page.openings)
    found: list[TimelineStep] = []
    for turn, step in zip(reversed(page.turns), told, strict=True):
        while opened and opened[-1].opened_at >= turn.happened_at:
            found.append(_opened(opened.pop()))
        found.append(step)
    return [*found, *map(_opened, reversed(opened))]


def _opened(opening: OpeningLine) -> TimelineStep:
    """A restricted case was read by need: who, why and for how long."""
    return TimelineStep(
        title=_("因工作需要查看：%(why)s") % {"why": need_words(opening)},
        moment=opening.opened_at,
        who=opening.doer,
        note=_("看到 %(until)s 为止") % {"until": moments.spoken(opening.until)},
    )


def _units_named(turns: Iterable[Turn]) -> Iterable[int]:
    for turn in turns:
        detail = turn.detail
        yield from (detail[key] for key in ("lead", "right_unit", "from", "to") if detail.get(key))
        yield from detail.get("assist") or ()


def _places_named(turns: Iterable[Turn]) -> Iterable[int]:
    for turn in turns:
        for side in ("was", "now"):
            place = _place_in(turn.detail, side)
            if place:
                yield place


def _place_in(detail: dict[str, Any], side: str) -> int:
    """The place before or after a step that moved the case, else the compound; 0 for neither."""
    ids = detail.get(side) or {}
    return ids.get("place") or ids.get("compound") or 0


def _step(turn: Turn, viewer: Viewer, names: dict[int, str], *, is_now: bool) -> TimelineStep:
    late = turn.seconds_left is not None and turn.seconds_left < 0
    note = ""
    if late and turn.seconds_left is not None:
        note = _("这一步超时 %(span)s") % {
            "span": moments.span(timedelta(seconds=turn.seconds_left))
        }
    who = " · ".join(part for part in (turn.unit_name, turn.doer) if part)
    return TimelineStep(
        title=title(turn, names),
        moment=turn.happened_at,
        who=who or _machine_or_reporter(turn),
        text=turn.words,
        kind="now" if is_now else "late" if late else _kind(turn),
        note=note,
        photos=() if turn.deed in _ABOVE else photos(viewer, turn.file_ids, title(turn, names)),
    )


def _machine_or_reporter(turn: Turn) -> str:
    if turn.deed in (Deed.LIFT, Deed.ARCHIVE, Deed.RECOMPUTE, Deed.HAND_OVER):
        return _("系统")
    return _("反映人")


def _kind(turn: Turn) -> str:
    return "done" if turn.deed in (Deed.CLOSE, Deed.PASS, Deed.ANSWER) else "past"


def title(turn: Turn, names: dict[int, str]) -> str:
    """The deed with what it decided: "退单：不属于职责范围，应由 市政养护所 办理"."""
    word = deed_words.deed_word(turn.deed)
    said = "，".join(part for part in (_decided(turn, names), _relocated(turn, names)) if part)
    if turn.deed == Deed.JOIN and turn.detail.get("merged"):
        word = _("并入一件事")
    if turn.deed == Deed.REOPEN:
        said = _("第 %(number)d 次办理") % {"number": turn.round}
    return _("%(deed)s：%(said)s") % {"deed": word, "said": said} if said else word


def _decided(turn: Turn, names: dict[int, str]) -> str:
    detail = turn.detail
    match turn.deed:
        case Deed.REPORT | Deed.JOIN:
            return terms.label("channels", detail.get("channel", ""))
        case Deed.VERIFY:
            return str(deed_words.ANSWERS.get(turn.reason_code, ""))
        case Deed.ACCEPT:
            return terms.label("matters", detail.get("class", ""))
        case Deed.REJECT:
            return terms.label("reject_reasons", turn.reason_code)
        case Deed.DISPATCH:
            return _sent(detail, names)
        case Deed.RETURN:
            reason = terms.label("return_reasons", turn.reason_code)
            right = names.get(detail.get("right_unit") or 0, "")
            return f"{reason}，{_('应由 %(unit)s 办理') % {'unit': right}}" if right else reason
        case Deed.CHECK:
            return _("通过") if turn.reason_code == "passed" else _("没有办好，退回返工")
        case Deed.RATE:
            return str(deed_words.RESOLVED.get(turn.reason_code, ""))
        case Deed.LIFT | Deed.HAND_OVER:
            return _moved(detail, names)
    return ""


def _relocated(turn: Turn, names: dict[int, str]) -> str:
    """Where it was put: "柏树里 → 桐花苑 1栋"; "" where the step moved nothing with a name."""
    before, after = (names.get(_place_in(turn.detail, side), "") for side in ("was", "now"))
    moved = f"{before} → {after}" if before and after else after
    if turn.deed == Deed.RELOCATE or not moved:
        return moved
    return _("地点 %(place)s") % {"place": moved}


def _sent(detail: dict[str, object], names: dict[int, str]) -> str:
    def name(value: object) -> str:
        return names.get(value, "") if isinstance(value, int) else ""

    assist = detail.get("assist")
    helpers = [name(one) for one in assist] if isinstance(assist, list) else []
    lead = name(detail.get("lead"))
    if not any(helpers):
        return lead
    return _("%(lead)s（主办），%(assist)s（协办）") % {
        "lead": lead,
        "assist": "、".join(filter(None, helpers)),
    }


def _moved(detail: dict[str, object], names: dict[int, str]) -> str:
    before, after = (
        names.get(value, "") if isinstance(value, int) else ""
        for value in (detail.get("from"), detail.get("to"))
    )
    return f"{before} → {after}" if before and after else ""
