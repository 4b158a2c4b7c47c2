"""Freezing a period, and noting what is counted otherwise later; a frozen figure itself never changes."""

from datetime import datetime

from django.db import transaction

from gezhi.ground.audit.actions import record
from gezhi.ground.codes import queries as codes
from gezhi.insight.figures.freezing import Place, Sums, counted_anew, is_frozen, latest, rows_of
from gezhi.insight.figures.indicators import DICTIONARY, indicators
from gezhi.insight.figures.models import Correction, Frozen
from gezhi.insight.figures.periods import Period
from gezhi.insight.figures.reach import Reach
from gezhi.kernel import clock
from gezhi.kernel.errors import NotPermitted
from gezhi.kernel.viewer import Level, Viewer


def freeze(*, district_id: int, street_id: int, period: Period, by: Viewer) -> int:
    """Write every figure of a street's day, week or month as it is now, by the indicators in force; once.

    Answers how many were written: none of a period that is frozen already, or without a pack of
    indicators. Refuses (NotPermitted) whoever is no task.
    """
    _refuse_people(by)
    pack = codes.pack_holding(DICTIONARY)
    street = _street(district_id, street_id)
    if pack is None or is_frozen(street, period):
        return 0
    found = counted_anew(street, period, indicators(pack.id))
    now = clock.now()
    with transaction.atomic():
        Frozen.objects.bulk_create(
            [
                _frozen(district_id, street_id, period, place, sums, pack_id=pack.id, at=now)
                for place, sums in sorted(found.items())
            ],
            batch_size=500,
        )
        record(
            by=by,
            verb="figures.freeze",
            subject_kind="area",
            subject_id=street_id,
            detail={"period": period.code, "rows": len(found), "pack": pack.version},
            district_id=district_id,
        )
    return len(found)


def correct(*, district_id: int, street_id: int, period: Period, by: Viewer) -> int:
    """Count a frozen period anew by its own indicators, and note each figure that differs from what was
    known of it last.

    Answers how many differ. Refuses (NotPermitted) whoever is no task.
    """
    _refuse_people(by)
    street = _street(district_id, street_id)
    stored = list(rows_of(street, period))
    if not stored:
        return 0
    first = min(stored, key=lambda row: row.frozen_at)
    anew = counted_anew(street, period, indicators(first.pack_id))
    now = clock.now()
    with transaction.atomic():
        known = {(row.by, row.key, row.indicator): (row, sums) for row, sums in latest(stored)}
        for place in sorted(anew.keys() - known.keys()):
            # Nothing was counted of it then: it was nothing, and is something now.
            row = _frozen(
                district_id, street_id, period, place, (0, 0), pack_id=first.pack_id,
                at=first.frozen_at,
            )  # fmt: skip
            row.save(force_insert=True)
            known[place] = (row, (0, 0))
        changed = [
            Correction(
                district_id=district_id,
                figure=row,
                numerator=anew.get(place, (0, 0))[0],
                denominator=anew.get(place, (0, 0))[1],
                seen_at=now,
            )
            for place, (row, sums) in known.items()
            if anew.get(place, (0, 0)) != sums
        ]
        if changed:
            Correction.objects.bulk_create(changed, batch_size=500)
            record(
                by=by,
                verb="figures.correct",
                subject_kind="area",
                subject_id=street_id,
                detail={"period": period.code, "rows": len(changed)},
                district_id=district_id,
            )
    return len(changed)


def _frozen(
    district_id: int,
    street_id: int,
    period: Period,
    place: Place,
    sums: Sums,
    *,
    pack_id: int,
    at: datetime,
) -> Frozen:
    by, key, code = place
    return Frozen(
        district_id=district_id,
        street_id=street_id,
        span=period.span,
        first=period.first,
        by=by,
        key=key,
        indicator=code,
        numerator=sums[0],
        denominator=sums[1],
        pack_id=pack_id,
        frozen_at=at,
    )


def _street(district_id: int, street_id: int) -> Reach:
    return Reach(district_id, Level.STREET, (street_id,))


def _refuse_people(by: Viewer) -> None:
    if not by.is_system:
        raise NotPermitted("封存由后台任务来做")
