"""Closing a unit and ending an appointment: nothing is left that nobody looks after."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import OperationalError, transaction
from django.utils.translation import gettext as _

from gezhi.ground.accounts import actions as accounts
from gezhi.ground.accounts.models import User
from gezhi.ground.accounts.rules import require_district
from gezhi.ground.audit import actions as audit
from gezhi.kernel import clock
from gezhi.kernel.errors import Conflict, Invalid
from gezhi.kernel.rights import Right, require
from gezhi.kernel.viewer import ADMINISTRATORS, Viewer
from gezhi.records.posts import actions as posts
from gezhi.records.posts import queries as posts_queries
from gezhi.records.posts.models import Appointment, Post
from gezhi.records.units import actions as units
from gezhi.records.units.holdings import holdings
from gezhi.records.units.models import Unit, UnitKind
from gezhi.records.units.queries import descendants
from gezhi.work.handover.queries import is_last_administrator, said

# What follows from a person's one deed is done in the name of the handover; the deed itself is
# recorded in the person's.
_HANDOVER = "handover"


@dataclass(frozen=True, slots=True)
class Closing:
    """What a closed unit left, and who has it now."""

    unit: Unit
    successor: Unit
    held: Mapping[str, int]
    people: int

    @property
    def words(self) -> str:
        """What went along, in words."""
        return said(self.held, self.people)


@dataclass(frozen=True, slots=True)
class Leaving:
    """What an ended appointment left: `empty_unit` has nobody now, its queue will be lifted."""

    appointment: Appointment
    empty_unit: Unit | None
    waiting_cases: int


def close_unit(*, unit: Unit, successor: Unit, by: Viewer, with_people: bool = True) -> Closing:
    """撤并: hand everything of a unit to its successor, then close it; all or nothing.

    Open cases keep their due times; duties begin anew today; posts and people go along unless
    `with_people` is false (administrators always do, so that none is lost by it). Refuses: anybody
    but the system administrator (NotPermitted); a closed unit, a closed successor, the last street
    centre, or a dispatch at the same moment (Conflict); the unit itself or, for a centre, anything
    but a centre as successor (Invalid).
    """
    require(by, Right.SET_UP)
    require_district(by, unit.district_id)
    try:
        with transaction.atomic():
            return _close(unit, successor, by, with_people)
    except OperationalError as error:
        raise Conflict(_("正好有人在给这个单位派单，什么都没有改，请再点一次")) from error


def _close(unit: Unit, successor: Unit, by: Viewer, with_people: bool) -> Closing:
    for one in holdings():
        one.keep_still(unit)
    pair = (unit.pk, successor.pk)
    locked = {row.pk: row for row in Unit.objects.select_for_update().filter(pk__in=pair)}
    unit, successor = locked[unit.pk], locked[successor.pk]
    _check_pair(unit, successor)
    _lift_successor(unit, successor)
    system = Viewer.system(_HANDOVER, unit.district_id)
    held = {one.name: one.give(unit, successor, system) for one in holdings()}
    people = _move_people(unit, successor, system, with_people)
    posts.end_rotas_of(unit=unit, by=system)
    units.mark_closed(unit, successor, by=system)
    audit.record(
        by=by,
        verb="handover.close_unit",
        subject_kind="unit",
        subject_id=unit.pk,
        detail={"successor": successor.pk, **held, "people": people},
    )
    return Closing(unit, successor, held, people)


def _check_pair(unit: Unit, successor: Unit) -> None:
    if unit.pk == successor.pk:
        raise Invalid(_("继任单位不能是它自己"), field="successor")
    if successor.district_id != unit.district_id:
        raise Invalid(_("继任单位不在本区"), field="successor")
    if not unit.is_open:
        raise Conflict(_("这个单位已经撤并"))
    if not successor.is_open:
        raise Conflict(_("继任单位已经撤并，请另选一个"), field="successor")
    if unit.kind == UnitKind.STREET_CENTRE and successor.kind != UnitKind.STREET_CENTRE:
        centres = Unit.objects.filter(
            district_id=unit.district_id, kind=UnitKind.STREET_CENTRE, closed_at=None
        )
        if not centres.exclude(pk=unit.pk).exists():
            raise Conflict(_("这是最后一个街道网格中心，不能撤并；请先建立接替它的中心"))
        raise Invalid(_("街道网格中心只能并入另一个街道网格中心"), field="successor")


def _lift_successor(unit: Unit, successor: Unit) -> None:
    """A successor from below the closing unit takes its place, so that no unit is its own parent."""
    if successor.pk in descendants(unit):
        successor.parent_id = unit.parent_id
        successor.save(update_fields=["parent"])


def _move_people(unit: Unit, successor: Unit, system: Viewer, with_people: bool) -> int:
    """End every appointment and post of the unit; make them again in the successor."""
    now = clock.now()
    moved = 0
    for post in Post.objects.filter(unit=unit, abolished_at=None).order_by("id"):
        rows = posts_queries.current(post.appointments.select_related("user", "post"))
        leaving = list(rows.order_by("from_at", "id"))
        for appointment in leaving:
            posts.mark_ended(appointment, by=system, at=now)
        posts.abolish_post(post=post, by=system)
        if not (with_people or post.role in ADMINISTRATORS):
            continue
        heir = posts.create_post(
            unit=successor,
            area_id=post.area_id,
            role=post.role,
            name=post.name,
            profession=post.profession,
            meeting_words=post.meeting_words,
            by=system,
        )
        for user in {row.user_id: row.user for row in leaving if row.user.is_active}.values():
            posts.appoint(post=heir, user=user, by=system, from_at=now)
            moved += 1
    return moved


@transaction.atomic
def end_appointment(*, appointment: Appointment, by: Viewer, at: datetime | None = None) -> Leaving:
    """离岗: end an appointment (now, or at a later moment); all sessions of the person end.

    Cases belong to units, so none moves; when the unit has nobody left, that is told, and the
    watchdog lifts its queue within a minute. Refuses: an administrator's appointment ended by
    anybody but the security administrator, others by anybody but the system administrator
    (NotPermitted); one that has ended, or the last administrator of its kind (Conflict).
    """
    row = _locked(appointment)
    require_district(by, row.district_id)
    if row.post.role in ADMINISTRATORS:
        require(by, Right.KEEP_ACCOUNTS)
    else:
        require(by, Right.SET_UP)
    moment = at or clock.now()
    if row.to_at is not None and row.to_at <= moment:
        raise Conflict(_("这个任职已经结束"))
    if is_last_administrator(row):
        raise Conflict(_("这是最后一位这样的管理员，请先任命接替的人"), "last_administrator")
    posts.mark_ended(row, by=by, at=moment)
    empty = not posts_queries.staffed_unit_ids([row.post.unit_id])
    waiting = sum(one.waiting(row.post.unit) for one in holdings()) if empty else 0
    audit.record(
        by=by,
        verb="handover.end_appointment",
        subject_kind="appointment",
        subject_id=row.pk,
        detail={"user": row.user_id, "post": row.post_id, "waiting_cases": waiting},
        unit_id=row.post.unit_id,
    )
    return Leaving(row, row.post.unit if empty else None, waiting)


def _locked(appointment: Appointment) -> Appointment:
    """The appointment under lock, with all others of its role: of the last two administrators
    leaving at the same moment one must stay. Always in one order, so that none waits in a ring."""
    role = Post.objects.values_list("role", flat=True).get(appointments=appointment.pk)
    rows = Appointment.objects.select_for_update(of=("self",)).select_related("post__unit", "user")
    if role in ADMINISTRATORS:
        rows = rows.filter(district_id=appointment.district_id, post__role=role)
    else:
        rows = rows.filter(pk=appointment.pk)
    return {row.pk: row for row in rows.order_by("id")}[appointment.pk]


@transaction.atomic
def close_account(*, user: User, by: Viewer) -> list[Leaving]:
    """Close a person's account and end every appointment they have or would come to.

    Refuses what `end_appointment` and `accounts.deactivate` refuse; then nothing is changed.
    """
    rows = posts_queries.current(Appointment.objects.filter(user=user))
    left = [end_appointment(appointment=row, by=by) for row in rows.select_related("post")]
    user.refresh_from_db(fields=["session_epoch"])
    accounts.deactivate(user=user, by=by)
    return left
