"""收回临时链接: from this moment on it opens nothing."""

from typing import Unpack

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gezhi.kernel.errors import Conflict, Refusal
from gezhi.kernel.viewer import Role, Seat, Viewer
from gezhi.work.cases.declared import Declared, declare
from gezhi.work.cases.deeds.invite import INVITERS
from gezhi.work.cases.doing import Doing, OnCase, do
from gezhi.work.cases.inviting import is_not_invited
from gezhi.work.cases.models import Case, Invitation, Step
from gezhi.work.cases.rules import OPEN, Deed, Rule, Standing
from gezhi.work.deeds.asked import valid_words
from gezhi.work.deeds.rules import staying


def _none_live(case: Case, by: Viewer, seat: Seat | None) -> Refusal | None:
    if not is_not_invited(case):
        return None
    return Conflict(_("这件事没有还有效的临时链接"), code="state")


declare(
    Declared(
        Deed.REVOKE,
        Rule(
            staying(OPEN),
            (Standing.CENTRE, Standing.AREA),
            INVITERS | {Role.SUPERVISOR},
            "街道网格中心的派遣员、值班长或社区工作人员",
        ),
        word=gettext_lazy("收回临时链接"),
        announced=False,
        place=72,
        refusal=_none_live,
        while_hung=True,
    )
)


def revoke(*, invitation_id: int | None = None, words: str = "", **to: Unpack[OnCase]) -> Step:
    """收回临时链接: the one named, or every one of this case; a page that is open with it does nothing
    more. What was done by it stays. Refuses (Conflict) where none holds any more."""
    words = valid_words(words)

    def body(doing: Doing) -> Step:
        rows = Invitation.objects.filter(case=doing.case, ended_at=None).order_by("id")
        if invitation_id is not None:
            rows = rows.filter(pk=invitation_id)
        ended = list(rows)
        if not ended:
            raise Conflict(_("这个链接已经失效，不用再收回"), code="state")
        for row in ended:
            doing.seals.change(row, ended_at=doing.now, ended_by=doing.by.user_id, ending="revoked")
        return doing.finish(words=words, detail={"invitations": [row.pk for row in ended]})

    return do(Deed.REVOKE, {"invitation": invitation_id, "words": words}, body, **to)
