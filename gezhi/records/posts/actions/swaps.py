"""Swaps 换班: asked by one, agreed by the other; neither is entered by a third."""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from gezhi.ground.audit import actions as audit
from gezhi.kernel import clock
from gezhi.kernel.errors import Conflict, Invalid, NotPermitted, Unseen
from gezhi.kernel.viewer import Viewer
from gezhi.records.posts import shifts
from gezhi.records.posts.actions.rota import locked, tell, write_change
from gezhi.records.posts.models import Rota, Shift, Swap
from gezhi.records.posts.rota_queries import people_on


@transaction.atomic
def ask_swap(
    *, shift_id: int, by: Viewer, for_shift_id: int | None = None, of_user_id: int | None = None
) -> Swap:
    """Ask a colleague to swap one's own coming shift for theirs, or to take it over for nothing.

    Refuses another's shift (Unseen), one that has begun (Conflict), somebody with no seat there or
    oneself (Invalid), a shift that is asked about already (Conflict).
    """
    asked_by = by.user_id or 0
    mine = Shift.objects.filter(pk=shift_id, user_id=asked_by).first()
    if mine is None:
        raise Unseen("")
    rota = locked(mine.rota_id)
    mine = _coming(rota, mine.from_at, mine.to_at, asked_by)
    theirs = None
    if for_shift_id is not None:
        theirs = rota.shifts.filter(pk=for_shift_id, from_at__gt=clock.now()).first()
        if theirs is None or theirs.user_id is None:
            raise Invalid(_("那一班已经变了，请重新选"), field="with")
        of_user_id = theirs.user_id
    if of_user_id == asked_by:
        raise Invalid(_("要和别人换，不能和自己换"), field="with")
    if of_user_id not in {user.pk for user in people_on(rota)}:
        raise Invalid(_("请从名单里选和谁换"), field="with")
    try:
        with transaction.atomic():
            swap = Swap.objects.create(
                district_id=rota.district_id,
                rota=rota,
                from_at=mine.from_at,
                to_at=mine.to_at,
                asked_by_id=asked_by,
                asked_of_id=of_user_id,
                other_from_at=theirs.from_at if theirs else None,
                other_to_at=theirs.to_at if theirs else None,
                asked_at=clock.now(),
            )
    except IntegrityError as error:
        raise Conflict(_("这一班已经在问人了：先等回话，或收回再问别人")) from error
    _record(by, "posts.ask_swap", swap)
    tell(rota, swap.asked_of_id, "rota_swap_asked", f"swap:{swap.pk}:asked")
    return swap


@transaction.atomic
def agree_swap(*, swap_id: int, by: Viewer) -> Swap:
    """Agree to a swap one was asked for; both shifts change hands at once.

    Refuses anybody but the one asked (NotPermitted; Unseen for who has nothing to do with it), one
    that is settled, and one whose shifts are no longer what they were, have begun, or would put one
    person on duty twice at a time (Conflict).
    """
    swap, rota = _asked(swap_id, by)
    if by.user_id != swap.asked_of_id:
        raise NotPermitted(_("要被问的那一位自己同意"))
    _coming(rota, swap.from_at, swap.to_at, swap.asked_by_id)
    here = {user.pk for user in people_on(rota)}
    if swap.asked_of_id not in here:
        raise Conflict(_("您已不在这个岗位上，这个班换不了"))
    if swap.other_from_at is not None and swap.asked_by_id not in here:
        raise Conflict(_("问您的那一位已不在岗，这个班换不了；请管值班表的人另外安排"))
    spans = [(swap.from_at, swap.to_at, swap.asked_of_id)]
    if swap.other_from_at is not None and swap.other_to_at is not None:
        _coming(rota, swap.other_from_at, swap.other_to_at, swap.asked_of_id)
        spans.append((swap.other_from_at, swap.other_to_at, swap.asked_by_id))
    for from_at, to_at, user_id in spans:
        _refuse_twice(swap, from_at, to_at, user_id)
        write_change(rota, from_at, to_at, user_id, by=by, swap=swap)
    shifts.write(rota)
    return _settled(swap, rota, Swap.State.AGREED, "posts.agree_swap", by, tell_id=swap.asked_by_id)


@transaction.atomic
def refuse_swap(*, swap_id: int, by: Viewer) -> Swap:
    """Say no to a swap one was asked for; refuses anybody else (NotPermitted), a settled one (Conflict)."""
    swap, rota = _asked(swap_id, by)
    if by.user_id != swap.asked_of_id:
        raise NotPermitted(_("要被问的那一位自己来答"))
    return _settled(
        swap, rota, Swap.State.REFUSED, "posts.refuse_swap", by, tell_id=swap.asked_by_id
    )


@transaction.atomic
def withdraw_swap(*, swap_id: int, by: Viewer) -> Swap:
    """Take one's question back before it is answered; refuses anybody else (NotPermitted)."""
    swap, rota = _asked(swap_id, by)
    if by.user_id != swap.asked_by_id:
        raise NotPermitted(_("要问的那一位自己收回"))
    return _settled(swap, rota, Swap.State.WITHDRAWN, "posts.withdraw_swap", by, tell_id=None)


def _asked(swap_id: int, by: Viewer) -> tuple[Swap, Rota]:
    row = Swap.objects.filter(pk=swap_id).first()
    if row is None or by.user_id not in (row.asked_by_id, row.asked_of_id):
        raise Unseen("")
    rota = locked(row.rota_id)
    swap = Swap.objects.select_for_update().get(pk=swap_id)
    if swap.state != Swap.State.ASKED:
        raise Conflict(_("这次换班已经有结果了"))
    return swap, rota


def _coming(rota: Rota, from_at: datetime, to_at: datetime, user_id: int) -> Shift:
    """The shift with this span and person that has not begun; Conflict when there is none now."""
    row = rota.shifts.filter(from_at=from_at, to_at=to_at, user_id=user_id).first()
    if row is None:
        raise Conflict(_("值班表已经变了，这一班不再是原来那样，请重新商量"))
    if row.from_at <= clock.now():
        raise Conflict(_("这一班已经开始了，不能再换；临时有事请找值班长改"))
    return row


def _refuse_twice(swap: Swap, from_at: datetime, to_at: datetime, user_id: int) -> None:
    taken = Shift.objects.filter(user_id=user_id, from_at__lt=to_at, to_at__gt=from_at)
    # What they give away in the same swap is theirs no longer.
    given = swap.from_at if user_id == swap.asked_by_id else swap.other_from_at
    if given is not None:
        taken = taken.exclude(rota_id=swap.rota_id, from_at=given)
    if taken.exists():
        raise Conflict(_("换了以后有一个人要同时值两个班，换不了；请另选一班"))


def _settled(
    swap: Swap, rota: Rota, state: Swap.State, verb: str, by: Viewer, *, tell_id: int | None
) -> Swap:
    swap.state = state
    swap.settled_at = clock.now()
    swap.save(update_fields=["state", "settled_at"])
    _record(by, verb, swap)
    if tell_id is not None:
        tell(rota, tell_id, f"rota_swap_{state.value}", f"swap:{swap.pk}:{state.value}")
    return swap


def _record(by: Viewer, verb: str, swap: Swap) -> None:
    audit.record(
        by=by,
        verb=verb,
        subject_kind="swap",
        subject_id=swap.pk,
        detail={"rota": swap.rota_id, "user": swap.asked_of_id},
        unit_id=swap.rota.unit_id,
        district_id=swap.district_id,
    )
