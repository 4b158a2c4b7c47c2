"""After the work: check, pass on the spot, close, archive."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from gezhi.kernel.errors import Conflict, NotPermitted, Refusal
from gezhi.kernel.viewer import Viewer
from gezhi.records.units.models import Unit
from gezhi.work.cases import signals
from gezhi.work.cases.doing import Doing, begin
from gezhi.work.cases.keys import derived
from gezhi.work.cases.models import Assignment, Case, Step
from gezhi.work.cases.rules import Deed, State, may_check
from gezhi.work.deeds.asked import checked_words


@transaction.atomic
def check(
    *,
    number: str,
    by: Viewer,
    key: str,
    passed: bool,
    words: str = "",
    photos: list[int] | None = None,
    version: int | None = None,
) -> Step:
    """核查: somebody who did not handle it looks; passed goes on to closing, failed goes back.

    Refuses (NotPermitted) the person who finished it, and their whole unit unless 即采即办;
    (Invalid) a failure without words.
    """
    words = checked_words(words, required=not passed, what=_("哪里没有办好"))
    doing = begin(
        Deed.CHECK,
        number=number,
        by=by,
        key=key,
        version=version,
        content={"passed": passed, "words": words, "photos": photos or []},
    )
    if doing.answered:
        return doing.answered
    case = doing.case
    _refuse_own_work(doing)
    case.checked_by = by.user_id
    if passed:
        case.check_passed_at = doing.now
        doing.move(State.CHECKING, doing.centre)
    else:
        lead = _reworked(doing)
        doing.move(State.HANDLING, lead.unit)
        # One clock for whoever looks: the sending falls due when the stage does.
        lead.due_at = doing.due_at
        doing.seals.settle(lead)
        lead.save()
    return doing.finish(
        words=words,
        reason_code="passed" if passed else "rework",
        photos={"check": photos or []},
    )


def _refuse_own_work(doing: Doing) -> None:
    case = doing.case
    if not may_check(
        checker_id=doing.by.user_id,
        checker_unit_id=doing.seat.unit_id if doing.seat else None,
        finisher_id=case.finished_by,
        finisher_unit_id=case.finished_unit_id,
        on_the_spot=case.on_the_spot,
    ):
        raise NotPermitted(_("谁办的谁不能核查：请由其他单位的核查员来核查"))


def _reworked(doing: Doing) -> Assignment:
    """The sending to the unit that must do it again, counted once more; not saved yet."""
    case = doing.case
    lead = (
        Assignment.objects.select_related("unit")
        .filter(case=case, part="lead", ended_at=None)
        .first()
    )
    if lead is None:
        # 即采即办 has no sending yet: its rework is one, to the community that held it.
        lead = Assignment(
            district_id=case.district_id,
            case=case,
            unit=Unit.objects.get(pk=case.finished_unit_id or 0),
            round=case.round,
            sent_at=doing.now,
            sent_by=doing.by.user_id,
            due_at=doing.due_at,
        )
    doing.seals.watch(lead)
    lead.finished_at = None
    lead.reworked += 1
    return lead


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one row of a bulk deed."""

    number: str
    done: bool
    message: str = ""


def pass_on_the_spot(*, numbers: Sequence[str], by: Viewer, key: str) -> list[Outcome]:
    """审核通过 of 即采即办 in bulk by the community, each with its photos; counted apart.

    Each case is its own transaction: one refused does not keep the others.
    """
    outcomes = []
    for number in numbers:
        try:
            _pass_one(number=number, by=by, key=derived(key, number))
            outcomes.append(Outcome(number, True))
        except Refusal as refusal:
            outcomes.append(Outcome(number, False, str(refusal.message)))
    return outcomes


@transaction.atomic
def _pass_one(*, number: str, by: Viewer, key: str) -> Step:
    doing = begin(Deed.PASS, number=number, by=by, key=key, content={})
    if doing.answered:
        return doing.answered
    case = doing.case
    if not case.on_the_spot or case.check_passed:
        raise Conflict(_("只有待审核的自行处置可以这样通过"), code="state")
    _refuse_own_work(doing)
    case.checked_by = by.user_id
    case.check_passed_at = doing.now
    return _closed(doing, words="")


@transaction.atomic
def close(
    *,
    number: str,
    by: Viewer,
    key: str,
    words: str = "",
    version: int | None = None,
) -> Step:
    """结案 by the centre after a passed check; the reporter is told and may rate.

    Refuses (Conflict) a case that no check passed, (NotPermitted) whoever handled it.
    """
    words = checked_words(words)
    doing = begin(
        Deed.CLOSE, number=number, by=by, key=key, version=version, content={"words": words}
    )
    if doing.answered:
        return doing.answered
    case = doing.case
    if not case.check_passed:
        raise Conflict(_("还没有核查通过，不能结案"), code="state")
    if by.user_id is not None and by.user_id == case.finished_by:
        raise NotPermitted(_("谁办的谁不能结案：请由别的受理员或值班长结案"))
    return _closed(doing, words)


def _closed(doing: Doing, words: str) -> Step:
    case = doing.case
    for sending in Assignment.objects.filter(case=case, ended_at=None):
        doing.seals.change(sending, ended_at=doing.now)
    doing.end(State.CLOSED)
    step = doing.finish(words=words, for_reporter=True)
    signals.closed.send(sender=Case, case=case, step=step)
    return step


@transaction.atomic
def archive(*, number: str, by: Viewer, key: str) -> Step:
    """归档 by the beat, when nobody can reopen it any more."""
    doing = begin(Deed.ARCHIVE, number=number, by=by, key=key, content={})
    if doing.answered:
        return doing.answered
    doing.case.state = State.ARCHIVED
    return doing.finish(announce=False)
