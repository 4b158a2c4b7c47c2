"""报到: a called unit is there, or says why it did not come; or the street notes it for them."""

from datetime import datetime
from typing import Unpack

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gezhi.ground.codes import queries as codes
from gezhi.kernel.errors import Conflict, Invalid, Refusal
from gezhi.kernel.viewer import Role, Seat, Viewer
from gezhi.work.cases.assisting import open_calls
from gezhi.work.cases.declared import Declared, Tells, declare
from gezhi.work.cases.deeds.whistle import WHISTLED
from gezhi.work.cases.doing import Doing, OnCase, do
from gezhi.work.cases.models import Assignment, Case, Step
from gezhi.work.cases.rules import CALLERS, UNIT_STAFF, Deed, Rule, Standing
from gezhi.work.cases.whistling import is_not_whistled, not_whistled, open_whistle
from gezhi.work.deeds.asked import Photos, valid_words
from gezhi.work.deeds.rules import staying

ABSENCES = "absence_reasons"
ARRIVED, ABSENT = "arrived", "absent"


def _all_there(case: Case, by: Viewer, seat: Seat | None) -> Refusal | None:
    refusal = not_whistled(case, by, seat)
    if refusal is None and not open_calls().filter(case=case, finished_at=None).exists():
        return Conflict(_("叫到的单位都报到了，请评分"), code="state")
    return refusal


declare(
    Declared(
        Deed.ARRIVE,
        Rule(
            staying(WHISTLED),
            (Standing.CALLED, Standing.CENTRE),
            UNIT_STAFF | CALLERS,
            "被叫到的单位，或街道的派遣员、值班长、领导",
        ),
        word=gettext_lazy("报到"),
        to_worker=gettext_lazy("应到单位报到"),
        tells=Tells(centre_for=(ARRIVED, ABSENT), centre_roles=(Role.DISPATCHER, Role.SUPERVISOR)),
        while_hung=True,
        place=97,
        refusal=_all_there,
        quiet=is_not_whistled,
    )
)


def arrive(
    *,
    words: str,
    absence: str = "",
    unit_id: int | None = None,
    photos: Photos | None = None,
    happened_at: datetime | None = None,
    **to: Unpack[OnCase],
) -> Step:
    """报到: who came and when; with `absence` why nobody did. Whoever is in a called unit says it of
    that; the street names the unit it notes it for.

    Refuses (Invalid) without words, an absence the dictionary does not have, a unit that was not
    called or of which it was said already, and a moment before the whistle.
    """
    what = _("为什么没到") if absence else _("谁到了")
    words = valid_words(words, required=True, what=what)
    photos = photos or []

    def body(doing: Doing) -> Step:
        if absence and codes.term(ABSENCES, absence) is None:
            raise Invalid(_("请选择没到的原因"), field="absence")
        row = _call_of(doing, unit_id)
        blown = open_whistle(doing.case).blown_at
        # Typed to the minute.
        if not absence and doing.happened_at < blown.replace(second=0, microsecond=0):
            raise Invalid(_("报到的时间不能早于吹哨，请改一改"), field="happened_at")
        if absence:
            doing.seals.change(row, absence=absence)
        else:
            # Claimed: who came first and is asked to type it later is not late.
            doing.seals.change(row, finished_at=max(doing.happened_at, blown), absence="")
        return doing.finish(
            words=words,
            reason_code=ABSENT if absence else ARRIVED,
            detail={"call": row.pk, "unit": row.unit_id, "absence": absence},
            photos={"after": photos},
        )

    content = {"absence": absence, "unit": unit_id, "words": words, "photos": photos}
    return do(Deed.ARRIVE, content, body, happened_at=happened_at, **to)


def _call_of(doing: Doing, unit_id: int | None) -> Assignment:
    """The call of the named unit, else of the doer's own; a unit speaks of itself alone."""
    calls = {row.unit_id: row for row in open_calls().filter(case=doing.case)}
    own = doing.unit_id if doing.unit_id in calls else unit_id
    row = calls.get(own or 0)
    if row is None:
        raise Invalid(_("请选择叫到的单位里的一个"), field="unit_id")
    if unit_id is not None and unit_id != row.unit_id:
        raise Invalid(_("只能替本单位报到"), field="unit_id")
    if row.finished_at is not None:
        raise Invalid(_("这个单位已经报到过了"), field="unit_id")
    return row
