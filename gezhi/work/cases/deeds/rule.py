"""裁决: the centre's chief says whose a disputed case is, alone or after a meeting, and it is sent."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Unpack

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gezhi.kernel.errors import Conflict, Invalid, Refusal
from gezhi.kernel.rights import Right, roles_with
from gezhi.kernel.viewer import Role, Seat, Viewer
from gezhi.records.duties import queries as duties
from gezhi.work.cases.declared import Declared, Tells, declare
from gezhi.work.cases.disputing import open_dispute
from gezhi.work.cases.doing import Doing, OnCase, do
from gezhi.work.cases.keeping import Kept, keep
from gezhi.work.cases.models import Case, Ruling, Step
from gezhi.work.cases.rules import Deed, Mark, Rule, Standing, State
from gezhi.work.cases.sending import chosen_helpers, send
from gezhi.work.deeds.asked import valid_words
from gezhi.work.deeds.rules import moving

KINDS = ("chief", "meeting")


def _nothing_to_rule(case: Case, by: Viewer, seat: Seat | None) -> Refusal | None:
    if Mark.DISPUTED in case.all_marks:
        return None
    return Conflict(_("这件事没有等着裁决的争议，由派遣员派单"), code="state")


declare(
    Declared(
        Deed.RULE,
        Rule(
            moving((State.ACCEPTED, State.DISPATCHED)),
            (Standing.CENTRE,),
            roles_with(Right.RULE),
            "街道网格中心的值班长",
        ),
        word=gettext_lazy("裁决"),
        to_reporter=gettext_lazy("街道定下由%(unit)s办理"),
        to_worker=gettext_lazy("裁决了由谁办，已派出"),
        tells=Tells(
            unit=(Role.HANDLER, Role.COMMUNITY_CLERK), reporters=True, units_named="assist"
        ),
        place=65,
        refusal=_nothing_to_rule,
    )
)


@dataclass(frozen=True, slots=True)
class PrecedentAsked:
    """What is kept of a ruling for later dispatches: where, how such a matter is called, until when."""

    area_id: int
    wording: str
    valid_to: date | None = None


def rule(
    *,
    unit_id: int,
    kind: str,
    words: str,
    duty_id: int | None = None,
    assist_unit_ids: Sequence[int] = (),
    awaited_unit_ids: Sequence[int] = (),
    precedent: PrecedentAsked | None = None,
    **to: Unpack[OnCase],
) -> Step:
    """裁决: the case belongs to this unit, and the same step sends it there.

    `words` are the grounds, which the units read; with `precedent` they are kept for later cases of
    the class. The lead waits for the `awaited_unit_ids` among those that assist, as when a case is
    dispatched. Refuses (Conflict) a case that is not disputed, (Invalid) a ruling without grounds, an
    unknown kind or row of the duty list, a unit that cannot hold work; as `keeping.keep`.
    """
    words = valid_words(words, required=True, what=_("裁决的理由"))
    assists, awaited = chosen_helpers(assist_unit_ids, awaited_unit_ids)
    content = {
        "unit": unit_id,
        "kind": kind,
        "words": words,
        "duty": duty_id,
        "assist": assists,
        "precedent": _plain(precedent),
        **({"awaited": awaited} if awaited else {}),
    }

    def body(doing: Doing) -> Step:
        if kind not in KINDS:
            raise Invalid(_("请选择是值班长裁定，还是会商定的"), field="kind")
        if duty_id is not None and duties.find(doing.case.district_id, duty_id) is None:
            raise Invalid(_("没有这条权责事项，请重新选择"), field="duty_id")
        ruled = _ruled(doing, unit_id, kind, duty_id)
        step = send(
            doing,
            unit_id,
            assists,
            words,
            awaited=awaited,
            reason_code=kind,
            detail={"ruling": ruled.pk, "duty": duty_id},
        )
        if precedent is not None:
            asked = Kept(precedent.area_id, precedent.wording, words, precedent.valid_to)
            keep(ruled, doing.case, asked, by=doing.by)
        return step

    return do(Deed.RULE, content, body, **to)


def _ruled(doing: Doing, unit_id: int, kind: str, duty_id: int | None) -> Ruling:
    dispute = open_dispute(doing.case)
    if dispute is None:
        raise doing.not_now()
    doing.seals.change(
        dispute,
        kind=kind,
        unit_id=unit_id,
        duty_id=duty_id,
        ruled_at=doing.now,
        ruled_by=doing.by.user_id,
        ended_at=doing.now,
    )
    doing.unmark(Mark.DISPUTED)
    return dispute


def _plain(asked: PrecedentAsked | None) -> dict[str, object] | None:
    if asked is None:
        return None
    until = asked.valid_to.isoformat() if asked.valid_to else ""
    return {"area": asked.area_id, "wording": asked.wording, "until": until}
