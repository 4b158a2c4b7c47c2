"""How the deeds of a case are done: the engine of `work/deeds` on the tables of a case."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, NotRequired, TypedDict, TypeVar

from django.db import models
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from gezhi.kernel import prepared
from gezhi.kernel.errors import Conflict, Refusal
from gezhi.kernel.viewer import Viewer
from gezhi.records.units import queries as units
from gezhi.records.units.models import Unit
from gezhi.work.cases import asides, clocks, pausing, searching, signals
from gezhi.work.cases.declared import DECLARED, against
from gezhi.work.cases.invitations import Invitation
from gezhi.work.cases.inviting import holds
from gezhi.work.cases.models import Case, Report, StageRow, Step, StepWords
from gezhi.work.cases.photos import attach
from gezhi.work.cases.queries.visible import is_openable, of_number, openable_by
from gezhi.work.cases.rules import ENDED, TABLE, Deed, Mark, State, is_late, stage_of
from gezhi.work.cases.stages import write_stage
from gezhi.work.cases.standing import guest_standing, standing_of
from gezhi.work.deeds import doing as deeds
from gezhi.work.deeds.asked import Asked, Photos
from gezhi.work.deeds.rules import Given, Rule
from gezhi.work.deeds.steps import with_latest

Result = TypeVar("Result")


class Doing(deeds.Doing[Case, Step]):
    """A deed under way on a locked case."""

    kind = "case"
    verbs = "cases"
    table = TABLE
    steps = Step

    def __init__(self, subject: Case, asked: Asked, **rest: Any) -> None:
        super().__init__(subject, asked, **rest)
        self.declared = DECLARED[Deed(asked.deed)]
        # A deed may keep still about one of its steps.
        self.announced = self.declared.announced

    @classmethod
    def door(cls, by: Viewer, presented: models.Model | None) -> QuerySet[Case]:
        """A question is answered without seeing what it is for; a reporter's own case is always seen,
        and so is what an invitation is for."""
        if isinstance(presented, Report | Invitation):
            return Case.objects.filter(pk=presented.case_id)
        return openable_by(by)

    @classmethod
    def locked(cls, number: str, by: Viewer, receipt: models.Model | None) -> Case | None:
        """As of every room, but the row first: of nearly every case its columns say that the viewer
        may, while the door as one statement takes a third of a deed to put together."""
        found = prepared.ask(_locked, by.district_id, prepared.Word(number))
        if not found:
            return None
        case = found[0]
        if isinstance(receipt, Report):
            return case if case.pk == receipt.case_id else None
        if isinstance(receipt, Invitation):
            return case if case.pk == receipt.case_id and _still_holds(receipt) else None
        return case if is_openable(by, case) else None

    def standing(self, rule: Rule[Any, Any]) -> Given:
        """By seat; a stranger who presented a report is its reporter, with an invitation a guest."""
        if self.invitation is not None:
            return guest_standing(rule, self.case, self.invitation)
        as_reporter = self.presented is not None and self.by.is_anonymous
        return standing_of(rule, self.case, self.by, as_reporter=as_reporter)

    @property
    def case(self) -> Case:
        """The locked case."""
        return self.subject

    @property
    def holder(self) -> Unit:
        """The unit that holds the open case (never empty while open: `case_cannot_sink`)."""
        if self.case.holder is None:
            raise Conflict(_("这件事已经办完"), code="state")
        return self.case.holder

    @property
    def unit_id(self) -> int:
        """The unit of the seat or the invitation by which it is done; 0 for a task and a reporter."""
        return self.invitation.unit_id if self.invitation is not None else super().unit_id

    @property
    def invitation(self) -> Invitation | None:
        """The invitation of the guest who does it; None for everybody else."""
        presented = self.presented
        return presented if isinstance(presented, Invitation) and self.by.is_anonymous else None

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
        disputed = Mark.DISPUTED in self.case.all_marks
        stage = stage_of(state, self.case.check_passed, disputed)
        if restart and stage is not None:
            due = clocks.due_of_case(stage, self.case, holder, self.now)
            self.case.due_at = due.moment
            self.case.due_provisional = due.provisional
            self.end_stage()
            write_stage(self.case, stage, holder.pk, self.now, due, self.seals)

    def end_stage(self) -> None:
        """Stop the running stage and note whether it was on time, by a clock that does not stand."""
        if Mark.HUNG in self.case.all_marks:
            pausing.run_on(self)
        for running in prepared.ask(_running_stage, self.case.pk):
            on_time = not is_late(running.due_at, self.now)
            self.seals.change(running, ended_at=self.now, on_time=on_time)
            if not on_time:
                self.mark(Mark.LATE)

    def mark(self, mark: Mark) -> None:
        """Note on the case what now stands beside it."""
        self.case.marks = asides.written(self.case.all_marks | {mark})

    def unmark(self, mark: Mark) -> None:
        """Take the note off again."""
        self.case.marks = asides.written(self.case.all_marks - {mark})

    def finish(
        self,
        *,
        words: str = "",
        reason_code: str = "",
        detail: dict[str, Any] | None = None,
        photos: Mapping[str, Photos] | None = None,
    ) -> Step:
        """As of every room, once what stands beside the case has been seen to."""
        if self.case.marks:
            asides.settle(self)
        return super().finish(words=words, reason_code=reason_code, detail=detail, photos=photos)

    def step_fields(self) -> dict[str, Any]:
        """The round, the report it is about, and the invitation it was done by."""
        about = self.presented
        return {
            "round": self.case.round,
            "report_id": about.pk if isinstance(about, Report) else None,
            "invitation_id": self.invitation.pk if self.invitation is not None else None,
        }

    def keep_words(self, step: Step, words: str) -> None:
        """Keep what was said; some words are written for the reporter to read."""
        self.seals.insert(StepWords(step=step, text=words, for_reporter=self.declared.for_reporter))

    def keep_photo(self, step: Step, purpose: str, file_id: int) -> None:
        """Tie a photo to the case by purpose (before, after, check)."""
        attach(self.case, {purpose: [file_id]}, self.seals, step=step)

    def refusal(self) -> Refusal | None:
        """The deed's own reason against it, if it has one."""
        return against(self.declared, self.case, self.by, self.seat)

    def tell(self, step: Step) -> None:
        """News that `receivers` turns into a task; what a search finds follows an end, or its end."""
        if (step.from_state in ENDED) != (step.to_state in ENDED):
            searching.renew(self.case)
        if self.announced:
            signals.stepped.send(sender=Case, case=self.case, step=step)


