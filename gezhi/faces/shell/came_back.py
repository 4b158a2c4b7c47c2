"""Why a case is here again: returned by a unit, failed its check, reopened by its reporter.

What was said then stands on top of the case, at the desk and on the phone: whoever opens it is to
do something about just that.
"""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from gezhi.faces.shell.parts import CameBack, Fact
from gezhi.faces.shell.pictures import photos
from gezhi.ground.codes import queries as codes
from gezhi.kernel.viewer import Viewer
from gezhi.work.cases.queries import CasePage
from gezhi.work.cases.queries.detail import AssignmentLine, StepLine
from gezhi.work.cases.rules import Deed, Mark, State


def came_back(page: CasePage, viewer: Viewer) -> list[CameBack]:
    """What is to be answered now, the newest first; empty for a case on its straight way."""
    if not page.case.is_open:
        return []
    return [*_returned(page), *_failed(page, viewer), *_reopened(page)]


def _returned(page: CasePage) -> Iterable[CameBack]:
    step = page.last_step(Deed.RETURN)
    if page.case.state != State.ACCEPTED or step is None:
        return
    assignment = page.returned[-1] if page.returned else None
    reason = codes.term("return_reasons", step.reason_code)
    words = {"unit": step.unit_name, "reason": reason.label if reason else ""}
    note = ""
    if Mark.DISPUTED in page.row.marks:
        note = _("已经退了 %(number)d 次，等值班长裁决归哪个单位；裁决以前不能派单。") % {
            "number": len(page.returned)
        }
    yield CameBack(
        title=_("%(unit)s退单：%(reason)s") % words if reason else _("%(unit)s退单") % words,
        text=step.words,
        moment=step.happened_at,
        who=_who(step),
        facts=_asked_for(assignment),
        note=note,
    )


def _asked_for(assignment: AssignmentLine | None) -> list[Fact]:
    """Whose it is instead, and the row of the duty list that says so."""
    if assignment is None:
        return []
    basis = "：".join(
        part for part in (assignment.return_duty_name, assignment.return_duty_basis) if part
    )
    pairs = ((_("应由"), assignment.right_unit_name), (_("权责清单"), basis))
    return [Fact(name, value) for name, value in pairs if value]


def _failed(page: CasePage, viewer: Viewer) -> Iterable[CameBack]:
    step = page.last_step(Deed.CHECK, reason="rework")
    if step is None or page.case.state not in (State.HANDLING, State.CHECKING):
        return
    if page.case.check_passed:
        return
    again = page.case.state == State.HANDLING
    note = ""
    if again and page.row.reworks >= codes.figure("rework_most"):
        note = _("这已经是第 %(number)d 次返工，请值班长过问。") % {"number": page.row.reworks}
    # Whoever sent it back reads that, not what the unit is to do.
    if not again:
        title = _("上一次核查没通过")
    elif page.case.holder_id in {seat.unit_id for seat in viewer.seats}:
        title = _("核查没通过，请按下面说的返工")
    else:
        title = _("核查没通过，等%(unit)s返工") % {"unit": page.row.holder_name}
    yield CameBack(
        title=title,
        text=step.words,
        moment=step.happened_at,
        icon="refresh",
        who=_who(step),
        photos=photos(viewer, step.file_ids, _("核查照片")),
        note=note,
    )


def _reopened(page: CasePage) -> Iterable[CameBack]:
    step = page.last_step(Deed.REOPEN)
    if step is None:
        return
    yield CameBack(
        title=_("反映人说没解决，第 %(number)d 次办理") % {"number": page.case.round},
        text=step.words,
        moment=step.happened_at,
        icon="refresh",
    )


def _who(step: StepLine) -> str:
    return " ".join(part for part in (step.unit_name, step.doer) if part)
