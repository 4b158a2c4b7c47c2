"""Who sits where now: the viewer of a user, the crew of a point."""

from django.contrib.auth.models import AnonymousUser
from django.db.models import Q

from gezhi.ground.accounts.models import User
from gezhi.kernel import clock
from gezhi.kernel.viewer import Level, Role, Seat, Viewer
from gezhi.records.posts.models import Appointment


def viewer_of(user: User | AnonymousUser) -> Viewer:
    """The viewer a user is now: one query; a user without appointments sees nothing."""
    if not isinstance(user, User) or not user.is_authenticated or not user.is_active:
        return Viewer.anonymous()
    now = clock.now()
    rows = (
        Appointment.objects.filter(user_id=user.pk, from_at__lte=now, post__abolished_at=None)
        .filter(Q(to_at=None) | Q(to_at__gt=now))
        .order_by("from_at", "id")
        .values_list(
            "post_id", "post__unit_id", "post__role", "post__area_id", "post__area__level"
        )
    )
    return Viewer(
        user_id=user.pk,
        district_id=user.district_id,
        seats=tuple(
            Seat(post_id=post, unit_id=unit, role=Role(role), area_id=area, level=Level(level))
            for post, unit, role, area, level in rows
        ),
    )
