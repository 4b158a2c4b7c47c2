"""The tolerance, an alias, and asking a worker to train."""

from django.db import transaction
from django.utils.translation import gettext as _

from gezhi.ground.audit import actions as audit
from gezhi.kernel import clock
from gezhi.kernel.errors import Invalid, NotPermitted, Unseen
from gezhi.kernel.rights import Right
from gezhi.kernel.viewer import Viewer
from gezhi.records.places.models import Place
from gezhi.work.triage import signals
from gezhi.work.triage.aliases import MOST_SIGNS, plain_alias
from gezhi.work.triage.models import Alias, Tolerance, TrainedModel
from gezhi.work.triage.rules import LEARNT, LEAST_ERROR, MOST_ERROR, TOLERATED

# Whoever settles where a case is knows how the people there call it.


@transaction.atomic
def set_tolerance(*, what: str, error: float, by: Viewer) -> Tolerance:
    """Set the error the office will bear for one question, as a share: 0.03 is three in a hundred.

    Counts for advice made from now on. Refuses (NotPermitted) all but supervisors, (Invalid) a
    question that has none and a share outside 0.1 % to 50 %.
    """
    _require_supervisor(by)
    if what not in TOLERATED:
        raise Invalid(_("没有这一类建议"), field="what")
    if not LEAST_ERROR <= error <= MOST_ERROR:
        raise Invalid(_("容错率在 0.1% 到 50% 之间"), field="error")
    district_id = _district_of(by)
    last = (
        Tolerance.objects.select_for_update()
        .filter(district_id=district_id, what=what)
        .order_by("-version")
        .first()
    )
    row = Tolerance.objects.create(
        district_id=district_id,
        what=what,
        version=last.version + 1 if last else 1,
        error=error,
        set_at=clock.now(),
        set_by=by.user_id,
    )
    audit.record(
        by=by,
        verb="triage.set_tolerance",
        subject_kind="tolerance",
        subject_id=row.pk,
        detail={"what": what, "error": error, "before": last.error if last else None},
    )
    return row


@transaction.atomic
def learn_alias(*, place_id: int, words: str, by: Viewer) -> Alias:
    """Teach another name of a place; it counts at once.

    Refuses (NotPermitted) whoever does not settle places, (Unseen) a place of another district,
    (Invalid) a name that is too short, too long or a mere number.
    """
    if not (by.is_system or by.may(Right.NAME_PLACES)):
        raise NotPermitted(_("别名由受理员、社区或网格员来教"))
    place = Place.objects.filter(pk=place_id, retired_at=None).first()
    if place is None or not (by.is_system or place.district_id == by.district_id):
        raise Unseen(_("没有这个地点，请重新选择"))
    plain = plain_alias(words)
    if not plain:
        raise Invalid(
            _("别名要有 2 到 %(most)d 个字，不能只是数字") % {"most": MOST_SIGNS}, field="words"
        )
    row, fresh = Alias.objects.get_or_create(
        place=place,
        words=plain,
        defaults={
            "district_id": place.district_id,
            "learnt_at": clock.now(),
            "confirmed_by": by.user_id or 0,
        },
    )
    if not fresh:
        row.count += 1
        row.confirmed_by = by.user_id or 0
        row.save(update_fields=["count", "confirmed_by"])
    audit.record(
        by=by,
        verb="triage.learn_alias",
        subject_kind="alias",
        subject_id=row.pk,
        detail={"place": place.pk},
    )
    return row


@transaction.atomic
def ask_training(*, what: str, by: Viewer) -> None:
    """Have a worker train from the office's own cases; asked twice in an hour, it is done once.

    Refuses (NotPermitted) all but supervisors, (Invalid) what cannot be learnt.
    """
    _require_supervisor(by)
    if what not in LEARNT:
        raise Invalid(_("没有这一类建议"), field="what")
    district_id = _district_of(by)
    signals.training_asked.send(sender=TrainedModel, what=what, district_id=district_id)
    audit.record(
        by=by,
        verb="triage.ask_training",
        subject_kind="district",
        subject_id=district_id,
        detail={"what": what},
    )


def _require_supervisor(by: Viewer) -> None:
    if not (by.is_system or by.may(Right.TUNE_ADVICE)):
        raise NotPermitted(_("这件事由值班长来做"))


def _district_of(by: Viewer) -> int:
    if by.district_id is None:
        raise Invalid(_("没有指明区县"), field="district")
    return by.district_id
