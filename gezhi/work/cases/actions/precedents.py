"""Verbs of precedents beside the ruling that keeps one: ended before their day, handed to a successor."""

from django.db import transaction
from django.utils.translation import gettext as _

from gezhi.ground.accounts.rules import require_district
from gezhi.ground.audit import actions as audit
from gezhi.kernel import clock
from gezhi.kernel.errors import Conflict
from gezhi.kernel.rights import Right, require
from gezhi.kernel.viewer import Viewer
from gezhi.records.units.models import Unit
from gezhi.work.cases.models import Precedent
from gezhi.work.cases.queries import precedents


@transaction.atomic
def end_precedent(*, precedent: Precedent, by: Viewer) -> Precedent:
    """End a precedent today: later dispatches see it no more, those that cited it keep it.

    Refuses (NotPermitted) whoever does not rule, (Conflict) one that has ended.
    """
    require(by, Right.RULE)
    require_district(by, precedent.district_id)
    locked = Precedent.objects.select_for_update().get(pk=precedent.pk)
    today = clock.today()
    if locked.valid_to is not None and locked.valid_to <= today:
        raise Conflict(_("这条先例已经结束"), code="ended")
    locked.valid_to = max(today, locked.valid_from)
    locked.save(update_fields=["valid_to"])
    _record(locked, "precedents.end", by)
    return locked


@transaction.atomic
def hand_over_precedents(unit: Unit, successor: Unit, *, by: Viewer) -> int:
    """What was ruled to a closing unit belongs to its successor from today; how many.

    For `work.handover` only.
    """
    today = clock.today()
    found = precedents.of_unit(unit)
    for old in found:
        until, old.valid_to = old.valid_to, max(today, old.valid_from)
        old.save(update_fields=["valid_to"])
        new = Precedent.objects.create(
            district_id=old.district_id,
            ruling_id=old.ruling_id,
            class_code=old.class_code,
            area_id=old.area_id,
            wording=old.wording,
            unit=successor,
            duty=None,
            reason=old.reason,
            valid_from=today,
            valid_to=until,
            made_by=by.user_id,
        )
        _record(new, "precedents.hand_over", by)
    return len(found)


def _record(precedent: Precedent, verb: str, by: Viewer) -> None:
    audit.record(
        by=by,
        verb=verb,
        subject_kind="precedent",
        subject_id=precedent.pk,
        district_id=precedent.district_id,
        detail={"unit": precedent.unit_id},
    )
