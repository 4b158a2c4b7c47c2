"""A dispute 退单争议 of a case: opened by whoever asks for a ruling or by the rule of returns, ended by
the ruling, or by whatever else takes the case out of the centre's hands."""

from gezhi.ground.codes import queries as codes
from gezhi.work.cases.asides import Aside, register
from gezhi.work.cases.doing import Doing
from gezhi.work.cases.models import Assignment, Case, Ruling, Step
from gezhi.work.cases.rules import Mark, State


def returns_in_this_round(case: Case) -> int:
    """How often units returned the case since it was last opened."""
    sent = Assignment.objects.filter(case=case, part="lead", round=case.round)
    return sent.exclude(returned_at=None).count()


def returned_too_often(case: Case) -> bool:
    """Whether the pack's number of returns is reached, after which the dispatcher sends no more."""
    return returns_in_this_round(case) >= codes.figure("return_most")


def disputed(doing: Doing, words: str = "") -> Step:
    """Open the dispute: the clock of the ruling runs now, in the hands of the centre."""
    case = doing.case
    doing.seals.insert(
        Ruling(
            district_id=case.district_id,
            case=case,
            round=case.round,
            disputed_at=doing.now,
            disputed_by=doing.by.user_id,
        )
    )
    doing.mark(Mark.DISPUTED)
    doing.move(State.ACCEPTED, doing.centre)
    return doing.finish(words=words, detail={"returns": returns_in_this_round(case)})


def open_dispute(case: Case) -> Ruling | None:
    """The dispute that waits for a ruling; None where there is none."""
    return Ruling.objects.filter(case=case, ended_at=None).first()


def ruled_to(case: Case, unit_id: int | None) -> Ruling | None:
    """The last ruling of this round, if it gave the case to this unit."""
    last = (
        Ruling.objects.filter(case=case, round=case.round, ruled_at__isnull=False)
        .order_by("-ruled_at", "-id")
        .first()
    )
    return last if last is not None and last.unit_id == unit_id else None


def _settle(doing: Doing) -> None:
    """Answered, rejected, merged, ended by force: there is nothing left to rule."""
    if doing.case.state == State.ACCEPTED:
        return
    for dispute in Ruling.objects.filter(case=doing.case, ended_at=None):
        doing.seals.change(dispute, ended_at=doing.now)
    doing.unmark(Mark.DISPUTED)


register(Aside(Mark.DISPUTED, holds=lambda case: open_dispute(case) is not None, settle=_settle))
