"""How every deed is done: key, lock, state, standing, version; then one step, sealed.

A deed opens with `begin` and ends with `Doing.finish`; both run in the caller's transaction.
"""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import IntegrityError
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from gezhi.ground.audit import actions as audit
from gezhi.ground.audit.models import Head
from gezhi.ground.audit.seals import Seals
from gezhi.ground.jobs import actions as jobs
from gezhi.kernel import clock
from gezhi.kernel.errors import Conflict, NotPermitted, Unseen
from gezhi.kernel.viewer import Seat, Viewer
from gezhi.records.units import queries as units
from gezhi.records.units.models import Unit
from gezhi.work.cases import clocks, tasks
from gezhi.work.cases.actions._asked import (
    Asked,
    answered,
    made_with,
    refuse_bad_key,
    refuse_other_content,
)
from gezhi.work.cases.actions._claims import claimed_moment
from gezhi.work.cases.actions._steps import attach, write_stage, write_step
from gezhi.work.cases.models import Case, Report, StageRow, Step, StepWords
from gezhi.work.cases.queries.visible import openable_by
from gezhi.work.cases.rules import (
    ENDED,
    TABLE,
    Deed,
    Rule,
    State,
    stage_of,
)
from gezhi.work.cases.standing import standing_of


@dataclass
class Doing:
    """A deed under way on a locked case."""

    deed: Deed
    case: Case
    by: Viewer
    key: str
    digest: str
    seat: Seat | None
    now: datetime
    happened_at: datetime
    answered: Step | None = None
    report_id: int | None = None
    before: dict[str, Any] = field(default_factory=dict)
    seals: Seals = field(default_factory=Seals)

    def __post_init__(self) -> None:
        self.seals.watch(self.case)
        self.before = {
            "state": self.case.state,
            "holder": self.case.holder_id,
            "due": self.case.due_at,
            "passed": self.case.check_passed,
        }

    @property
    def holder(self) -> Unit:
        """The unit that holds the open case (never empty while open: `case_cannot_sink`)."""
        if self.case.holder is None:
            raise Conflict(_("这件事已经办完"), code="state")
        return self.case.holder

    @property
    def due_at(self) -> datetime:
        """When the running stage falls due (never empty while open: `case_cannot_sink`)."""
        if self.case.due_at is None:
            raise Conflict(_("这件事已经办完"), code="state")
        return self.case.due_at

    @property
    def centre(self) -> Unit:
        """The street centre the case goes back to."""
        return units.centre_of(self.case.district_id, self.case.street_id)

    def end(self, state: State) -> None:
        """Take the case to an ended state: nobody holds it, no clock runs."""
        self.case.state = state
        self.case.ended_at = self.now
        self.case.holder = None
        self.case.due_at = None
        self.case.due_provisional = False

    def move(self, state: State, holder: Unit, *, restart: bool = True) -> None:
        """Take the case to an open state with its holder; the stage's clock starts anew.

        With `restart` false the running due time stays (lifting, handing over).
        """
        self.case.state = state
        self.case.holder = holder
        stage = stage_of(state, self.case.check_passed)
        if restart and stage is not None:
            due = clocks.due_of_case(stage, self.case, holder, self.now)
            self.case.due_at = due.moment
            self.case.due_provisional = due.provisional
            self._end_stage()
            write_stage(self.case, stage, holder.pk, self.now, due, self.seals)

    def _end_stage(self) -> None:
        running = StageRow.objects.filter(case=self.case, ended_at=None).first()
        if running is not None:
            self.seals.change(running, ended_at=self.now, on_time=self.now <= running.due_at)

    def _step(self, **fields: Any) -> tuple[Step, Head]:
        """The step and the head it leads to; refuses (KeyReused) where the same key made another at this very moment."""
        try:
            return write_step(
                deed=self.deed, by=self.by, key=self.key, digest=self.digest, **fields
            )
        except IntegrityError as error:
            # Two of one doer on two cases wait for no common lock: the table decides.
            refuse_other_content("one_step_per_owned_key" not in str(error))
            raise

    def finish(
        self,
        *,
        words: str = "",
        for_reporter: bool = False,
        reason_code: str = "",
        detail: dict[str, Any] | None = None,
        photos: dict[str, list[int]] | None = None,
        announce: bool = True,
    ) -> Step:
        """Write the step with everything that hangs on it, and save the case.

        Refuses (Conflict) a target the state table does not know: no deed can make up a path.
        """
        case, before = self.case, self.before
        origin, target = State(before["state"]), State(case.state)
        if not TABLE[self.deed].allows(origin, target):
            raise Conflict(_("事件现在的状态不允许这样做，请刷新后再看"))
        if target in ENDED and origin not in ENDED:
            self._end_stage()
        case.version += 1
        self.seals.settle(case)
        case.save()
        step, head = self._step(
            case=case,
            seat=self.seat,
            from_state=before["state"],
            holder_before_id=before["holder"],
            seconds_left=(
                int((before["due"] - self.now).total_seconds()) if before["due"] else None
            ),
            happened_at=self.happened_at,
            recorded_at=self.now,
            reason_code=reason_code,
            detail=detail,
            report_id=self.report_id,
        )
        if words:
            self.seals.insert(StepWords(step=step, text=words, for_reporter=for_reporter))
        attach(case, photos or {}, self.seals, step=step)
        audit.settle_head(head, self.seals)
        if announce:
            jobs.enqueue(tasks.announce, key=f"announce:{step.pk}", fresh=True, step_id=step.pk)
        return step


