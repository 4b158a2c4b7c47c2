"""直接答复: a question is answered at the desk."""

from typing import Unpack

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gezhi.kernel.errors import Invalid, Refusal
from gezhi.kernel.viewer import Seat, Viewer
from gezhi.work.cases import signals
from gezhi.work.cases.classing import set_class
from gezhi.work.cases.declared import Declared, Tells, declare
from gezhi.work.cases.doing import Doing, OnCase, do
from gezhi.work.cases.kinds import answerable
from gezhi.work.cases.models import Case, Report, Step
from gezhi.work.cases.rules import INTAKE, Deed, Rule, Standing, State
from gezhi.work.deeds.asked import valid_words
from gezhi.work.deeds.rules import moving


def _only_questions(case: Case, by: Viewer, seat: Seat | None) -> Refusal | None:
    if answerable(case.kind):
        return None
    return Invalid(_("只有咨询可以直接答复；其他诉求请受理后派单"), field="kind")


declare(
    Declared(
        Deed.ANSWER,
        Rule(
            moving((State.REPORTED, State.CLOSED), (State.ACCEPTED, State.CLOSED)),
            (Standing.HOLDER,),
            INTAKE,
            "持有单位的受理员",
        ),
        word=gettext_lazy("直接答复"),
        to_reporter=gettext_lazy("%(unit)s答复了您"),
        to_worker=gettext_lazy("直接答复了"),
        tells=Tells(reporters=True),
        place=40,
        for_reporter=True,
        refusal=_only_questions,
    )
)


def answer(*, words: str, class_code: str = "", **to: Unpack[OnCase]) -> Step:
    """直接答复: a question answered at the desk is closed with the words the reporter reads.

    Refuses (Invalid) any kind but 咨询; counted apart and outside the on-time rates.
    """
    words = valid_words(words, required=True, what=_("答复内容"))

    def body(doing: Doing) -> Step:
        case = doing.case
        if class_code:
            set_class(case, class_code=class_code)
        doing.seals.change_all(
            list(Report.objects.filter(case=case, first_contact_at=None)),
            first_contact_at=doing.now,
            first_contact_by=doing.by.user_id,
        )
        doing.end(State.CLOSED)
        step = doing.finish(words=words)
        signals.closed.send(sender=Case, case=case, step=step)
        return step

    return do(Deed.ANSWER, {"words": words, "class": class_code}, body, **to)
