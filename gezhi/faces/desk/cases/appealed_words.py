"""What an appeal is decided by: who appealed, and the facts of what it is about, in words."""

from collections.abc import Iterable

from django.utils.html import format_html
from django.utils.translation import gettext as _

from gezhi.faces.desk.cases.clock_words import stage_words
from gezhi.faces.desk.cases.ruling_words import last_of
from gezhi.faces.shell import moments, terms
from gezhi.faces.shell.parts import Fact, unbroken
from gezhi.work.cases.queries import CasePage, desk
from gezhi.work.cases.queries.counting import CountedLine
from gezhi.work.cases.queries.delays import delays_in
from gezhi.work.cases.queries.detail import StepLine
from gezhi.work.cases.rules import Deed

_SENT_BY = (Deed.DISPATCH, Deed.RULE)


def appealed_facts(page: CasePage, line: CountedLine) -> list[Fact]:
    """Both sides of an appeal, for above the answer: what the file of the case says of it."""
    pairs = [(_("谁申诉的"), _by(last_of(page.steps, Deed.APPEAL)))]
    if line.score is not None:
        pairs += _scored(page, line)
    elif line.scope == "stage":
        pairs += _timed(page, line)
    else:
        pairs += _sent(page, line)
    return [Fact(name, value) for name, value in pairs if value]


def _scored(page: CasePage, line: CountedLine) -> Iterable[tuple[str, str]]:
    unit = str(line.unit_id)
    scored = next(
        (step for step in reversed(page.steps) if unit in (step.detail.get("scores") or {})), None
    )
    came = [
        step
        for step in page.steps
        if step.deed == Deed.ARRIVE and step.detail.get("unit") == line.unit_id
    ]
    if scored is not None:
        came = [step for step in came if step.serial < scored.serial]
    yield _("几点前到"), moments.until(line.since) if line.since else ""
    yield _("到没到"), _came(came[-1]) if came else _("没有报到")
    if scored is not None:
        yield _("谁打的分"), _by(scored)
        yield _("打分的理由"), scored.words


def _came(step: StepLine) -> str:
    if step.reason_code == "absent":
        said = terms.label("absence_reasons", step.detail.get("absence", ""))
        how = _("没到：%(why)s") % {"why": said}
    else:
        how = _("%(when)s 到") % {"when": moments.spoken(step.happened_at)}
    return _with_words(how, step)


def _timed(page: CasePage, line: CountedLine) -> Iterable[tuple[str, str]]:
    stages = [one for one in desk.stages(page.case) if one.id == line.row_id]
    for told in stage_words(stages, delays_in(page)):
        yield _("时限"), told.limit
        yield _("起算"), moments.spoken(told.began_at)
        yield _("到期"), moments.until(told.due_at)
        yield _("办到"), moments.spoken(told.ended_at) if told.ended_at else ""
        yield _("结果"), told.state


def _sent(page: CasePage, line: CountedLine) -> Iterable[tuple[str, str]]:
    for step in page.steps:
        if step.deed in _SENT_BY and step.recorded_at == line.since:
            yield _("谁派的"), _with_words(_by(step), step)
            yield _("依据"), str(step.detail.get("basis") or "")
        if step.deed == Deed.RETURN and step.recorded_at > (line.since or step.recorded_at):
            why = terms.label("return_reasons", step.reason_code)
            yield _("退单"), _with_words(format_html("{} {}", _by(step), why), step)


def _by(step: StepLine | None) -> str:
    if step is None:
        return ""
    who = unbroken(step.doer, moments.spoken(step.happened_at))
    return format_html("{} {}", step.unit_name, who)


def _with_words(said: str, step: StepLine) -> str:
    return format_html("{}。{}", said, step.words) if step.words else said
