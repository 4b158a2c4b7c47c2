"""How every deed is done: key, lock, sight, standing, version, state; then one step, sealed.

`Doing.do` is the preamble of all of them, `Doing.finish` the end. A room subclasses `Doing` once and
says there what its tables are and what ties people to its subjects.
"""

from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, ClassVar, Generic, Self, TypeVar

from django.db import IntegrityError, models, transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from gezhi.ground.audit import actions as audit
from gezhi.ground.audit.models import Head
from gezhi.ground.audit.seals import Seals
from gezhi.ground.files import actions as files
from gezhi.ground.files.actions import PreparedPhoto
from gezhi.kernel import rows
from gezhi.kernel.errors import Conflict, NotPermitted, Refusal, Unseen
from gezhi.kernel.viewer import Seat, Viewer
from gezhi.work.deeds.asked import Asked, Photos, refuse_bad_key, refuse_other_content
from gezhi.work.deeds.claims import claimed_moment
from gezhi.work.deeds.keys import owner_of
from gezhi.work.deeds.models import StepRow, Subject
from gezhi.work.deeds.rules import Given, Rule
from gezhi.work.deeds.steps import answered, append, made_with, moment_for, with_latest

SubjectT = TypeVar("SubjectT", bound=Subject)
StepT = TypeVar("StepT", bound=StepRow)
Result = TypeVar("Result")


