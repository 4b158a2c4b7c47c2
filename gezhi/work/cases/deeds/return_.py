"""退单: the unit says whose it is instead."""

from typing import Unpack

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gezhi.ground.codes import queries as codes
from gezhi.kernel.errors import Conflict, Invalid
from gezhi.kernel.viewer import Role, Viewer
from gezhi.records.duties import queries as duties
from gezhi.records.units import queries as units
from gezhi.work.cases.declared import Declared, Tells, declare
from gezhi.work.cases.disputing import disputed, returned_too_often, ruled_to
from gezhi.work.cases.doing import Doing, OnCase, do
from gezhi.work.cases.keys import derived
from gezhi.work.cases.kinds import must_cite, needs_of_return
from gezhi.work.cases.models import Assignment, Case, Step
from gezhi.work.cases.rules import UNIT_STAFF, Deed, Rule, Standing, State
from gezhi.work.deeds.asked import valid_words
from gezhi.work.deeds.rules import moving

declare(
    Declared(
        Deed.RETURN,
        Rule(
            moving((State.DISPATCHED, State.ACCEPTED), (State.HANDLING, State.ACCEPTED)),
            (Standing.HOLDER,),
            UNIT_STAFF,
            "承办单位的经办人",
        ),
        word=gettext_lazy("退单"),
        to_reporter=gettext_lazy("%(unit)s说不归他们管，街道网格中心重新安排"),
        to_worker=gettext_lazy("退回重新派单"),
        tells=Tells(unit=(Role.DISPATCHER,)),
        place=90,
    )
)


def return_to_centre(
    *,
    reason_code: str,
    duty_id: int | None,
    right_unit_id: int | None,
    words: str,
    **to: Unpack[OnCase],
) -> Step:
    """退单: cite the duty and name the right unit; the case goes back to the centre.

    Refuses (Invalid) a return without a reason from the dictionary or without words, one that lacks
    what its reason needs (a duty where the list has one, the right unit), or that names the
    returning unit itself; (Conflict) by such a reason what was ruled to be its own. The return that
    reaches the pack's number opens a dispute.
    """
    words = valid_words(words, required=True)
    content = {"reason": reason_code, "duty": duty_id, "unit": right_unit_id, "words": words}

    def body(doing: Doing) -> Step:
        _refuse_incomplete(doing.case, reason_code, duty_id, right_unit_id)
        _refuse_ruled(doing.case, reason_code)
        _end_assignments(doing, duty_id, right_unit_id)
        doing.move(State.ACCEPTED, doing.centre)
        step = doing.finish(
            words=words,
            reason_code=reason_code,
            detail={"duty": duty_id, "right_unit": right_unit_id},
        )
        if returned_too_often(doing.case):
            _dispute(doing)
        return step

    return do(Deed.RETURN, content, body, **to)


def _refuse_incomplete(
    case: Case, reason_code: str, duty_id: int | None, right_unit_id: int | None
) -> None:
    if codes.term("return_reasons", reason_code) is None:
        raise Invalid(_("请选择退单理由"), field="reason_code")
    needs = needs_of_return(reason_code)
    if right_unit_id is None and "unit" in needs:
        raise Invalid(_("请写明应由哪个单位办理"), field="right_unit_id")
    if right_unit_id == case.holder_id:
        raise Invalid(_("应办单位不能是本单位自己"), field="right_unit_id")
    if right_unit_id is not None and units.find(case.district_id, right_unit_id) is None:
        raise Invalid(_("没有这个单位，请重新选择"), field="right_unit_id")
    if duty_id is None and must_cite(case, reason_code):
        raise Invalid(_("请引用权责清单中的一条"), field="duty_id")
    if duty_id is not None and duties.find(case.district_id, duty_id) is None:
        raise Invalid(_("没有这条权责事项，请重新选择"), field="duty_id")


def _refuse_ruled(case: Case, reason_code: str) -> None:
    """What was ruled to be a unit's own comes back for no reason that says it is another's."""
    if needs_of_return(reason_code) & {"duty", "unit"} and ruled_to(case, case.holder_id):
        raise Conflict(
            _(
                "这件事已经裁决由本单位办，不能再以不归本单位退回；"
                "位置不清、重复、已经办过的可以退，对裁决有意见请找值班长"
            ),
            code="ruled",
        )


def _dispute(doing: Doing) -> None:
    """The rule of returns asks for a ruling, in the same transaction, by a key of the case as it
    stands: nobody else can have brought it."""
    case = doing.case
    key = derived("dispute", case.number, case.version)
    by = Viewer.system("returns")
    disputed(Doing.begin(Deed.DISPUTE, number=case.number, by=by, key=key, content={"words": ""}))


def _end_assignments(doing: Doing, duty_id: int | None, right_unit_id: int | None) -> None:
    now = doing.now
    returned = {
        "returned_at": now,
        "return_duty_id": duty_id,
        "return_unit_id": right_unit_id,
    }
    sent = Assignment.objects.filter(case=doing.case, ended_at=None).exclude(part="called")
    for assignment in sent:
        doing.seals.change(
            assignment, ended_at=now, **(returned if assignment.part == "lead" else {})
        )
