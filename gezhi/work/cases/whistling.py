"""吹哨 beside a case: which whistle stands, whom it called, and what ends it."""

from typing import TYPE_CHECKING

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from gezhi.kernel.errors import Conflict, Refusal
from gezhi.kernel.viewer import Seat, Viewer
from gezhi.work.cases.asides import Aside, register
from gezhi.work.cases.models import Assignment, Case, Whistle
from gezhi.work.cases.rules import Mark

LOWEST, HIGHEST = 1, 5

if TYPE_CHECKING:
    from gezhi.work.cases.doing import Doing


def open_whistle(case: Case) -> Whistle:
    """The whistle that is not scored yet; refuses (Conflict) a case without one."""
    row = Whistle.objects.filter(case=case, ended_at=None).first()
    if row is None:
        raise Conflict(_("这件事没有还没评分的吹哨"), code="state")
    return row


def called_by(whistle: Whistle) -> list[Assignment]:
    """The units a whistle called, in order; in the place of one that closed since its successor."""
    rows = Assignment.objects.filter(whistle=whistle, returned_at=None)
    return list(rows.select_related("unit").order_by("id"))


def is_not_whistled(case: Case) -> bool:
    """By its mark: for the buttons of deeds that need a whistle."""
    return Mark.WHISTLED not in case.all_marks


def not_whistled(case: Case, by: Viewer, seat: Seat | None) -> Refusal | None:
    """Why nothing can be said of a whistle that does not stand; None where one does."""
    if is_not_whistled(case):
        return Conflict(_("这件事没有还没评分的吹哨"), code="state")
    return None


def scored_down(case: Case) -> list[Assignment]:
    """The called units that were scored below the highest, in order; of a case without the mark
    nothing is asked."""
    if Mark.SCORED not in case.all_marks:
        return []
    return list(_scored_down(case).select_related("whistle", "unit").order_by("id"))


def mark_scores(doing: "Doing") -> None:
    """Mark the case by its scores as they stand now."""
    if _scored_down(doing.case).exists():
        doing.mark(Mark.SCORED)
    else:
        doing.unmark(Mark.SCORED)


def _scored_down(case: Case) -> QuerySet[Assignment]:
    return Assignment.objects.filter(case=case, part="called", score__lt=HIGHEST)


def _is_whistled(case: Case) -> bool:
    return Whistle.objects.filter(case=case, ended_at=None).exists()


def _end_calls(doing: "Doing") -> None:
    """Nobody comes any more once the case has ended; how they came is scored still."""
    if doing.case.ended_at is None:
        return
    for row in Assignment.objects.filter(case=doing.case, part="called", ended_at=None):
        doing.seals.change(row, ended_at=doing.now)


register(Aside(Mark.SCORED, lambda case: _scored_down(case).exists()))
WHISTLED = register(Aside(Mark.WHISTLED, _is_whistled, settle=_end_calls))
