"""Making posts, appointing to them and marking an appointment ended; see the package."""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from gezhi.ground.accounts import actions as accounts
from gezhi.ground.accounts.models import User
from gezhi.ground.accounts.rules import one_time_password, require_district
from gezhi.ground.audit import actions as audit
from gezhi.kernel import clock
from gezhi.kernel.errors import Conflict, Invalid, NotPermitted
from gezhi.kernel.rights import Right, require
from gezhi.kernel.viewer import ADMINISTRATORS, Role, Viewer
from gezhi.records.places.models import Area
from gezhi.records.posts import rules
from gezhi.records.posts.models import Appointment, Post
from gezhi.records.posts.queries import running, running_roles
from gezhi.records.units.models import Unit


@transaction.atomic
def create_post(
    *,
    unit: Unit,
    area_id: int,
    role: str,
    name: str,
    by: Viewer,
    profession: str = "",
    meeting_words: str = "",
) -> Post:
    """Make a post in a unit for an area; it stays vacant until somebody is appointed.

    Refuses a closed unit (Conflict), an unknown role or a resident's (Invalid), and an
    administrator's post made by anybody but the security administrator (NotPermitted).
    """
    _may_fill(role, by)
    require_district(by, unit.district_id)
    if not Area.objects.filter(pk=area_id, district_id=unit.district_id).exists():
        raise Invalid(_("请选择岗位负责的区域"), field="area")
    if not Unit.objects.select_for_update().get(pk=unit.pk).is_open:
        raise Conflict(_("这个单位已经撤并"))
    post = Post.objects.create(
        district_id=unit.district_id,
        unit=unit,
        area_id=area_id,
        role=rules.staff_role(role),
        profession=profession,
        name=rules.post_name(name),
        meeting_words=rules.meeting_words(meeting_words),
    )
    audit.record(
        by=by,
        verb="posts.create",
        subject_kind="post",
        subject_id=post.pk,
        detail={"role": role, "area": area_id},
        unit_id=unit.pk,
    )
    return post


@transaction.atomic
def update_post(
    *, post: Post, by: Viewer, name: str, profession: str = "", meeting_words: str = ""
) -> Post:
    """Change the words of a post; role, unit and area never change: make another post for that."""
    _may_fill(post.role, by)
    require_district(by, post.district_id)
    if post.abolished_at is not None:
        raise Conflict(_("这个岗位已经撤销"))
    post.name = rules.post_name(name)
    post.profession = profession
    post.meeting_words = rules.meeting_words(meeting_words)
    post.save(update_fields=["name", "profession", "meeting_words"])
    audit.record(by=by, verb="posts.update", subject_kind="post", subject_id=post.pk)
    return post


@transaction.atomic
def abolish_post(*, post: Post, by: Viewer) -> Post:
    """Abolish a vacant post; Conflict while somebody is appointed to it."""
    _may_fill(post.role, by)
    require_district(by, post.district_id)
    post = Post.objects.select_for_update().get(pk=post.pk)
    if running(post.appointments.all()).exists():
        raise Conflict(_("岗位上还有人，请先办理离岗"))
    post.abolished_at = clock.now()
    post.save(update_fields=["abolished_at"])
    audit.record(by=by, verb="posts.abolish", subject_kind="post", subject_id=post.pk)
    return post


@transaction.atomic
def appoint(*, post: Post, user: User, by: Viewer, from_at: datetime | None = None) -> Appointment:
    """Put a person in a post, from now or from a later moment.

    Refuses: an abolished post or a closed account (Conflict), the same person twice (Conflict),
    oneself (NotPermitted), an administrator who holds another administrator's or any other post
    (三员分设, GB/T 22239-2019 8.1.5), administrators' posts filled by anybody but the security
    administrator (NotPermitted).
    """
    _may_fill(post.role, by)
    require_district(by, post.district_id)
    require_district(by, user.district_id)
    if by.user_id == user.pk:
        raise NotPermitted(_("不能任命自己，请另一位管理员来做"))
    post = Post.objects.select_for_update().select_related("unit").get(pk=post.pk)
    if post.abolished_at is not None or not post.unit.is_open:
        raise Conflict(_("这个岗位已经撤销"))
    if not user.is_active:
        raise Conflict(_("这个账号已经停用，请先启用"))
    _keep_apart(user, Role(post.role))
    try:
        with transaction.atomic():
            appointment = Appointment.objects.create(
                district_id=post.district_id, post=post, user=user, from_at=from_at or clock.now()
            )
    except IntegrityError as error:
        raise Conflict(_("这个人已经在这个岗位上")) from error
    audit.record(
        by=by,
        verb="posts.appoint",
        subject_kind="appointment",
        subject_id=appointment.pk,
        detail={"post": post.pk, "user": user.pk, "role": post.role},
        unit_id=post.unit_id,
    )
    return appointment


@transaction.atomic
def mark_ended(appointment: Appointment, *, by: Viewer, at: datetime) -> Appointment:
    """End an appointment and all sessions of its holder; for `work.handover` only."""
    appointment.to_at = max(at, appointment.from_at)
    appointment.save(update_fields=["to_at"])
    accounts.end_sessions(appointment.user, by=by)
    audit.record(
        by=by,
        verb="posts.end_appointment",
        subject_kind="appointment",
        subject_id=appointment.pk,
        detail={"post": appointment.post_id, "user": appointment.user_id},
        unit_id=appointment.post.unit_id,
    )
    return appointment


@transaction.atomic
def renew_password(*, user: User, by: Viewer) -> str:
    """Give a person a one-time password, returned once to be handed over; sessions end.

    The system administrator does it for staff; for an administrator the security administrator
    does, so that nobody takes over the audit by a new password.
    """
    if running_roles(user) & ADMINISTRATORS:
        require(by, Right.KEEP_ACCOUNTS)
    if by.user_id == user.pk:
        raise NotPermitted(_("请在“修改密码”里改自己的密码"))
    password = one_time_password()
    accounts.set_password(user=user, password=password, by=by, must_change=True)
    return password


def _may_fill(role: str, by: Viewer) -> None:
    if role in ADMINISTRATORS:
        require(by, Right.KEEP_ACCOUNTS)
    else:
        require(by, Right.SET_UP)


def _keep_apart(user: User, role: Role) -> None:
    held = running_roles(user)
    if role in ADMINISTRATORS and held - {role}:
        raise Conflict(_("管理员不能兼任其他岗位：三员分设，管理与业务分开"))
    if role not in ADMINISTRATORS and held & ADMINISTRATORS:
        raise Conflict(_("这个人是管理员，不能兼任业务岗位：三员分设，管理与业务分开"))
