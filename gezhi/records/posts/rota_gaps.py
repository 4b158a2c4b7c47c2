"""Gaps 空档 told two days before: to the unit's duty chief, else to whoever keeps its rota."""

from collections.abc import Iterable
from datetime import timedelta

from django.db import transaction

from gezhi.ground.accounts.models import User
from gezhi.ground.jobs.sweeps import Sweep
from gezhi.ground.notices import actions as notices
from gezhi.kernel import clock
from gezhi.kernel.rights import Right, roles_with
from gezhi.kernel.viewer import Role
from gezhi.records.posts import shifts
from gezhi.records.posts.models import Rota, Shift
from gezhi.records.posts.queries import users_in
from gezhi.records.posts.rota_queries import ShiftLine, shown
from gezhi.records.units.models import Unit

WARNED_BEFORE = timedelta(days=2)


def write_ahead() -> int:
    """Write the shifts of every rota as far ahead as they lie ready; how many rows changed.

    One that is refused keeps no other.
    """
    changed = 0
    with Sweep("rota") as each:
        for rota_id, district_id in list(
            shifts.running_or_coming().values_list("id", "district_id")
        ):
            with each.one("rota", str(rota_id), district_id), transaction.atomic():
                changed += shifts.write(Rota.objects.select_for_update().get(pk=rota_id))
    return changed


def gaps(unit_ids: Iterable[int] | None = None) -> list[ShiftLine]:
    """The gaps that run or begin within two days, of these units or of all."""
    now = clock.now()
    rows = Shift.objects.filter(
        to_at__gt=now, from_at__lt=now + WARNED_BEFORE, unit__closed_at=None
    )
    if unit_ids is not None:
        rows = rows.filter(unit_id__in=list(unit_ids))
    return [line for line in shown(rows) if line.gap]


def warn() -> int:
    """Tell of every gap and of every rota that ends with none after it, once each; how many."""
    told = 0
    for gap in gaps():
        rota = Rota.objects.select_related("unit").get(pk=gap.rota_id)
        key = f"rota_gap:{gap.rota_id}:{gap.from_at:%Y%m%d%H%M}"
        told += _tell(rota, "rota_gap", key)
    for rota in _ending():
        told += _tell(rota, "rota_ends", f"rota_ends:{rota.pk}:{rota.to_day:%Y%m%d}")
    return told


def _ending() -> list[Rota]:
    today = clock.today()
    rows = Rota.objects.filter(
        to_day__gt=today, to_day__lte=today + WARNED_BEFORE, unit__closed_at=None
    )
    return [rota for rota in rows.select_related("unit") if not _goes_on(rota)]


def _goes_on(rota: Rota) -> bool:
    """Whether another rota of the same people holds when this one ends."""
    rows = Rota.objects.filter(unit=rota.unit, role=rota.role, from_day__lte=rota.to_day)
    rows = rows.exclude(to_day__lte=rota.to_day).exclude(pk=rota.pk)
    return any(set(posts) == set(rota.posts) for posts in rows.values_list("posts", flat=True))


def _tell(rota: Rota, kind: str, key: str) -> int:
    people = whom_to_tell(rota)
    for user in people:
        notices.notify_user(
            user.pk, kind, "rota", rota.pk, "", f"{key}:{user.pk}", district_id=rota.district_id
        )
    return bool(people)


def whom_to_tell(rota: Rota) -> list[User]:
    """The unit's duty chiefs, else who made the rota and is there still, else who may keep it, else
    the duty chiefs of the unit above."""
    chiefs = users_in(rota.unit_id, [Role.SUPERVISOR])
    if chiefs:
        return chiefs
    keepers = users_in(rota.unit_id, roles_with(Right.KEEP_ROTA))
    makers = [user for user in keepers if user.pk == rota.made_by]
    if makers or keepers:
        return makers or keepers
    above: Unit | None = rota.unit.parent
    while above is not None and not chiefs:
        chiefs = users_in(above.pk, [Role.SUPERVISOR])
        above = above.parent
    return chiefs
