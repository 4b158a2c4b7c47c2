"""派单: to one lead unit and any that assist it."""

from collections.abc import Sequence
from typing import Unpack

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gezhi.kernel.errors import Conflict, Refusal
from gezhi.kernel.viewer import Role, Seat, Viewer
from gezhi.work.cases.declared import Declared, Tells, declare
from gezhi.work.cases.deeds.pass_ import Outcome
from gezhi.work.cases.disputing import returns_in_this_round
from gezhi.work.cases.doing import Doing, OnCase, do
from gezhi.work.cases.keys import derived
from gezhi.work.cases.models import Case, Step
from gezhi.work.cases.precedents import precedent_for
from gezhi.work.cases.rules import Deed, Mark, Rule, Standing, State
from gezhi.work.cases.sending import chosen_helpers, send, why_alone
from gezhi.work.deeds.asked import valid_words
from gezhi.work.deeds.rules import moving


def _disputed(case: Case, by: Viewer, seat: Seat | None) -> Refusal | None:
    if Mark.DISPUTED in case.all_marks:
        return Conflict(
            _("这件事退单有争议，等值班长裁决归哪个单位；裁决的那一步就派出"), code="disputed"
        )
    return None


declare(
    Declared(
        Deed.DISPATCH,
        Rule(
            moving((State.ACCEPTED, State.DISPATCHED)),
            (Standing.HOLDER,),
            frozenset({Role.DISPATCHER, Role.COMMUNITY_CLERK}),
            "持有单位的派遣员",
        ),
        word=gettext_lazy("派单"),
        to_reporter=gettext_lazy("交给%(unit)s办理"),
        to_worker=gettext_lazy("派给承办单位"),
        tells=Tells(
            unit=(Role.HANDLER, Role.COMMUNITY_CLERK), reporters=True, units_named="assist"
        ),
        place=70,
        refusal=_disputed,
    )
)


def dispatch(
    *,
    lead_unit_id: int,
    assist_unit_ids: Sequence[int] = (),
    awaited_unit_ids: Sequence[int] = (),
    words: str = "",
    **to: Unpack[OnCase],
) -> Step:
    """派单: send the case to one lead unit and any assisting units, each with its due time.

    The lead cannot finish before the `awaited_unit_ids` among those that assist have answered. Cites
    the precedent that gives the case to this lead, if one does. Refuses (Conflict) a disputed case,
    which a ruling sends; (Invalid) one waited for that does not assist, and as `send`: a unit that
    is unknown, closed, or named twice; a restricted case without words, since the unit reads them in the place of the reporter's.
    """
    words = valid_words(words)
    assists, awaited = chosen_helpers(assist_unit_ids, awaited_unit_ids)
    content = {
        "lead": lead_unit_id,
        "assist": assists,
        "words": words,
        **({"awaited": awaited} if awaited else {}),
    }

    def body(doing: Doing) -> Step:
        precedent = precedent_for(doing.case, lead_unit_id)
        return send(doing, lead_unit_id, assists, words, awaited=awaited, precedent=precedent)

    return do(Deed.DISPATCH, content, body, **to)


def dispatch_each(
    *, numbers: Sequence[str], lead_unit_id: int, words: str, by: Viewer, key: str
) -> list[Outcome]:
    """批转: each of the cases to the same unit, in a transaction and a step of its own.

    One refused does not keep the others; one named twice goes once. Refused besides what `dispatch`
    refuses: what asks for a look of its own, a confidential case, an urgent one, one that a unit
    returned in this round.
    """
    outcomes = []
    for number in dict.fromkeys(numbers):
        content = {"lead": lead_unit_id, "assist": [], "words": words}
        try:
            do(
                Deed.DISPATCH,
                content,
                lambda doing: _send_with_others(doing, lead_unit_id, words),
                number=number,
                by=by,
                key=derived(key, number),
            )
            outcomes.append(Outcome(number, True))
        except Refusal as refusal:
            outcomes.append(Outcome(number, False, str(refusal.message)))
    return outcomes


def _send_with_others(doing: Doing, lead_unit_id: int, words: str) -> Step:
    case = doing.case
    why = why_alone(
        restricted=case.is_restricted,
        urgency=case.urgency,
        returned=bool(returns_in_this_round(case)),
    )
    if why:
        raise Conflict(why, code="alone")
    precedent = precedent_for(case, lead_unit_id)
    return send(doing, lead_unit_id, [], words, precedent=precedent)
