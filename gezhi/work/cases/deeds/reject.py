"""不予受理: ended, with a reason the reporter reads."""

from typing import Unpack

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gezhi.ground.codes import queries as codes
from gezhi.kernel.errors import Invalid
from gezhi.work.cases import signals
from gezhi.work.cases.declared import Declared, Tells, declare
from gezhi.work.cases.doing import Doing, OnCase, do
from gezhi.work.cases.models import Case, Step
from gezhi.work.cases.rules import INTAKE, Deed, Rule, Standing, State
from gezhi.work.deeds.asked import valid_words
from gezhi.work.deeds.rules import moving

declare(
    Declared(
        Deed.REJECT,
        Rule(
            moving((State.REPORTED, State.REJECTED)),
            (Standing.HOLDER,),
            INTAKE,
            "持有单位的受理员",
        ),
        word=gettext_lazy("不予受理"),
        to_reporter=gettext_lazy("%(unit)s没有受理"),
        to_worker=gettext_lazy("不予受理"),
        tells=Tells(reporters=True),
        place=50,
        for_reporter=True,
    )
)


def reject(*, reason_code: str, words: str, **to: Unpack[OnCase]) -> Step:
    """不予受理: ended, with a reason from the dictionary and words the reporter reads."""
    words = valid_words(words, required=True, what=_("给反映人的解释"))

    def body(doing: Doing) -> Step:
        if codes.term("reject_reasons", reason_code) is None:
            raise Invalid(_("请选择不予受理的理由"), field="reason_code")
        doing.end(State.REJECTED)
        step = doing.finish(words=words, reason_code=reason_code)
        signals.closed.send(sender=Case, case=doing.case, step=step)
        return step

    return do(Deed.REJECT, {"reason": reason_code, "words": words}, body, **to)
