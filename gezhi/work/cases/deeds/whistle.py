"""吹哨: the street calls units to the place, by a moment."""

from collections.abc import Sequence
from datetime import datetime
from typing import Unpack

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gezhi.ground.codes import queries as codes
from gezhi.kernel.errors import Conflict, Invalid, Refusal
from gezhi.kernel.viewer import Role, Seat, Viewer
from gezhi.records.units.models import Unit
from gezhi.work.cases.declared import Declared, Tells, declare
from gezhi.work.cases.doing import Doing, OnCase, do
from gezhi.work.cases.models import Assignment, Case, Step, Whistle
from gezhi.work.cases.rules import CALLERS, OPEN, Deed, Mark, Rule, Standing, State
from gezhi.work.cases.sending import open_units
from gezhi.work.cases.supervising import valid_deadline
from gezhi.work.deeds.asked import valid_words
from gezhi.work.deeds.rules import staying

KINDS = "whistle_kinds"
# Before it is accepted nobody has said that it is a matter of this street.
WHISTLED = OPEN - {State.REPORTED, State.VERIFYING}


def _whistled_already(case: Case, by: Viewer, seat: Seat | None) -> Refusal | None:
    if Mark.WHISTLED in case.all_marks:
        return Conflict(_("上一次吹哨还没评分，评分以后才能再吹"), code="state")
    return None


declare(
    Declared(
        Deed.WHISTLE,
        Rule(
            staying(WHISTLED),
            (Standing.CENTRE, Standing.AREA),
            CALLERS,
            "街道的派遣员、值班长或领导",
        ),
        word=gettext_lazy("吹哨"),
        to_reporter=gettext_lazy("街道叫了有关单位到现场一起办"),
        to_worker=gettext_lazy("街道吹哨"),
        tells=Tells(unit=(Role.HANDLER, Role.COMMUNITY_CLERK), units_named="called"),
        while_hung=True,
        place=166,
        refusal=_whistled_already,
    )
)


def whistle(
    *, kind: str, unit_ids: Sequence[int], due_at: datetime, words: str, **to: Unpack[OnCase]
) -> Step:
    """吹哨: call these units to the place by this moment; each sees the case and is told at once.

    Refuses (Invalid) a kind the dictionary does not have, no unit, one that is unknown or closed,
    the street's own centre, a moment that has passed, and no words; (Conflict) while an earlier
    whistle is not scored.
    """
    words = valid_words(words, required=True, what=_("为什么叫、到哪里"))
    called = sorted(set(unit_ids))

    def body(doing: Doing) -> Step:
        if codes.term(KINDS, kind) is None:
            raise Invalid(_("请选择吹哨的类型"), field="kind")
        units = _called_units(doing, called)
        due = valid_deadline(due_at, doing.now, field="due_at")
        row = Whistle(
            district_id=doing.case.district_id,
            case=doing.case,
            kind=kind,
            blown_at=doing.now,
            blown_by=doing.by.user_id,
            unit_id=doing.unit_id,
            due_at=due,
        )
        doing.seals.insert(row)
        for unit in units:
            doing.seals.insert(_call(doing, row, unit))
        doing.mark(Mark.WHISTLED)
        return doing.finish(
            words=words,
            reason_code=kind,
            detail={"whistle": row.pk, "called": called, "due": due.isoformat()},
        )

    content = {"kind": kind, "units": called, "due": due_at.isoformat(), "words": words}
    return do(Deed.WHISTLE, content, body, **to)


def _called_units(doing: Doing, called: list[int]) -> list[Unit]:
    if not called:
        raise Invalid(_("请勾选要到场的单位"), field="unit_ids")
    if doing.centre.pk in called:
        raise Invalid(_("不用叫街道网格中心自己，请去掉它"), field="unit_ids")
    return list(open_units(doing.case, called, field="unit_ids").values())


def _call(doing: Doing, row: Whistle, unit: Unit) -> Assignment:
    return Assignment(
        district_id=doing.case.district_id,
        case=doing.case,
        unit=unit,
        part="called",
        whistle=row,
        round=doing.case.round,
        sent_at=doing.now,
        sent_by=doing.by.user_id,
        due_at=row.due_at,
    )
