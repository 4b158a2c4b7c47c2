"""The steps of a subject: the one way one gets written, and how one is found again by its key."""

from datetime import datetime
from typing import Any, TypeVar, cast

from django.db.models import OuterRef, QuerySet, Subquery

from gezhi.ground.audit import actions as audit
from gezhi.ground.audit.models import Head
from gezhi.ground.audit.rules import keyed
from gezhi.kernel import clock, prepared, rows
from gezhi.kernel.viewer import Viewer
from gezhi.work.deeds.asked import Asked, refuse_other_content
from gezhi.work.deeds.models import StepRow, Subject

StepT = TypeVar("StepT", bound=StepRow)
SubjectT = TypeVar("SubjectT", bound=Subject)


def with_latest(
    subjects: QuerySet[SubjectT], steps: type[StepRow], kind: str
) -> QuerySet[SubjectT]:
    """These subjects, to be locked for a deed: each says when its latest step was recorded."""
    mine = steps._default_manager.filter(**{kind: OuterRef("pk")}).order_by("-serial")
    # What the annotated rows are called is a type of Django's own: to us they are the subjects.
    found: Any = subjects.annotate(latest_step_at=Subquery(mine.values("recorded_at")[:1]))
    return cast("QuerySet[SubjectT]", found)


def moment_for(subject: Subject) -> datetime:
    """When a deed to this locked subject counts as done: now, but never before its latest step. A
    clock that is set back makes no history run backwards, and no stage end before it began."""
    now = clock.now()
    return max(now, subject.latest_step_at or now)


def append(step: StepRow, *, kind: str, verbs: str, by: Viewer) -> Head:
    """Append a filled step, link it to the chain of its subject and record it in the audit trail.

    `kind` names the chain and the column that leads to the subject ("case"), `verbs` what entries of
    the trail begin with ("cases"). Whatever else the deed writes comes before `audit.settle_head` of
    the head that is answered.
    """
    subject_id: int = getattr(step, f"{kind}_id")
    step.digest = keyed(step.content())
    head = audit.extend_chain(kind, subject_id, step.digest, first=step.serial == 1)
    step.chain_digest = head.digest
    rows.insert(step)
    audit.record(
        by=by,
        verb=f"{verbs}.{step.deed}",
        subject_kind=kind,
        subject_id=subject_id,
        post_id=step.post_id,
        unit_id=step.unit_id,
        detail={"step": step.pk},
        subject_digest=step.chain_digest,
        district_id=step.district_id,
    )
    return head


def made_with(
    steps: type[StepT], key: str, *, owner: str, district_id: int, kind: str
) -> StepT | None:
    """The step this owner already made with this key, with its subject; others' are unknown."""
    # Nearly every key is new, so nothing but an id is asked for.
    words = (prepared.Word(owner), prepared.Word(key))
    known = prepared.ask(_ids_made_with, steps, district_id, *words)
    return steps._default_manager.select_related(kind).get(pk=known[0][0]) if known else None


def _ids_made_with(
    steps: type[StepRow], district_id: int, owner: str, key: str
) -> QuerySet[StepRow, tuple[int]]:
    rows_of = steps._default_manager.filter(district_id=district_id, key_owner=owner, deed_key=key)
    return rows_of.order_by().values_list("pk")[:1]


def answered(step: StepT, asked: Asked) -> StepT:
    """The step as the answer to a deed that came again; refuses (KeyReused) one of other content."""
    refuse_other_content(asked.is_what_was_asked(step.content_digest))
    return step
