"""What stands beside a case in words: what its steps decided, and what the reader owes or waits for."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gezhi.faces.desk.cases import delay_words
from gezhi.faces.shell import moments, terms
from gezhi.faces.shell.parts import Fact, unbroken
from gezhi.kernel.viewer import Viewer
from gezhi.work.cases import queries as cases
from gezhi.work.cases.queries import CasePage
from gezhi.work.cases.queries.detail import AssignmentLine, StepLine
from gezhi.work.cases.rules import TABLE, Deed, Mark, State

# Units, people and their names, by id.
Names = Mapping[int, str]


def _assisted(step: StepLine, _names: Names) -> str:
    return _("不归本单位协办") if step.reason_code == "not_ours" else ""


def _supervised(step: StepLine, names: Names) -> str:
    due = step.detail.get("due")
    return _("%(who)s督办，%(until)s 前答复") % {
        "who": names.get(step.detail.get("supervisor") or 0, ""),
        "until": moments.spoken(datetime.fromisoformat(due)) if due else "",
    }


def _whistled(step: StepLine, names: Names) -> str:
    due = step.detail.get("due")
    called = "、".join(names.get(unit, "") for unit in step.detail.get("called") or ())
    return _("%(kind)s，叫%(units)s %(until)s 前到场") % {
        "kind": terms.label("whistle_kinds", step.reason_code),
        "units": called,
        "until": moments.spoken(datetime.fromisoformat(due)) if due else "",
    }


def _arrived(step: StepLine, names: Names) -> str:
    unit = names.get(step.detail.get("unit") or 0, "")
    if step.reason_code == "absent":
        why = terms.label("absence_reasons", step.detail.get("absence", ""))
        return _("%(unit)s没到，%(why)s") % {"unit": unit, "why": why}
    return _("%(unit)s到了") % {"unit": unit}


def _scored(step: StepLine, names: Names) -> str:
    scores = step.detail.get("scores") or {}
    return "，".join(
        _("%(unit)s %(score)d 分") % {"unit": names.get(int(unit), ""), "score": score}
        for unit, score in scores.items()
    )


def _escalated(step: StepLine, names: Names) -> str:
    ways = (names.get(step.detail.get(side) or 0, "") for side in ("from", "to"))
    way = " → ".join(ways)
    return _("%(way)s，超时按规则") % {"way": way} if step.detail.get("rule") else way


_URGED = {
    "before": gettext_lazy("快到期了"),
    "expiry": gettext_lazy("到期了"),
    "by_centre": gettext_lazy("街道中心催"),
}


def _urged(step: StepLine, _names: Names) -> str:
    return str(_URGED.get(step.reason_code, ""))


def _delayed(step: StepLine, _names: Names) -> str:
    return delay_words.decided(step)


_SAID: dict[str, Callable[[StepLine, Names], str]] = {
    Deed.ASSIST: _assisted,
    Deed.SUPERVISE: _supervised,
    Deed.URGE: _urged,
    **dict.fromkeys(delay_words.DELAYING, _delayed),
    Deed.WHISTLE: _whistled,
    Deed.ARRIVE: _arrived,
    Deed.SCORE: _scored,
    Deed.ESCALATE: _escalated,
}


def said_beside(step: StepLine, names: Names) -> str:
    """What such a step decided, in words; "" for any other step."""
    say = _SAID.get(step.deed)
    return say(step, names) if say else ""


def owed(page: CasePage, viewer: Viewer) -> list[str]:
    """Why the case stands still, what the reader's unit owes it beside the lead, and whom the lead
    must wait for."""
    return [
        *_stands_still(page),
        *_others_to_settle(page, viewer),
        *_called_too(page, viewer),
        *_own_parts(page, viewer),
        *_waits(page, viewer),
    ]


def _stands_still(page: CasePage) -> Iterable[str]:
    asked, granted = page.last_step(Deed.ASK_TO_HANG), page.last_step(Deed.HANG)
    if Mark.HUNG not in page.case.all_marks or asked is None or granted is None:
        return
    why = terms.label("delay_reasons", asked.reason_code)
    yield _("挂账：%(why)s。%(asker)s申请，%(granter)s %(day)s 批准，停表到复核。") % {
        "why": f"{why}，{asked.words}".rstrip("，。； ") if asked.words else why,
        "asker": asked.unit_name,
        "granter": granted.doer or granted.unit_name,
        "day": moments.spoken(granted.happened_at),
    }


# What waits for somebody's word, and the deed that says it.
_SETTLED_BY = {
    Mark.APPEALED: Deed.DECIDE,
    Mark.DISPUTED: Deed.RULE,
    Mark.HANG_ASKED: Deed.HANG,
    Mark.EXTENSION_ASKED: Deed.EXTEND,
}


def _others_to_settle(page: CasePage, viewer: Viewer) -> Iterable[str]:
    """Why whoever does this by post may not do it here, and who then: nobody looks for a button."""
    for mark, deed in _SETTLED_BY.items():
        if mark not in page.case.all_marks or deed in page.deeds:
            continue
        if TABLE[deed].roles & viewer.roles:
            said = cases.refusal_of(viewer, page.case, deed)
            if said is not None and str(said.message):
                yield str(said.message)


def _own_parts(page: CasePage, viewer: Viewer) -> Iterable[str]:
    for one in _unanswered(page):
        if Deed.ASSIST in page.deeds and one.unit_id in viewer.unit_ids:
            yield _("%(unit)s协办这件事，请在 %(until)s 前答复。") % {
                "unit": one.unit_name,
                "until": moments.spoken(one.due_at),
            }


def _called_too(page: CasePage, viewer: Viewer) -> Iterable[str]:
    for one in page.assignments:
        waited_for = one.part == "called" and not one.finished_at and not one.ended_at
        if waited_for and one.unit_id in viewer.unit_ids:
            yield _("街道吹哨叫%(unit)s到场，请在 %(until)s 前报到。") % {
                "unit": one.unit_name,
                "until": moments.spoken(one.due_at),
            }


def _waits(page: CasePage, viewer: Viewer) -> Iterable[str]:
    handled = page.case.state in (State.DISPATCHED, State.HANDLING)
    if not handled or page.case.holder_id not in viewer.unit_ids:
        return
    names = "、".join(one.unit_name for one in _unanswered(page) if one.awaited)
    if names:
        yield _("还要等：%(units)s的协办答复，才能办结。") % {"units": names}


@dataclass(frozen=True, slots=True)
class Supervised:
    """A supervision in words: what it is about, its facts, the last answer of the unit."""

    words: str
    facts: list[Fact]
    answer: str
    line: cases.SupervisionLine


def supervised(page: CasePage) -> Supervised | None:
    """The supervision that stands, for the page of the case; None where there is none."""
    line = cases.supervision(page.case)
    return supervised_as(page, line) if line else None


def supervised_as(page: CasePage, line: cases.SupervisionLine) -> Supervised:
    """A supervision of a case in words, with the answers that belong to it."""
    since = [step for step in page.steps if step.recorded_at >= line.began_at]
    named = next((step for step in since if step.deed == Deed.SUPERVISE), None)
    answers = [step for step in since if step.deed == Deed.REPORT_TO_SUPERVISOR]
    if line.answered_at:
        answered = _("%(when)s，%(who)s") % {
            "when": moments.spoken(line.answered_at),
            "who": line.answered_by,
        }
    else:
        answered = _("还没答复")
    if line.is_late:
        answered = _("%(answered)s（超过期限）") % {"answered": answered}
    pairs = [
        (_("督办人"), line.supervisor),
        (_("谁发起的"), unbroken(line.began_by, moments.spoken(line.began_at))),
        (_("答复期限"), moments.until(line.due_at)),
        (_("书面答复"), answered),
    ]
    return Supervised(
        words=named.words if named else "",
        facts=[Fact(name, value) for name, value in pairs],
        answer=answers[-1].words if answers else "",
        line=line,
    )


@dataclass(frozen=True, slots=True)
class Whistled:
    """A whistle in words: what it is about, its facts, and how each unit came."""

    words: str
    kind: str
    facts: list[Fact]
    line: cases.WhistleLine
    units: list[tuple[str, str, str]]


def whistled(page: CasePage) -> Whistled | None:
    """The last whistle, standing or scored, for the page of the case; None where there never was one."""
    if not any(step.deed == Deed.WHISTLE for step in page.steps):
        return None
    line = cases.last_whistle(page.case)
    return whistled_as(page, line) if line else None


def whistled_as(page: CasePage, line: cases.WhistleLine) -> Whistled:
    """A whistle of a case in words."""
    blown = [
        step
        for step in page.steps
        if step.deed == Deed.WHISTLE and step.recorded_at == line.blown_at
    ]
    pairs = [
        (_("哨类型"), terms.label("whistle_kinds", line.kind)),
        (_("谁吹的"), unbroken(line.blown_by, moments.spoken(line.blown_at))),
        (_("几点前到"), moments.until(line.due_at)),
    ]
    return Whistled(
        words=blown[0].words if blown else "",
        kind=terms.label("whistle_kinds", line.kind),
        facts=[Fact(name, value) for name, value in pairs],
        line=line,
        units=[(call.unit_name, how_it_came(call), _points(call)) for call in line.calls],
    )


def how_it_came(call: cases.CallLine) -> str:
    """Whether and when a called unit came, or why not."""
    if call.arrived_at:
        said = moments.spoken(call.arrived_at)
        return (
            _("%(when)s 到（迟到）") % {"when": said}
            if call.is_late
            else _("%(when)s 到") % {"when": said}
        )
    if call.absence:
        return _("没到：%(why)s") % {"why": terms.label("absence_reasons", call.absence)}
    return _("过了时间还没报到") if call.is_absent else _("还没报到")


def _points(call: cases.CallLine) -> str:
    return _("%(score)d 分") % {"score": call.score} if call.score else ""


def _unanswered(page: CasePage) -> list[AssignmentLine]:
    return [
        one
        for one in page.assignments
        if one.part == "assist" and not one.finished_at and not one.ended_at
    ]
