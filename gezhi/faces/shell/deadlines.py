"""The due time of a case in one wording for every page of staff: which step, until when.

A case has one clock at a time, that of its present step (本环节时限); what the reporter was promised
(答复时限) is another, and is always called so. A list, the head of a case, the phone, a group message
and a print all ask here, so that nobody reads another hour or another unit of time.
"""

from collections.abc import Collection
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gezhi.faces.shell import moments
from gezhi.kernel import clock
from gezhi.work.cases.queries import CasePage, CaseRow, KeptRow
from gezhi.work.cases.rules import Mark, State

# By the state as a desk names it (`CaseRow.shown_state`), or by whose clock a list stands in order of.
_UNTIL = {
    "reported": gettext_lazy("%(moment)s 前受理"),
    "verifying": gettext_lazy("%(moment)s 前核实"),
    "accepted": gettext_lazy("%(moment)s 前派单"),
    "disputed": gettext_lazy("%(moment)s 前裁决"),
    "dispatched": gettext_lazy("%(moment)s 前接单"),
    "handling": gettext_lazy("%(moment)s 前办结"),
    "checking": gettext_lazy("%(moment)s 前核查"),
    "closing": gettext_lazy("%(moment)s 前结案"),
    "assist": gettext_lazy("%(moment)s 前协办答复"),
    "supervision": gettext_lazy("%(moment)s 前答复督办"),
    "hung": gettext_lazy("挂账到 %(moment)s，复核"),
    "called": gettext_lazy("%(moment)s 前到场报到"),
    "whistle": gettext_lazy("%(moment)s 前报到"),
}
_LATE = {
    "reported": gettext_lazy("受理已超 %(span)s"),
    "verifying": gettext_lazy("核实已超 %(span)s"),
    "accepted": gettext_lazy("派单已超 %(span)s"),
    "disputed": gettext_lazy("裁决已超 %(span)s"),
    "dispatched": gettext_lazy("接单已超 %(span)s"),
    "handling": gettext_lazy("办结已超 %(span)s"),
    "checking": gettext_lazy("核查已超 %(span)s"),
    "closing": gettext_lazy("结案已超 %(span)s"),
    "assist": gettext_lazy("协办答复已超 %(span)s"),
    "supervision": gettext_lazy("督办答复已超 %(span)s"),
    "hung": gettext_lazy("挂账复核已超 %(span)s"),
    "called": gettext_lazy("报到已超 %(span)s"),
    "whistle": gettext_lazy("报到时间过了 %(span)s"),
}
# A green light in a list would speak of done; what still has time is calm.
_COLORS = {"red": "red", "yellow": "yellow", "paused": "paused"}


def due_words(row: CaseRow | KeptRow) -> str:
    """ "今天 20:00 前派单", once late "派单已超 2 小时"; "" when no clock runs."""
    if row.due_at is None:
        return ""
    clock_of = getattr(row, "clock_of", "") or _clock_of(row.marks)
    return words_for(clock_of or row.shown_state, row.due_at)


def _clock_of(marks: Collection[Mark]) -> str:
    """Of a case that stands still or waits for a ruling, whatever its state; "" for all others."""
    return next((mark.value for mark in (Mark.HUNG, Mark.DISPUTED) if mark in marks), "")


def ended_words(row: CaseRow) -> str:
    """ "昨天 17:20 办完" of a case that has ended, however it ended; "" of an open one."""
    if row.ended_at is None:
        return ""
    return _("%(moment)s 办完") % {"moment": moments.spoken(row.ended_at)}


def words_for(shown_state: str, due_at: datetime) -> str:
    """The same for a step that is not there yet, as before a case is sent."""
    late = clock.now() - due_at
    if late.total_seconds() > 0:
        return str(_LATE[shown_state]) % {"span": moments.span(late)}
    return str(_UNTIL[shown_state]) % {"moment": moments.until(due_at)}


def color_of(row: CaseRow | KeptRow) -> str:
    """The color of its light: red, yellow, paused or none."""
    return _COLORS.get(row.light, "none")


def next_words(page: CasePage) -> str:
    """Of a case that waits to be taken also when it must be done: that clock runs already."""
    if page.case.state != State.DISPATCHED:
        return ""
    leads = [one for one in page.assignments if one.part == "lead" and one.ended_at is None]
    if not leads:
        return ""
    until = words_for("handling", leads[-1].due_at)
    if leads[-1].due_at < clock.now():
        return until
    if page.case.due_at is not None and leads[-1].due_at <= page.case.due_at:
        # A class with little time: both clocks run from the dispatch.
        return _("办结也在这以前：办理时限从派单起算")
    return _("接单后 %(until)s") % {"until": until}
