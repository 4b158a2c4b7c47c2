"""督办: a named supervisor, and until when the unit answers in writing."""

from datetime import datetime
from typing import Unpack

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gezhi.kernel.errors import Conflict, Invalid, Refusal
from gezhi.kernel.viewer import Role, Seat, Viewer
from gezhi.work.cases.declared import Declared, Tells, declare
from gezhi.work.cases.doing import Doing, OnCase, do
from gezhi.work.cases.models import Case, Step, Supervision
from gezhi.work.cases.rules import OPEN, Deed, Mark, Rule
from gezhi.work.cases.supervising import OVERSIGHT, may_supervise, valid_deadline
from gezhi.work.deeds.asked import valid_words
from gezhi.work.deeds.rules import staying


def _supervised_already(case: Case, by: Viewer, seat: Seat | None) -> Refusal | None:
    if Mark.SUPERVISED in case.all_marks:
        return Conflict(_("这件事已经在督办，销号以后才能再督办"), code="state")
    return None


declare(
    Declared(
        Deed.SUPERVISE,
        Rule(staying(OPEN), OVERSIGHT.standing, OVERSIGHT.roles, OVERSIGHT.who),
        word=gettext_lazy("督办"),
        to_reporter=gettext_lazy("街道督促承办单位抓紧办理"),
        to_worker=gettext_lazy("街道督办"),
        tells=Tells(
            unit=(Role.HANDLER, Role.COMMUNITY_CLERK, Role.DISPATCHER), person_named="supervisor"
        ),
        place=165,
        refusal=_supervised_already,
        while_hung=True,
    )
)


def supervise(*, supervisor_id: int, due_at: datetime, words: str, **to: Unpack[OnCase]) -> Step:
    """督办: name who supervises and until when the holder answers in writing; the due time of the
    case stays.

    Refuses (Invalid) without words, with a deadline that has passed, and a person who may not
    supervise this case; (Conflict) while another supervision is not discharged.
    """
    words = valid_words(words, required=True, what=_("督办什么"))

    def body(doing: Doing) -> Step:
        due = valid_deadline(due_at, doing.now, field="due_at")
        if not may_supervise(doing.case, supervisor_id):
            raise Invalid(
                _("督办人要是这条街道在岗的值班长或领导，请重新选"), field="supervisor_id"
            )
        row = Supervision(
            district_id=doing.case.district_id,
            case=doing.case,
            round=doing.case.round,
            supervisor_id=supervisor_id,
            began_at=doing.now,
            began_by=doing.by.user_id,
            due_at=due,
        )
        doing.seals.insert(row)
        doing.mark(Mark.SUPERVISED)
        return doing.finish(
            words=words,
            detail={"supervision": row.pk, "supervisor": supervisor_id, "due": due.isoformat()},
        )

    content = {"supervisor": supervisor_id, "due": due_at.isoformat(), "words": words}
    return do(Deed.SUPERVISE, content, body, **to)