class OnCase(TypedDict):
    """The preamble of a deed on a case: which one, who, by which key, on which version they saw."""

    number: str
    by: Viewer
    key: str
    version: NotRequired[int | None]
    # What a guest came with; `by` is a stranger then.
    invitation: NotRequired[Invitation | None]


class OnReport(TypedDict):
    """The preamble of a deed about one report; a stranger has presented its number and code."""

    report: Report
    by: Viewer
    key: str
    version: NotRequired[int | None]


def do(
    deed: Deed,
    content: Mapping[str, Any],
    body: Callable[[Doing], Result],
    *,
    number: str,
    by: Viewer,
    key: str,
    version: int | None = None,
    happened_at: datetime | None = None,
    invitation: Invitation | None = None,
) -> Step | Result:
    """Do a deed on a case; refuses as `Doing.begin`, and what its declaration says against it.

    `content` is what the key stands for. Answers the step the same key made before.
    """
    return Doing.do(
        deed,
        body,
        number=number,
        by=by,
        key=key,
        content=content,
        version=version,
        happened_at=happened_at,
        presented=invitation,
    )


def do_for(
    deed: Deed,
    content: Mapping[str, Any],
    body: Callable[[Doing], Result],
    *,
    report: Report,
    by: Viewer,
    key: str,
    version: int | None = None,
) -> Step | Result:
    """Do a deed about one report, as `do`.

    Staff calling back come with a seat and are held to the deed's standing instead.
    """
    return Doing.do(
        deed,
        body,
        number=report.case.number,
        by=by,
        key=key,
        content={"report": report.number, **content},
        version=version,
        presented=report,
    )


def _locked(district_id: int | None, number: str) -> QuerySet[Case]:
    rows = of_number(Viewer(district_id=district_id), number).select_related("holder")
    return with_latest(rows.select_for_update(of=("self",)), Step, Doing.kind)[:1]


def _still_holds(invitation: Invitation) -> bool:
    """Asked under the lock of the case: whoever takes it back has that, too."""
    return holds(invitation)


def _running_stage(case_id: int) -> QuerySet[StageRow]:
    return StageRow.objects.filter(case=case_id, ended_at=None).order_by("pk")[:1]