class Doing(ABC, Generic[SubjectT, StepT]):
    """A deed under way on a locked subject."""

    # Names the chain of a subject, its kind in the trail and the column its steps lead to it by.
    kind: ClassVar[str]
    # What the entries of its deeds begin with in the trail: "cases" for "cases.close".
    verbs: ClassVar[str]
    table: ClassVar[Mapping[Any, Rule[Any, Any]]]
    steps: type[StepT]

    def __init__(
        self,
        subject: SubjectT,
        asked: Asked,
        *,
        by: Viewer,
        key: str,
        presented: models.Model | None = None,
        happened_at: datetime | None = None,
        known: StepT | None = None,
    ) -> None:
        self.subject, self.by, self.key, self.presented = subject, by, key, presented
        self.deed, self.digest = asked.deed, asked.digest
        self.now = moment_for(subject)
        # What a fast clock claims counts as now.
        self.happened_at = min(claimed_moment(happened_at, self.now) or self.now, self.now)
        # The step this key made before: nothing must be changed any more.
        self.answered = known
        self.seat: Seat | None = None
        self.seals = Seals()
        self._is_new = subject._state.adding
        self._state_before = "" if self._is_new else subject.state
        self._holder_before = None if self._is_new else subject.holder_id
        self._due_before = None if self._is_new else subject.due_at
        if not self._is_new:
            self.seals.watch(subject)

    # What a room says of its subjects.

    @classmethod
    @abstractmethod
    def door(cls, by: Viewer, presented: models.Model | None) -> QuerySet[SubjectT]:
        """The subjects this viewer may ask a deed of; `presented` is a stranger's receipt."""

    @abstractmethod
    def standing(self, rule: Rule[Any, Any]) -> Given:
        """What ties the doer to the subject, by the first standing of the rule that does."""

    def refusal(self) -> Refusal | None:
        """What speaks against the deed beyond standing and state; None where nothing does."""
        return None

    @property
    def unit_id(self) -> int:
        """The unit by whose seat it is done; 0 for a task and a stranger."""
        return self.seat.unit_id if self.seat else 0

    def step_fields(self) -> dict[str, Any]:
        """What a step of this room says besides."""
        return {}

    def ended(self) -> bool:
        """Whether the subject is done with, so that nothing runs any more."""
        return self.subject.holder_id is None

    def end_stage(self) -> None:
        """Stop the clock that runs; called when the subject ends."""

    def keep_words(self, step: StepT, words: str) -> None:
        """Keep what was said at a step, in a row that can be emptied."""
        raise TypeError(f"no words are kept of a {self.kind}")

    def keep_photo(self, step: StepT, purpose: str, file_id: int) -> None:
        """Tie a stored photo to a step."""
        raise TypeError(f"no photos are kept of a {self.kind}")

    def tell(self, step: StepT) -> None:
        """Have everybody told whom the step concerns: one keyed task row, in this transaction."""

    # What the engine does.

    @classmethod
    def do(
        cls,
        deed: str,
        body: Callable[[Self], Result],
        *,
        number: str,
        by: Viewer,
        key: str,
        content: Mapping[str, Any],
        version: int | None = None,
        presented: models.Model | None = None,
        happened_at: datetime | None = None,
    ) -> StepT | Result:
        """Do a deed in one transaction: `body` changes the subject and ends with `finish`.

        Answers the step the same key made before, and calls `body` only where it made none. Refuses
        as `begin`.
        """
        with transaction.atomic():
            doing = cls.begin(
                deed,
                number=number,
                by=by,
                key=key,
                content=content,
                version=version,
                presented=presented,
                happened_at=happened_at,
            )
            return body(doing) if doing.answered is None else doing.answered

    @classmethod
    def open(
        cls,
        deed: str,
        subject: SubjectT,
        body: Callable[[Self], Result],
        *,
        by: Viewer,
        key: str,
        content: Mapping[str, Any],
        happened_at: datetime | None = None,
    ) -> StepT | Result:
        """Begin a new subject in one transaction: `body` writes what stands beside it and ends with
        `finish`, which writes its row and its first step.

        Answers the step the same key made before, also where both came at one moment. Refuses
        (KeyReused) other content, (NotPermitted) whoever may not.
        """
        refuse_bad_key(key)
        asked = Asked(deed, content)
        try:
            with transaction.atomic():
                known = cls._made_before(key, by, None, subject.district_id)
                if known is not None:
                    return answered(known, asked)
                doing = cls(subject, asked, by=by, key=key, happened_at=happened_at)
                doing._take_seat()
                return body(doing)
        except IntegrityError:
            known = cls._made_before(key, by, None, subject.district_id)
            if known is None:
                raise
            return answered(known, asked)

    @classmethod
    def begin(
        cls,
        deed: str,
        *,
        number: str,
        by: Viewer,
        key: str,
        content: Mapping[str, Any],
        version: int | None = None,
        presented: models.Model | None = None,
        happened_at: datetime | None = None,
    ) -> Self:
        """Find and lock the subject and see whether this viewer may do this deed to it now.

        In the caller's transaction. `presented` is whose report it is about; a stranger has shown its
        number and code. The key is looked up before anything else counts: when this doer brought it
        before, `answered` holds the step it made, even if the doer has lost sight of the subject
        since. Raises KeyReused when it came with other content, Unseen when the subject does not
        exist for the viewer, NotPermitted with who can, Conflict when state or version moved on.
        """
        refuse_bad_key(key)
        receipt = presented if by.is_anonymous else None
        subject = cls.locked(number, by, receipt)
        # Only now: of two that bring one key at once the second sees what the first one did.
        district_id = subject.district_id if subject is not None else by.district_id or 0
        known = cls._made_before(key, by, receipt, district_id)
        if known is not None:
            then: SubjectT = getattr(known, cls.kind)
            # A report may have gone to another case since; it is the same report there.
            at = then.number if presented is not None else number
            asked = Asked(deed, {"number": at, **content})
            known = answered(known, asked)
            return cls(
                then,
                asked,
                by=by,
                key=key,
                presented=presented,
                happened_at=happened_at,
                known=known,
            )
        if subject is None:
            raise Unseen(_("没有找到这件事"))
        asked = Asked(deed, {"number": number, **content})
        doing = cls(subject, asked, by=by, key=key, presented=presented, happened_at=happened_at)
        doing._take_seat()
        doing._refuse_if_moved_on(version)
        refusal = doing.refusal()
        if refusal is not None:
            raise refusal
        return doing

    @classmethod
    def locked(cls, number: str, by: Viewer, receipt: models.Model | None) -> SubjectT | None:
        """The subject of this number, locked, if `door` lets this viewer to it."""
        return (
            with_latest(cls.door(by, receipt), cls.steps, cls.kind)
            .select_for_update(of=("self",))
            .select_related("holder")
            .filter(number=number)
            .first()
        )

    @classmethod
    def _made_before(
        cls, key: str, by: Viewer, receipt: models.Model | None, district_id: int
    ) -> StepT | None:
        owner = owner_of(by, f"{receipt._meta.model_name}:{receipt.pk}" if receipt else "")
        return made_with(cls.steps, key, owner=owner, district_id=district_id, kind=cls.kind)

    @property
    def rule(self) -> Rule[Any, Any]:
        """The row of the state table for this deed."""
        return self.table[self.deed]

    def _take_seat(self) -> None:
        """The seat that gives the right; None for strangers and tasks. Refuses (NotPermitted)."""
        standing = self.standing(self.rule)
        if not standing.given:
            raise NotPermitted(_("这一步由%(who)s来做") % {"who": _(self.rule.who)})
        self.seat = standing.seat

    def _refuse_if_moved_on(self, version: int | None) -> None:
        if version is not None and version != self.subject.version:
            raise Conflict(
                _("别人刚刚处理过这件事，您看到的是旧的内容；请看清新内容后再决定"), code="stale"
            )
        if not self.rule.allows(self.subject.state):
            raise self.not_now()

    @staticmethod
    def not_now() -> Conflict:
        """The refusal of a deed that the present state does not allow."""
        return Conflict(_("这件事现在的状态不允许这样做，请刷新后再看"), code="state")

    def finish(
        self,
        *,
        words: str = "",
        reason_code: str = "",
        detail: dict[str, Any] | None = None,
        photos: Mapping[str, Photos] | None = None,
    ) -> StepT:
        """Write the step with everything that hangs on it, and save the subject.

        Prepared photos are stored here, so a deed that came again stores none. Refuses (Conflict) a
        target the state table does not know: no deed can make up a path.
        """
        subject = self.subject
        if not (self._is_new or self.rule.allows(self._state_before, subject.state)):
            raise self.not_now()
        if self.ended() and self._holder_before is not None:
            self.end_stage()
        subject.version += 1
        if self._is_new:
            self.seals.insert(subject)
        else:
            self.seals.settle(subject)
            rows.change(subject)
        step = self._step(reason_code, detail or {})
        head = self._appended(step)
        if words:
            self.keep_words(step, words)
        for purpose, chosen in (photos or {}).items():
            for photo in chosen:
                self.keep_photo(step, purpose, self._stored(photo))
        audit.settle_head(head, self.seals)
        self.tell(step)
        return step

    def _step(self, reason_code: str, detail: dict[str, Any]) -> StepT:
        subject, due = self.subject, self._due_before
        return self.steps(
            district_id=subject.district_id,
            serial=subject.version,
            deed=self.deed,
            from_state=self._state_before,
            to_state=subject.state,
            user_id=self.by.user_id,
            system_name=self.by.system_name,
            post_id=self.seat.post_id if self.seat else None,
            unit_id=self.unit_id or None,
            holder_before_id=self._holder_before,
            holder_after_id=subject.holder_id,
            due_after=subject.due_at,
            seconds_left=int((due - self.now).total_seconds()) if due else None,
            happened_at=self.happened_at,
            recorded_at=self.now,
            reason_code=reason_code,
            detail=detail,
            deed_key=self.key,
            content_digest=self.digest,
            **{self.kind: subject},
            **self.step_fields(),
        )

    def _appended(self, step: StepT) -> Head:
        """The head the step leads to; refuses (KeyReused) where the key made another at this moment."""
        try:
            return append(step, kind=self.kind, verbs=self.verbs, by=self.by)
        except IntegrityError as error:
            # Two of one doer on two subjects wait for no common lock: the table decides.
            refuse_other_content(self._is_new or _key_constraint(self.steps) not in str(error))
            raise

    def _stored(self, photo: int | PreparedPhoto) -> int:
        if isinstance(photo, PreparedPhoto):
            return files.store_photo(photo, by=self.by).pk
        return photo


def _key_constraint(steps: type[StepRow]) -> str:
    """The name of the constraint that makes a key its owner's."""
    return next(
        constraint.name
        for constraint in steps._meta.constraints
        if isinstance(constraint, models.UniqueConstraint) and "key_owner" in constraint.fields
    )
