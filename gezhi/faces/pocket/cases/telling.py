"""A case's story in few plain words, and the lines that go to the WeChat group."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gezhi.faces.shell.deeds import DeedForm, stage_version
from gezhi.faces.shell.parts import TimelineStep, Version
from gezhi.faces.shell.pictures import photos
from gezhi.kernel.viewer import Viewer
from gezhi.work.cases.declared import DECLARED
from gezhi.work.cases.queries import CasePage
from gezhi.work.cases.queries.detail import StepLine
from gezhi.work.cases.rules import Deed, State


def steps(page: CasePage, viewer: Viewer) -> list[TimelineStep]:
    """What happened, newest first; the house's inner steps stay out."""
    return [
        TimelineStep(
            title=_told(step),
            moment=step.happened_at,
            who=step.unit_name or step.doer,
            text=step.words,
            kind="past",
            photos=photos(viewer, step.file_ids, _("现场照片")),
        )
        for step in reversed(page.steps)
        if _word(step)
    ]


# What was asked of the centre and not granted.
_REFUSED = {Deed.HANG: gettext_lazy("不同意挂账"), Deed.EXTEND: gettext_lazy("不同意延期")}
# What the worker was sent to look at: the question of the centre, the work of the unit.
_ASKED_BY = {Deed.VERIFY: (Deed.ASK,), Deed.CHECK: (Deed.FINISH, Deed.HANDLE_ON_THE_SPOT)}


def said_before(page: CasePage, deed: Deed, viewer: Viewer) -> TimelineStep | None:
    """The last words and photos of whoever wants this look; None when nothing was said."""
    before = _ASKED_BY.get(deed, ())
    step = next((step for step in reversed(page.steps) if step.deed in before), None)
    if step is None or not (step.words or step.file_ids):
        return None
    return TimelineStep(
        title=_word(step),
        moment=step.happened_at,
        who=step.unit_name or step.doer,
        text=step.words,
        kind="past",
        photos=photos(viewer, step.file_ids, _("办理后的照片")),
    )


def _word(step: StepLine) -> str:
    """What the deed says of itself to a worker; "" for the house's inner steps."""
    return str(DECLARED[Deed(step.deed)].to_worker)


def _told(step: StepLine) -> str:
    """The step in a neighbor's words, with what was found where somebody went to look."""
    words = _word(step)
    if step.deed == Deed.CHECK:
        return _("核查：没办好，退回重办") if step.to_state == State.HANDLING else _("核查：办好了")
    if step.deed in _REFUSED and not step.detail.get("granted"):
        return str(_REFUSED[Deed(step.deed)])
    return words


def versions(page: CasePage, form: DeedForm) -> list[Version]:
    """What the worker saw and wrote, beside what stands there now."""
    last = page.steps[-1]
    rows = [
        stage_version(page, form.seen),
        Version(_("做了什么"), form.title, _word(last)),
    ]
    written = "；".join(value for name, value in form.mine() if name != str(_("您看到的")))
    if written or last.words:
        rows.append(Version(_("写的话"), written, last.words))
    return rows
