"""Keeping a ruling as a precedent 派单先例, inside the ruling's own transaction."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from gezhi.ground.audit import actions as audit
from gezhi.kernel import clock
from gezhi.kernel import words as kernel_words
from gezhi.kernel.errors import Invalid
from gezhi.kernel.viewer import Viewer
from gezhi.records.places.models import Area
from gezhi.work.cases.models import Case, Precedent, Ruling

WORDING_LENGTH, REASON_LENGTH = 60, 200


@dataclass(frozen=True, slots=True)
class Kept:
    """What is kept of a ruling: where it counts, how such a matter is called, why, until which day."""

    area_id: int
    wording: str
    reason: str
    valid_to: date | None


def keep(ruling: Ruling, case: Case, kept: Kept, *, by: Viewer) -> Precedent:
    """Keep a ruling as a precedent from today on; inside the ruling's transaction.

    Refuses (Invalid) an area the case does not lie in, a matter without a class or without words for
    it, a confidential one, a day that is not to come.
    """
    if case.is_restricted:
        raise Invalid(_("保密的事不留作先例"), field="keeps")
    area = Area.objects.filter(pk=kept.area_id).first()
    mine = {case.grid_id, case.community_id, case.street_id}
    if area is None or area.pk not in mine:
        raise Invalid(_("请选择这件事所在的街道、社区或网格"), field="area_id")
    wording = kernel_words.line(kept.wording, field="wording", most=WORDING_LENGTH)
    if not wording:
        raise Invalid(_("请写明这类事怎么说，以后派单的人照它认"), field="wording")
    if not case.class_code:
        raise Invalid(_("这件事还没有类别，不能留作先例"), field="wording")
    today = clock.today()
    if kept.valid_to is not None and kept.valid_to <= today:
        raise Invalid(_("有效期要到明天或以后"), field="valid_to")
    precedent = Precedent.objects.create(
        district_id=case.district_id,
        ruling=ruling,
        class_code=case.class_code,
        area=area,
        wording=wording,
        unit_id=ruling.unit_id or 0,
        duty_id=ruling.duty_id,
        reason=kernel_words.line(kept.reason)[:REASON_LENGTH],
        valid_from=today,
        valid_to=kept.valid_to,
        made_by=by.user_id,
    )
    audit.record(
        by=by,
        verb="precedents.keep",
        subject_kind="precedent",
        subject_id=precedent.pk,
        district_id=case.district_id,
        detail={"class": case.class_code, "area": area.pk, "unit": precedent.unit_id},
    )
    return precedent
