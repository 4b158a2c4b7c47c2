"""What happened to a case, told to staff: who did what, when, with which words and photos."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.utils.translation import gettext as _

from gezhi.faces.desk.cases import deed_words
from gezhi.faces.desk.cases.decided import decided
from gezhi.faces.desk.confidential.opening import need_words
from gezhi.faces.shell import moments
from gezhi.faces.shell.parts import TimelineStep
from gezhi.faces.shell.pictures import photos
from gezhi.ground.accounts import queries as accounts
from gezhi.kernel.viewer import Viewer
from gezhi.records.places import queries as places
from gezhi.records.units import queries as units
from gezhi.work.cases.queries import CasePage
from gezhi.work.cases.queries.desk import StageLine
from gezhi.work.cases.queries.detail import OpeningLine, StepLine
from gezhi.work.cases.rules import Deed, Stage

# Done by the clock or by a rule where nobody is named.
_BY_ITSELF = (Deed.LIFT, Deed.ARCHIVE, Deed.RECOMPUTE, Deed.AMEND, Deed.HAND_OVER, Deed.DISPUTE)
# Deeds whose words stand above the story already, as the reporter's own.
_ABOVE = (Deed.REPORT, Deed.JOIN)


def story(page: CasePage, viewer: Viewer, stages: Sequence[StageLine]) -> list[TimelineStep]:
    """The steps, newest first; the first of an open case is where it stands now. By its `stages` it
    is said of the step that ended one late."""
    names = units.names_of(set(_units_named(page.steps)))
    names |= places.whole_names_of(named) if (named := set(_places_named(page.steps))) else {}
    people = {who for step in page.steps if (who := step.detail.get("supervisor"))}
    names |= accounts.names(people) if people else {}
    last = page.steps[-1].serial if page.steps else 0
    late = _ended_late(page.steps, stages)
    told = [
        _step(
            step,
            viewer,
            names,
            is_now=step.serial == last and page.case.is_open,
            late=late.get(step.serial, ""),
        )
        for step in reversed(page.steps)
    ]
    if not page.openings:
        return told
    opened = list(page.openings)
    found: list[TimelineStep] = []
    for step, line in zip(reversed(page.steps), told, strict=True):
        while opened and opened[-1].opened_at >= step.happened_at:
            found.append(_opened(opened.pop()))
        found.append(line)
    return [*found, *map(_opened, reversed(opened))]


def _opened(opening: OpeningLine) -> TimelineStep:
    """A restricted case was read by need: who, why and for how long."""
    return TimelineStep(
        title=_("因工作需要查看：%(why)s") % {"why": need_words(opening)},
        moment=opening.opened_at,
        who=opening.doer,
        note=_("看到 %(until)s 为止") % {"until": moments.spoken(opening.until)},
    )


def _units_named(steps: Iterable[StepLine]) -> Iterable[int]:
    for step in steps:
        detail = step.detail
        yield from (detail[key] for key in ("lead", "right_unit", "from", "to") if detail.get(key))
        yield from detail.get("assist") or ()
        yield from detail.get("called") or ()
        yield from detail.get("scored") or ()
        # Of a longer time it is the unit of the limit.
        if step.deed == Deed.ARRIVE:
            yield detail["unit"]


def _places_named(steps: Iterable[StepLine]) -> Iterable[int]:
    for step in steps:
        for side in ("was", "now"):
            place = _place_in(step.detail, side)
            if place:
                yield place


def _place_in(detail: dict[str, Any], side: str) -> int:
    """The place before or after a step that moved the case, else the compound; 0 for neither."""
    ids = detail.get(side) or {}
    return ids.get("place") or ids.get("compound") or 0


def _ended_late(steps: Sequence[StepLine], stages: Sequence[StageLine]) -> dict[int, str]:
    """By the serial of the step that ended a stage late, which stage and by how long. What was done
    while a stage ran late, or on the side of it, is no later for that."""
    late = {line.ended_at: line for line in stages if line.on_time is False}
    found = {}
    for step in reversed(steps):
        line = late.get(step.recorded_at)
        if line is not None and step.seconds_left is not None and step.seconds_left < 0:
            del late[step.recorded_at]
            found[step.serial] = _("%(stage)s超时 %(span)s") % {
                "stage": deed_words.STAGES[Stage(line.stage)],
                "span": moments.span((line.ended_at or line.due_at) - line.due_at),
            }
    return found


def _step(
    step: StepLine, viewer: Viewer, names: dict[int, str], *, is_now: bool, late: str
) -> TimelineStep:
    doer = _("用临时链接") if step.by_guest else step.doer
    who = " · ".join(part for part in (step.unit_name, doer) if part)
    return TimelineStep(
        title=title(step, names),
        moment=step.happened_at,
        who=who or _machine_or_reporter(step),
        text=step.words,
        kind="now" if is_now else "late" if late else _kind(step),
        note=late,
        photos=() if step.deed in _ABOVE else photos(viewer, step.file_ids, title(step, names)),
    )


def _machine_or_reporter(step: StepLine) -> str:
    if step.deed in _BY_ITSELF or (step.deed == Deed.URGE and step.reason_code):
        return _("系统")
    return _("反映人")


def _kind(step: StepLine) -> str:
    return "done" if step.deed in (Deed.CLOSE, Deed.PASS, Deed.ANSWER) else "past"


def title(step: StepLine, names: dict[int, str]) -> str:
    """The deed with what it decided: "退单：不属于职责范围，应由 市政养护所 办理"."""
    word = deed_words.deed_word(step.deed)
    said = "，".join(part for part in (decided(step, names), _relocated(step, names)) if part)
    if step.deed == Deed.JOIN and step.detail.get("merged"):
        word = _("并入一件事")
    if step.deed == Deed.REOPEN:
        said = _("第 %(number)d 次办理") % {"number": step.round}
    return _("%(deed)s：%(said)s") % {"deed": word, "said": said} if said else word


def _relocated(step: StepLine, names: dict[int, str]) -> str:
    """Where it was put: "柏树里 → 桐花苑 1栋"; "" where the step moved nothing with a name."""
    before, after = (names.get(_place_in(step.detail, side), "") for side in ("was", "now"))
    moved = f"{before} → {after}" if before and after else after
    if step.deed == Deed.RELOCATE or not moved:
        return moved
    return _("地点 %(place)s") % {"place": moved}
