"""What happened, in the words of a neighbor: one sentence a deed, one a state."""

from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gezhi.faces.shell import moments
from gezhi.faces.shell.parts import Photo, Stage, TimelineStep
from gezhi.ground.codes import queries as codes
from gezhi.kernel import clock
from gezhi.work.cases.declared import DECLARED
from gezhi.work.cases.queries import Tracked
from gezhi.work.cases.queries.track import PublicStep
from gezhi.work.cases.rules import Deed, State

CHECKED = {
    "passed": gettext_lazy("核查过了，确实办好了"),
    "rework": gettext_lazy("核查时发现没办好，退回去重新办"),
}
# Where it stands; a promise of when follows each.
DOING = {
    State.REPORTED: gettext_lazy("%(unit)s正在看您反映的事"),
    State.VERIFYING: gettext_lazy("%(unit)s正请网格员到现场看看"),
    State.ACCEPTED: gettext_lazy("%(unit)s已受理，正在安排谁来办"),
    State.DISPATCHED: gettext_lazy("已经交给%(unit)s，等他们接手"),
    State.HANDLING: gettext_lazy("%(unit)s正在处理"),
    State.CHECKING: gettext_lazy("已经办了，%(unit)s正在核查是不是真办好了"),
}
_CHECKED_WELL = gettext_lazy("核查过了，确实办好了，等街道结案")
# Where the bar stands: nobody handles what is still to be given to somebody.
_STOP = {State.REPORTED: 1, State.VERIFYING: 1, State.ACCEPTED: 1, State.CHECKING: 3}
_FINISHING = (Deed.CLOSE, Deed.PASS, Deed.ANSWER)
_TO_CHECK = (Deed.FINISH, Deed.HANDLE_ON_THE_SPOT, Deed.CHECK)
_SAYING = (Deed.ANSWER, Deed.REJECT, Deed.FINISH, Deed.HANDLE_ON_THE_SPOT)


def headline(found: Tracked) -> str:
    """Who has it and by when, in one sentence; or how it ended."""
    state = State(found.state)
    if found.hung and found.due_at is not None:
        return _("%(unit)s暂时办不了这件事，%(when)s 前再看能不能办") % {
            "unit": found.holder_name,
            "when": moments.until(found.due_at),
        }
    if state in DOING:
        words = {
            "doing": _doing(found, state),
            "deadline": moments.until(found.promised_at),
        }
        if is_late(found):
            return _("%(doing)s，原定 %(deadline)s 前答复您") % words
        return _("%(doing)s，最晚 %(deadline)s 前答复您") % words
    if state == State.REJECTED:
        return _("这件事没有受理")
    if any(step.deed == Deed.ANSWER for step in found.steps):
        return _("已经答复您")
    return _("这件事办完了")


def _doing(found: Tracked, state: State) -> str:
    if is_checked_well(found):
        return str(_CHECKED_WELL)
    return str(DOING[state]) % {"unit": found.holder_name}


def is_checked_well(found: Tracked) -> bool:
    """Whether somebody has looked, found it done, and only the closing is left."""
    if found.state != State.CHECKING:
        return False
    last = next((step for step in reversed(found.steps) if step.deed in _TO_CHECK), None)
    return last is not None and last.deed == Deed.CHECK and last.reason_code == "passed"


def promise(found: Tracked, before: datetime) -> str:
    """By when it is answered now, for whoever was promised `before` until now."""
    words = {"deadline": moments.until(found.promised_at)}
    if is_late(found):
        return _("原定 %(deadline)s 前答复您，会尽快办") % words
    if moments.until(before) == words["deadline"]:
        return _("仍在 %(deadline)s 前答复您") % words
    return _("改在 %(deadline)s 前答复您") % words


def is_late(found: Tracked) -> bool:
    """Whether the promise has passed and nobody has answered."""
    return found.ended_at is None and found.promised_at < clock.now()


def outcome(found: Tracked) -> str:
    """What was written to the reporter at the end: the answer, the result, why it was not taken."""
    if found.ended_at is None:
        return ""
    for step in reversed(found.steps):
        if step.deed in _SAYING and (step.words or step.reason_code):
            return step.words or _reason(step)
    return ""


def stages(found: Tracked) -> list[Stage]:
    """The line of stops from 已收到 to 办完."""
    names = [_("已收到"), _("受理"), _("办理"), _("核查"), _("办完")]
    state = State(found.state)
    if state == State.REJECTED:
        return [Stage(names[0], "past"), Stage(_("没有受理"), "now")]
    if state in (State.CLOSED, State.ARCHIVED):
        if any(step.deed == Deed.ANSWER for step in found.steps):
            return [Stage(names[0], "past"), Stage(_("已答复"), "finished")]
        return [*(Stage(name, "past") for name in names[:-1]), Stage(names[-1], "finished")]
    at = 4 if is_checked_well(found) else _STOP.get(state, 2)
    kinds = ["past"] * at + ["now"] + ["next"] * (len(names) - at - 1)
    return [Stage(name, kind) for name, kind in zip(names, kinds, strict=True)]


def steps(found: Tracked, photos: dict[int, Photo]) -> list[TimelineStep]:
    """What happened, newest first."""
    rows = [_step(step, photos) for step in reversed(found.steps)]
    if rows and found.ended_at is None:
        first = rows[0]
        rows[0] = TimelineStep(
            first.title, first.moment, first.who, first.text, "now", first.note, first.photos
        )
    return rows


def _step(step: PublicStep, photos: dict[int, Photo]) -> TimelineStep:
    return TimelineStep(
        title=sentence(step),
        moment=step.at,
        text=step.words or _reason(step),
        kind="done" if step.deed in _FINISHING else "past",
        photos=[photos[file_id] for file_id in step.file_ids if file_id in photos],
    )


def sentence(step: PublicStep) -> str:
    """One deed in neighbor's words."""
    if step.deed == Deed.CHECK and step.reason_code in CHECKED:
        return str(CHECKED[step.reason_code])
    unit = step.unit_name or _("街道网格中心")
    return str(DECLARED[Deed(step.deed)].to_reporter) % {
        "unit": unit,
        "when": moments.until(step.due_after) if step.due_after else "",
        "reason": _delayed_by(step),
    }


def _delayed_by(step: PublicStep) -> str:
    """Why it takes longer, of a step that delays it."""
    term = codes.term("delay_reasons", step.reason_code) if step.reason_code else None
    return term.label if term else ""


def _reason(step: PublicStep) -> str:
    """Why it was not taken: the pack's words to the reporter, when the clerk wrote none."""
    if step.deed != Deed.REJECT or not step.reason_code:
        return ""
    term = codes.term("reject_reasons", step.reason_code)
    return str(term.data.get("to_reporter") or term.label) if term else ""
