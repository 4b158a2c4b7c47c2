"""Putting a version in force, at once or on its day; every time leaves a row of history."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from gezhi.ground.audit.actions import record
from gezhi.ground.codes import queries, signals
from gezhi.ground.codes.contents import waiting_of
from gezhi.ground.codes.models import Enactment, Pack
from gezhi.kernel import clock
from gezhi.kernel.errors import Conflict
from gezhi.kernel.rights import Right, require
from gezhi.kernel.viewer import Viewer


def enact(
    pack: Pack, *, by: Viewer, reason: str = "", from_at: datetime | None = None
) -> Enactment:
    """Put a version in force now, or have it wait for `from_at`; in the caller's transaction.

    The caller has locked the version that is in force, recorded the deed, and made sure that no
    other one waits.
    """
    now = clock.now()
    row = Enactment(
        pack=pack,
        name=pack.name,
        from_at=from_at or now,
        written_at=now,
        user_id=by.user_id,
        reason=reason,
    )
    if from_at is None or from_at <= now:
        row.done_at = now
    row.save(force_insert=True)
    if row.done_at:
        _turn(row)
    return row


def _turn(row: Enactment) -> None:
    pack = row.pack
    Pack.objects.filter(name=pack.name, in_force=True).exclude(pk=pack.pk).update(in_force=False)
    pack.in_force, pack.in_force_since = True, row.from_at
    pack.save(update_fields=["in_force", "in_force_since"])
    signals.pack_imported.send(
        sender=Pack,
        name=pack.name,
        version=pack.version,
        pack_id=pack.pk,
        enactment_id=row.pk,
    )
    queries.forget()
    transaction.on_commit(queries.forget)


def enact_due() -> int:
    """Put in force what waited for its day; each minute. Returns how many versions turned."""
    done = 0
    waiting = Enactment.objects.filter(
        done_at=None, withdrawn_at=None, from_at__lte=clock.now()
    ).values_list("pk", flat=True)
    for pk in list(waiting):
        with transaction.atomic():
            row = Enactment.objects.select_for_update().select_related("pack").get(pk=pk)
            if row.done_at or row.withdrawn_at:
                continue
            row.done_at = clock.now()
            row.save(update_fields=["done_at"])
            _turn(row)
            record(
                by=Viewer.system("beat"),
                verb="codes.enact",
                subject_kind="pack",
                subject_id=row.pack_id,
                detail={"name": row.name, "version": row.pack.version},
            )
            done += 1
    return done


@transaction.atomic
def withdraw(*, enactment_id: int, by: Viewer) -> Enactment:
    """Take back a version that waits for its day. Conflict once it is in force or taken back."""
    require(by, Right.SET_UP)
    row = (
        Enactment.objects.select_for_update(of=("self",))
        .select_related("pack")
        .filter(pk=enactment_id)
        .first()
    )
    if row is None or row.done_at or row.withdrawn_at:
        raise Conflict(_("这次改动已经启用或撤回了"))
    row.withdrawn_at = clock.now()
    row.save(update_fields=["withdrawn_at"])
    record(
        by=by,
        verb="codes.withdraw",
        subject_kind="pack",
        subject_id=row.pack_id,
        detail={"name": row.name, "version": row.pack.version},
    )
    return row


def forget_waiting(name: str) -> None:
    """What waits of a pack is taken back: another version was put in force by hand."""
    waiting_of(name).update(withdrawn_at=clock.now())
