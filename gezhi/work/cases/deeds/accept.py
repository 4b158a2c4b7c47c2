"""受理立案: class, kind and urgency are settled."""

from typing import Unpack

from django.utils.translation import gettext_lazy

from gezhi.work.cases import signals
from gezhi.work.cases.classing import set_class, set_summary
from gezhi.work.cases.declared import Declared, declare
from gezhi.work.cases.doing import Doing, OnCase, do
from gezhi.work.cases.intake.report_text import Where
from gezhi.work.cases.intake.validating import valid_where
from gezhi.work.cases.models import Case, Step
from gezhi.work.cases.relocating import asked_of, put_right, right_holder
from gezhi.work.cases.rules import INTAKE, Deed, Rule, Standing, State
from gezhi.work.deeds.asked import valid_words
from gezhi.work.deeds.rules import moving

declare(
    Declared(
        Deed.ACCEPT,
        Rule(
            moving((State.REPORTED, State.ACCEPTED)),
            (Standing.HOLDER,),
            INTAKE,
            "持有单位的受理员",
        ),
        word=gettext_lazy("受理立案"),
        to_reporter=gettext_lazy("%(unit)s受理了"),
        to_worker=gettext_lazy("受理了"),
        place=30,
    )
)


def accept(
    *,
    class_code: str,
    kind: str = "",
    urgency: str = "",
    scale: str = "",
    public_summary: str = "",
    words: str = "",
    where: Where | None = None,
    **to: Unpack[OnCase],
) -> Step:
    """受理立案: settle class, kind and urgency; the clock of dispatching begins.

    With `where` the case is written down there as by `relocate`; where it is already, nothing
    changes. Refuses (Invalid) an unknown class or code, and a place as `relocate` does.
    """
    words = valid_words(words)
    where = valid_where(where) if where else None
    content = {
        "class": class_code,
        "kind": kind,
        "urgency": urgency,
        "scale": scale,
        "summary": public_summary,
        "words": words,
        **({"where": asked_of(where)} if where else {}),
    }

    def body(doing: Doing) -> Step:
        case = doing.case
        set_class(case, class_code=class_code, kind=kind, urgency=urgency, scale=scale)
        set_summary(case, public_summary, doing.by)
        moved = put_right(case, where, doing.seals) if where else {}
        case.accepted_at = doing.now
        doing.move(State.ACCEPTED, right_holder(doing, moved))
        step = doing.finish(words=words, detail={"class": class_code, **moved})
        signals.accepted.send(sender=Case, case=case, step=step)
        return step

    return do(Deed.ACCEPT, content, body, **to)
