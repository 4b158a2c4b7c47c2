"""延期: what the deed that asks for it and the one that decides it have in common."""

from typing import TYPE_CHECKING

from gezhi.ground.codes import queries as codes
from gezhi.kernel.workdays import Limit, limit_of
from gezhi.work.cases.asides import Aside, register
from gezhi.work.cases.models import Case, Extension, StageRow
from gezhi.work.cases.rules import Mark, Stage, State

if TYPE_CHECKING:
    from gezhi.work.cases.doing import Doing

# The first by a reason, the second with a signed form; no third (0008).
MOST_A_ROUND = 2


def asked(case: Case) -> Extension | None:
    """The request that waits to be decided."""
    return Extension.objects.filter(case=case, decided_at=None).first()


def granted(case: Case) -> int:
    """How often it was extended in this round."""
    return Extension.objects.filter(case=case, round=case.round, granted=True).count()


def running(case: Case) -> StageRow | None:
    """The stage whose clock would be lengthened; None while nobody handles the case."""
    return StageRow.objects.filter(case=case, stage=Stage.HANDLING, ended_at=None).first()


def limit_to_lengthen(case: Case, stage: StageRow) -> Limit:
    """The limit its clock was begun with."""
    return limit_of(stage.limit_words) or codes.limit(
        Stage.HANDLING,
        class_code=case.class_code,
        urgency=case.urgency,
        since=case.reported_at,
        pack_id=case.pack_id,
    )


def most_of(limit: Limit) -> int:
    """The most by which a limit is lengthened at once, in its unit; never less than one."""
    return max(1, int(limit.value * codes.figure("extend_most_share")))


def _is_asked(case: Case) -> bool:
    return asked(case) is not None


def _drop_request(doing: "Doing") -> None:
    """A case that went on before anybody decided needs no more time: the request came to nothing."""
    if doing.case.state == State.HANDLING:
        return
    waiting = asked(doing.case)
    if waiting is not None:
        doing.seals.change(waiting, decided_at=doing.now)
    doing.unmark(Mark.EXTENSION_ASKED)


register(Aside(Mark.EXTENSION_ASKED, _is_asked, _drop_request))