def begin(
    deed: Deed,
    *,
    number: str,
    by: Viewer,
    key: str,
    content: dict[str, Any],
    version: int | None = None,
    report: Report | None = None,
    happened_at: datetime | None = None,
) -> Doing:
    """Find and lock the case and see whether this viewer may do this deed to it now.

    `report` is whose voice it is about; a stranger has presented its number and code. The key is
    looked up before anything else counts: when this doer brought it before, `answered` holds the
    step it made and nothing must be changed, even if the doer has lost sight of the case since.
    Raises KeyReused when it came with other content, Unseen when the case does not exist for the
    viewer, NotPermitted with who can, Conflict when the state or the version moved on.
    """
    refuse_bad_key(key)
    reporter = report if by.is_anonymous else None
    case = _locked(deed, number, by, reporter)
    # Only now: of two that bring one key at once the second sees what the first one did.
    district_id = case.district_id if case is not None else by.district_id or 0
    known = made_with(key, by, district_id, reporter.pk if reporter else None)
    if known is not None:
        # A report may have gone to another case since; it is the same report there.
        at = known.case.number if report is not None else number
        asked = Asked(deed, {"number": at, **content})
        return _opened(asked, known.case, by, key, report, happened_at, answered(known, asked))
    if case is None:
        raise Unseen(_("没有找到这件事"))
    asked = Asked(deed, {"number": number, **content})
    doing = _opened(asked, case, by, key, report, happened_at)
    doing.seat = _standing(TABLE[deed], case, by, as_reporter=reporter is not None)
    _refuse_if_moved_on(TABLE[deed], case, version)
    return doing


def _opened(
    asked: Asked,
    case: Case,
    by: Viewer,
    key: str,
    report: Report | None,
    happened_at: datetime | None,
    known: Step | None = None,
) -> Doing:
    now = clock.now()
    return Doing(
        deed=asked.deed,
        case=case,
        by=by,
        key=key,
        digest=asked.digest,
        seat=None,
        now=now,
        # What a fast clock claims counts as now.
        happened_at=min(claimed_moment(happened_at, now) or now, now),
        answered=known,
        report_id=report.pk if report else None,
    )


def _locked(deed: Deed, number: str, by: Viewer, reporter: Report | None) -> Case | None:
    return (
        _door(deed, by, reporter)
        .select_for_update(of=("self",))
        .select_related("holder")
        .filter(number=number)
        .first()
    )


def _door(deed: Deed, by: Viewer, reporter: Report | None) -> QuerySet[Case]:
    """The cases this deed may be asked for: a question is answered without seeing what it is for."""
    if reporter is not None:
        return Case.objects.filter(pk=reporter.case_id)
    return openable_by(by)


def _standing(rule: Rule, case: Case, by: Viewer, *, as_reporter: bool) -> Seat | None:
    """The seat that gives the right; None for reporters and tasks. Refuses (NotPermitted)."""
    standing = standing_of(rule, case, by, as_reporter=as_reporter)
    if not standing.given:
        raise NotPermitted(_("这一步由%(who)s来做") % {"who": _(rule.who)})
    return standing.seat


def _refuse_if_moved_on(rule: Rule, case: Case, version: int | None) -> None:
    if version is not None and version != case.version:
        raise Conflict(
            _("别人刚刚处理过这件事，您看到的是旧的内容；请看清新内容后再决定"), code="stale"
        )
    if not rule.allows(State(case.state)):
        raise Conflict(_("事件现在的状态不允许这样做，请刷新后再看"), code="state")
