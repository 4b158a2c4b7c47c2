"""Who of a profession 专业力量 looks after an area, for calling them."""

from django.db.models import Q

from gezhi.ground.accounts.models import User
from gezhi.records.posts.models import Appointment
from gezhi.records.posts.queries import running


def people_of(
    profession: str, *, street_id: int, community_id: int | None = None
) -> list[tuple[int, User]]:
    """The active people of a profession over a street or any part of it, each with the unit of the
    post, longest first; with a community, of that one and of the whole street."""
    here = Q(post__area_id=street_id) | Q(post__area__street_id=street_id)
    if community_id is not None:
        here = Q(post__area_id__in=(street_id, community_id))
        here |= Q(post__area__community_id=community_id)
    rows = Appointment.objects.filter(here, post__profession=profession, user__is_active=True)
    found = running(rows).select_related("user", "post").order_by("from_at", "id")
    return list({row.user_id: (row.post.unit_id, row.user) for row in found}.values())
