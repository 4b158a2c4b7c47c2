"""How every deed is done: key, lock, state, standing, version; then one step, sealed.

A deed opens with `begin` and ends with `Doing.finish`; both run in the caller's transaction.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from gezhi.ground.audit import actions as audit
from gezhi.ground.audit.rules import keyed
from gezhi.ground.files.models import File
from gezhi.ground.jobs import actions as jobs
from gezhi.kernel import clock
from gezhi.kernel.errors import Conflict, Invalid, KeyReused, NotPermitted, Unseen
from gezhi.kernel.viewer import Seat, Viewer
from gezhi.records.units import queries as units
from gezhi.records.units.models import Unit
from gezhi.work.cases import clocks, tasks
from gezhi.work.cases.models import Attachment, Case, Report, StageRow, Step, StepWords
from gezhi.work.cases.queries.visible import visible_to
from gezhi.work.cases.rules import (
    ENDED,
    TABLE,
    Deed,
    Rule,
    Stage,
    State,
    stage_of,
)
from gezhi.work.cases.standing import standing_of

KEY_LENGTH = 80
WORDS_LENGTH = 4000


def content_digest(deed: Deed, content: dict[str, Any]) -> str:
    """Keyed digest of everything a deed was asked to do; the same key must bring the same.

    Photos count by what is on them: sent again after a lost answer, they come under new ids.
    """
    pictures: dict[str, Any] = {
        name: _pictures(content[name]) for name in ("photos", "before") if name in content
    }
    return keyed({"deed": deed.value, **content, **pictures})


def _pictures(file_ids: Sequence[int | str]) -> list[str]:
    """Digests of stored photos in the order given."""
    if not file_ids:
        return []
    digests = dict(File.objects.filter(pk__in=file_ids).values_list("pk", "digest"))
    return [digests.get(int(file_id), "") for file_id in file_ids]


def refuse_bad_key(key: str) -> None:
    """Refuse (Invalid) a deed without a key, or with one no step can hold."""
    if not key or len(key) > KEY_LENGTH:
        raise Invalid(_("缺少操作编号，请刷新页面后再试"), field="key")


def earlier(district_id: int, key: str, digest: str) -> Step | None:
    """The step this key already made; refuses (KeyReused) when it came with other content."""
    refuse_bad_key(key)
    # Nearly every key is new, so only two columns are asked for.
    known = list(
        Step.objects.filter(district_id=district_id, deed_key=key)
        .order_by()
        .values_list("pk", "content_digest")[:1]
    )
    if not known:
        return None
    pk, stored = known[0]
    if stored != digest:
        raise KeyReused(_("同一操作编号对应了不同内容，没有保存；请刷新页面后重新提交"))
    return Step.objects.select_related("case").get(pk=pk)


def checked_words(words: str, *, required: bool = False, what: str = "") -> str:
    """Words trimmed; refuses them when too long or, if required, when empty."""
    words = words.replace("\x00", "").strip()
    if required and not words:
        raise Invalid(_("请写明%(what)s") % {"what": what or _("说明")}, field="words")
    if len(words) > WORDS_LENGTH:
        raise Invalid(
            _("说明太长：最多 %(most)d 个字，现在 %(now)d 个")
            % {"most": WORDS_LENGTH, "now": len(words)},
            field="words",
        )
    return words


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

    def __post_init__(self) -> None:
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
            self._begin_stage(stage, holder, due)

    def _begin_stage(self, stage: Stage, holder: Unit, due: clocks.StageDue) -> None:
        self._end_stage()
        StageRow(
            district_id=self.case.district_id,
            case=self.case,
            stage=stage,
            round=self.case.round,
            unit_id=holder.pk,
            began_at=self.now,
            due_at=due.moment,
            provisional=due.provisional,
            calendar_version=due.calendar_version,
            limit_words=due.limit_words,
        ).save(force_insert=True)

    def _end_stage(self) -> None:
        running = StageRow.objects.filter(case=self.case, ended_at=None).first()
        if running is not None:
            running.ended_at = self.now
            running.on_time = self.now <= running.due_at
            running.save(update_fields=["ended_at", "on_time"])

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
        case.save()
        step = write_step(
            case=case,
            deed=self.deed,
            by=self.by,
            seat=self.seat,
            key=self.key,
            digest=self.digest,
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
            StepWords(step=step, text=words, for_reporter=for_reporter).save(force_insert=True)
        attach(case, photos or {}, step=step)
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

    Raises Unseen when the case does not exist for the viewer, NotPermitted with who can, Conflict
    when the state or the version moved on, KeyReused when the key came with other content. When
    the key was seen before, `answered` holds the step it made and nothing must be changed.
    """
    rule = TABLE[deed]
    visible = Case.objects.filter(pk=report.case_id) if report else visible_to(by)
    case = (
        visible.select_for_update(of=("self",))
        .select_related("holder")
        .filter(number=number)
        .first()
    )
    if case is None:
        raise Unseen(_("没有找到这件事"))
    digest = content_digest(deed, {"number": number, **content})
    now = clock.now()
    doing = Doing(
        deed=deed,
        case=case,
        by=by,
        key=key,
        digest=digest,
        seat=None,
        now=now,
        happened_at=happened_at or now,
        answered=earlier(case.district_id, key, digest),
        report_id=report.pk if report else None,
    )
    if doing.answered is not None:
        return doing
    doing.seat = _standing(rule, case, by, report)
    _refuse_if_moved_on(deed, rule, case, version)
    return doing


