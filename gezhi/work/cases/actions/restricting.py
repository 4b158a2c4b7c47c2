"""定为保密: from now on only those who have the matter in hand see it (`rules.RESTRICTED`)."""

from django.db import transaction
from django.utils.translation import gettext as _

from gezhi.kernel.errors import Conflict
from gezhi.kernel.viewer import Viewer
from gezhi.work.cases import signals
from gezhi.work.cases.doing import begin
from gezhi.work.cases.models import Case, Step
from gezhi.work.cases.rules import Confidentiality, Deed
from gezhi.work.deeds.asked import checked_words


@transaction.atomic
def restrict(
    *, number: str, by: Viewer, key: str, words: str = "", version: int | None = None
) -> Step:
    """Keep a case confidential that came in open; before it was sent to a unit, and for good.

    Refuses (Conflict) one that is restricted already. Only reporters are told what they were told
    before; nobody gets a notice.
    """
    words = checked_words(words)
    doing = begin(
        Deed.RESTRICT, number=number, by=by, key=key, version=version, content={"words": words}
    )
    if doing.answered:
        return doing.answered
    case = doing.case
    if case.is_restricted:
        raise Conflict(_("这件事已经是保密的"), code="state")
    case.confidentiality = Confidentiality.RESTRICTED
    step = doing.finish(words=words, announce=False)
    signals.restricted.send(sender=Case, case=case, step=step)
    return step
