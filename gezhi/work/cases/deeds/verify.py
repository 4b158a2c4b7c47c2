"""核实回复: whoever was asked answers exists, absent or unclear."""

from typing import Unpack

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gezhi.kernel.errors import Invalid
from gezhi.kernel.viewer import Role
from gezhi.work.cases.declared import Declared, Tells, declare
from gezhi.work.cases.doing import Doing, OnCase, do
from gezhi.work.cases.models import Step, Verification
from gezhi.work.cases.rules import INTAKE, Deed, Rule, Standing, State
from gezhi.work.deeds.asked import Photos, valid_words
from gezhi.work.deeds.rules import moving

ANSWERS = ("exists", "absent", "unclear")

declare(
    Declared(
        Deed.VERIFY,
        Rule(
            moving((State.VERIFYING, State.REPORTED)),
            (Standing.GRID, Standing.COMMUNITY),
            frozenset({Role.GRID_WORKER, Role.COMMUNITY_CLERK}),
            "所在网格的网格员；没有定到网格的，由社区工作人员",
        ),
        word=gettext_lazy("核实回复"),
        to_worker=gettext_lazy("核实了"),
        tells=Tells(unit=tuple(INTAKE)),
        place=20,
    )
)


def verify(
    *, answer: str, words: str = "", photos: Photos | None = None, **to: Unpack[OnCase]
) -> Step:
    """核实回复: exists, absent or unclear; the case goes back to whoever asked."""
    words = valid_words(words)
    if answer not in ANSWERS:
        raise Invalid(_("请选择：属实、不属实、无法核实"), field="answer")
    photos = photos or []
    content = {"answer": answer, "words": words, "photos": photos}
    return do(Deed.VERIFY, content, lambda doing: _verify(doing, answer, words, photos), **to)


def _verify(doing: Doing, answer: str, words: str, photos: Photos) -> Step:
    by, now = doing.by, doing.now
    for question in Verification.objects.filter(case=doing.case, answered_at=None):
        doing.seals.change(question, answered_at=now, answered_by=by.user_id, answer=answer)
    doing.move(State.REPORTED, doing.holder)
    return doing.finish(words=words, reason_code=answer, photos={"check": photos})