def _standing(rule: Rule, case: Case, by: Viewer, report: Report | None) -> Seat | None:
    """The seat that gives the right; None for reporters and tasks. Refuses (NotPermitted)."""
    standing = standing_of(rule, case, by, as_reporter=report is not None)
    if not standing.given:
        raise NotPermitted(_("这一步由%(who)s来做") % {"who": _(rule.who)})
    return standing.seat


def _refuse_if_moved_on(deed: Deed, rule: Rule, case: Case, version: int | None) -> None:
    if version is not None and version != case.version:
        raise Conflict(
            _("别人刚刚处理过这件事，您看到的是旧的内容；请看清新内容后再决定"), code="stale"
        )
    if not rule.allows(State(case.state)):
        raise Conflict(_("事件现在的状态不允许这样做，请刷新后再看"), code="state")


def write_step(
    *,
    case: Case,
    deed: Deed,
    by: Viewer,
    seat: Seat | None,
    key: str,
    digest: str,
    from_state: str,
    holder_before_id: int | None,
    seconds_left: int | None,
    happened_at: datetime,
    recorded_at: datetime,
    reason_code: str = "",
    detail: dict[str, Any] | None = None,
    report_id: int | None = None,
    serial: int | None = None,
) -> Step:
    """Append one step, link it to the case's chain and record it in the audit trail."""
    step = Step(
        district_id=case.district_id,
        case=case,
        serial=serial or case.version,
        round=case.round,
        deed=deed,
        from_state=from_state,
        to_state=case.state,
        report_id=report_id,
        user_id=by.user_id,
        system_name=by.system_name,
        post_id=seat.post_id if seat else None,
        unit_id=seat.unit_id if seat else None,
        holder_before_id=holder_before_id,
        holder_after_id=case.holder_id,
        due_after=case.due_at,
        seconds_left=seconds_left,
        happened_at=happened_at,
        recorded_at=recorded_at,
        reason_code=reason_code,
        detail=detail or {},
        deed_key=key,
        content_digest=digest,
    )
    step.digest = step_digest(step)
    link = audit.begin_chain if step.serial == 1 else audit.extend_chain
    step.chain_digest = link("case", case.pk, step.digest)
    step.save(force_insert=True)
    audit.record(
        by=by,
        verb=f"cases.{deed.value}",
        subject_kind="case",
        subject_id=case.pk,
        post_id=step.post_id,
        unit_id=step.unit_id,
        detail={"step": step.pk},
        subject_digest=step.chain_digest,
    )
    return step


def step_digest(step: Step) -> str:
    """The keyed digest of every stored field of a step; words are sealed by `content_digest`."""
    return keyed(step_content(step))


def step_content(step: Step) -> dict[str, Any]:
    """What the digest of a step covers."""
    return {
        "id": step.pk,
        "case": step.case_id,
        "serial": step.serial,
        "round": step.round,
        "deed": str(step.deed),
        "from": str(step.from_state),
        "to": str(step.to_state),
        "report": step.report_id,
        "user": step.user_id,
        "system": step.system_name,
        "post": step.post_id,
        "unit": step.unit_id,
        "holder_before": step.holder_before_id,
        "holder_after": step.holder_after_id,
        "due": _microseconds(step.due_after),
        "left": step.seconds_left,
        "happened": _microseconds(step.happened_at),
        "recorded": _microseconds(step.recorded_at),
        "reason": step.reason_code,
        "detail": step.detail,
        "key": step.deed_key,
        "content": step.content_digest,
    }


def _microseconds(moment: datetime | None) -> int | None:
    return int(moment.timestamp() * 1_000_000) if moment else None


def attach(
    case: Case,
    photos: Mapping[str, Sequence[int]],
    *,
    report: Report | None = None,
    step: Step | None = None,
) -> None:
    """Tie stored files to the case by purpose (report, before, after, check)."""
    rows = [
        Attachment(
            district_id=case.district_id,
            case=case,
            report=report,
            step=step,
            file_id=file_id,
            purpose=purpose,
        )
        for purpose, file_ids in photos.items()
        for file_id in file_ids
    ]
    if rows:
        Attachment.objects.bulk_create(rows)
