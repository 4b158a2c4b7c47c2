"""申请延期: the unit needs more time, and says so before it is up."""

from typing import Unpack

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gezhi.ground.files.actions import PreparedPhoto
from gezhi.kernel import clock
from gezhi.kernel.errors import Conflict, Invalid, Refusal
from gezhi.kernel.viewer import Role, Seat, Viewer
from gezhi.work.cases import extending
from gezhi.work.cases.declared import Declared, Tells, declare
from gezhi.work.cases.doing import Doing, OnCase, do
from gezhi.work.cases.kinds import refuse_no_delay_reason
from gezhi.work.cases.models import Case, Extension, Step
from gezhi.work.cases.rules import UNIT_STAFF, Deed, Mark, Rule, Standing, State
from gezhi.work.deeds.asked import Photos, valid_words
from gezhi.work.deeds.rules import staying


def _too_late_or_too_often(case: Case, by: Viewer, seat: Seat | None) -> Refusal | None:
    if Mark.EXTENSION_ASKED in case.all_marks:
        return Conflict(_("已经申请过延期，等街道中心审批"), code="asked")
    if case.due_at is not None and clock.now() >= case.due_at:
        return Conflict(
            _("时限已经到了，不能再申请延期：延期要在到期前申请。请尽快办结，暂时办不了的申请挂账"),
            code="late",
        )
    if extending.granted(case) >= extending.MOST_A_ROUND:
        return Conflict(
            _("这一次办理已经延期 %(most)d 次，不能再延：请尽快办结，暂时办不了的申请挂账")
            % {"most": extending.MOST_A_ROUND},
            code="often",
        )
    return None


declare(
    Declared(
        Deed.ASK_TO_EXTEND,
        Rule(staying({State.HANDLING}), (Standing.HOLDER,), UNIT_STAFF, "承办单位的经办人"),
        word=gettext_lazy("申请延期"),
        tells=Tells(centre=(Role.DISPATCHER, Role.SUPERVISOR)),
        place=104,
        refusal=_too_late_or_too_often,
    )
)


def ask_to_extend(
    *, amount: int, reason_code: str, words: str, form: Photos | None = None, **to: Unpack[OnCase]
) -> Step:
    """申请延期: ask for so much more time, in the unit of the limit.

    Refuses (Conflict) from the due moment on, beside a request that waits, and a third in a round;
    (Invalid) nothing, more than the pack lets add at once, no reason of the dictionary, no words, a
    second in the round without the signed form.
    """
    words = valid_words(words, required=True, what=_("为什么办不完、延到什么时候能办完"))
    form = form or []

    def body(doing: Doing) -> Step:
        refuse_no_delay_reason(reason_code, "extend")
        request = _request(doing, amount, reason_code, form)
        doing.seals.insert(request)
        doing.mark(Mark.EXTENSION_ASKED)
        return doing.finish(
            words=words,
            reason_code=reason_code,
            detail={"amount": amount, "unit": request.unit},
            photos={"form": form},
        )

    content = {"amount": amount, "reason": reason_code, "words": words, "form": form}
    return do(Deed.ASK_TO_EXTEND, content, body, **to)


def _request(doing: Doing, amount: int, reason_code: str, form: Photos) -> Extension:
    case = doing.case
    stage = extending.running(case)
    if stage is None:
        raise Doing.not_now()
    limit = extending.limit_to_lengthen(case, stage)
    most = extending.most_of(limit)
    if amount < 1:
        raise Invalid(_("请写延多久：至少 1"), field="amount")
    if amount > most:
        raise Invalid(
            _("最多延 %(most)d：一次延期不能比原来的时限还长。要更久的，申请挂账") % {"most": most},
            field="amount",
        )
    if not form and extending.granted(case):
        raise Invalid(_("这一次办理已经延期过，再延要传签了字的延期审批表照片"), field="form")
    return Extension(
        district_id=case.district_id,
        case=case,
        stage=stage,
        round=case.round,
        amount=amount,
        unit=limit.unit.value,
        reason_code=reason_code,
        form=_file_id(form[0]) if form else None,
        asked_by=doing.by.user_id or 0,
        asked_at=doing.now,
    )


def _file_id(photo: int | PreparedPhoto) -> int:
    return photo.file_id if isinstance(photo, PreparedPhoto) else photo
