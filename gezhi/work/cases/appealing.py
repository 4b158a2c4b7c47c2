"""What of a case can count against somebody, may be appealed, and is left out of the figures."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from gezhi.ground.codes import queries as codes
from gezhi.kernel.errors import Conflict, Invalid
from gezhi.records.units import queries as units
from gezhi.work.cases.asides import Aside, register
from gezhi.work.cases.doing import Doing
from gezhi.work.cases.models import Appeal, Assignment, Case, Exclusion, Report, StageRow
from gezhi.work.cases.queries import belonging
from gezhi.work.cases.rules import Mark
from gezhi.work.cases.whistling import scored_down


@dataclass(frozen=True, slots=True)
class Counted:
    """Something of a case that counts: the whole of it, or one of its rows."""

    scope: str
    row_id: int | None = None

    @property
    def word(self) -> str:
        """As a form carries it: `case`, `stage-17`."""
        return self.scope if self.row_id is None else f"{self.scope}-{self.row_id}"


@dataclass(frozen=True, slots=True)
class Against:
    """One thing that was counted against a unit or the centre, and since when that is known."""

    about: str
    counted: Counted
    unit_id: int
    since: datetime
    assignment: Assignment | None = None
    stage: StageRow | None = None

    @property
    def score(self) -> int | None:
        """The score appealed; None for anything else."""
        return self.assignment.score if self.about == "score" and self.assignment else None


def counted_against(case: Case, now: datetime) -> list[Against]:
    """What can be appealed: assignments noted as sent wrong, stages that ended late or run late,
    scores below the highest on which nobody decided yet.

    Only what counts still: nothing that is left out of the figures.
    """
    out = left_out_of(case)
    gone = {(row.scope, row.assignment_id or row.stage_id or row.report_id) for row in out}
    if any(scope == "case" for scope, _row in gone):
        return []
    found = [
        Against(
            "misrouted",
            Counted("assignment", row.pk),
            # Sending it wrong was the centre's, not of the unit that had to return it.
            units.centre_of(case.district_id, case.street_id).pk,
            row.returned_at or row.sent_at,
            assignment=row,
        )
        for row in belonging.assignments(case.pk)
        if row.misrouted
    ]
    for stage in belonging.stages(case.pk):
        late = stage.on_time is False or (stage.ended_at is None and now > stage.due_at)
        if late:
            counted = Counted("stage", stage.pk)
            since = stage.ended_at or stage.due_at
            found.append(Against("late", counted, stage.unit_id, since, stage=stage))
    return [
        *(one for one in found if (one.counted.scope, one.counted.row_id) not in gone),
        *_scores(case),
    ]


def _scores(case: Case) -> list[Against]:
    """Each score is decided on once: what was set anew, or upheld, stands."""
    calls = scored_down(case)
    if not calls:
        return []
    asked = Appeal.objects.filter(case=case, about="score", decided_at__isnull=False)
    settled = set(asked.values_list("assignment_id", flat=True))
    return [
        Against(
            "score",
            Counted("score", call.pk),
            call.unit_id,
            call.whistle.ended_at,
            assignment=call,
        )
        for call in calls
        if call.pk not in settled and call.whistle is not None and call.whistle.ended_at
    ]


def appealable(case: Case, unit_id: int | None, now: datetime) -> list[Against]:
    """What this unit may appeal now: its own, within the pack's days since it is known."""
    since = now - timedelta(days=codes.figure("appeal_days"))
    return [
        one for one in counted_against(case, now) if one.unit_id == unit_id and one.since >= since
    ]


_FOUND: dict[str, Callable[[Case, int], bool]] = {
    "assignment": lambda case, pk: Assignment.objects.filter(case=case, pk=pk).exists(),
    "stage": lambda case, pk: StageRow.objects.filter(case=case, pk=pk).exists(),
    "rating": lambda case, pk: Report.objects.filter(
        case=case, pk=pk, rated_at__isnull=False
    ).exists(),
}


def excluded(
    doing: Doing, counted: Counted, reason_code: str, *, appeal: Appeal | None = None
) -> Exclusion:
    """Leave something of the case out of the figures.

    Refuses (Invalid) a reason that is not in the dictionary, what is no row of this case; (Conflict)
    what is left out already.
    """
    case = doing.case
    if codes.term("exclusion_reasons", reason_code) is None:
        raise Invalid(_("请选择剔除的理由"), field="reason_code")
    kept: dict[str, int | None] = {"assignment_id": None, "stage_id": None, "report_id": None}
    if counted.scope in _FOUND:
        if not _FOUND[counted.scope](case, counted.row_id or 0):
            raise Invalid(_("这件事没有这一项，请重新选择"), field="counted")
        column = "report_id" if counted.scope == "rating" else f"{counted.scope}_id"
        kept[column] = counted.row_id
    elif counted.scope != "case" or counted.row_id is not None:
        raise Invalid(_("请选择剔除什么"), field="counted")
    if Exclusion.objects.filter(case=case, scope=counted.scope, included_at=None, **kept).exists():
        raise Conflict(_("这一项已经剔除，不用再剔除一次"), code="state")
    exclusion = Exclusion(
        district_id=case.district_id,
        case=case,
        scope=counted.scope,
        reason_code=reason_code,
        appeal=appeal,
        excluded_at=doing.now,
        excluded_by=doing.by.user_id,
        **kept,
    )
    doing.seals.insert(exclusion)
    doing.mark(Mark.EXCLUDED)
    return exclusion


def left_out_of(case: Case) -> list[Exclusion]:
    """What of the case does not count now, the oldest first."""
    if Mark.EXCLUDED not in case.all_marks:
        return []
    return list(Exclusion.objects.filter(case=case, included_at=None).order_by("excluded_at", "id"))


def _any_left_out(case: Case) -> bool:
    return Exclusion.objects.filter(case=case, included_at=None).exists()


def scorer_of(waiting: Appeal) -> int | None:
    """Who gave the score an appeal is about; None for an appeal of something else."""
    call = waiting.assignment
    if waiting.about != "score" or call is None or call.whistle is None:
        return None
    return call.whistle.ended_by


def open_appeal(case: Case) -> Appeal | None:
    """The appeal that waits for a decision; None where there is none."""
    waiting = Appeal.objects.filter(case=case, decided_at=None)
    return waiting.select_related("assignment__whistle").first()


register(Aside(Mark.APPEALED, holds=lambda case: open_appeal(case) is not None))
register(Aside(Mark.EXCLUDED, holds=_any_left_out))
register(
    Aside(Mark.LATE, holds=lambda case: StageRow.objects.filter(case=case, on_time=False).exists())
)
register(
    Aside(
        Mark.MISROUTED,
        holds=lambda case: Assignment.objects.filter(case=case, misrouted=True).exists(),
    )
)
