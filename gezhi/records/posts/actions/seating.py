"""Seating people: in a vacant post of the kind, or in one that is made for them."""

from django.db import transaction

from gezhi.ground.accounts.models import User
from gezhi.kernel.viewer import Role, Viewer
from gezhi.records.posts import rules
from gezhi.records.posts.actions.appointing import appoint, create_post
from gezhi.records.posts.models import Appointment, Post
from gezhi.records.posts.queries import running
from gezhi.records.posts.staff_list import Place
from gezhi.records.units.models import Unit


@transaction.atomic
def seat(
    *,
    user: User,
    unit: Unit,
    role: str,
    by: Viewer,
    area_id: int | None = None,
    name: str = "",
    profession: str = "",
    meeting_words: str = "",
) -> Appointment:
    """Appoint somebody to a vacant post of this unit, area, role and name, made if there is none.

    Refuses what `create_post` and `appoint` refuse. The area is the unit's unless given.
    """
    post_name = name or str(rules.ROLE_NAMES[Role(rules.staff_role(role))])
    place = Place(unit.pk, area_id or unit.area_id, role, post_name, profession, meeting_words)
    post, _is_new = post_for(unit, place, by=by)
    return appoint(post=post, user=user, by=by)


def post_for(unit: Unit, place: Place, *, by: Viewer) -> tuple[Post, bool]:
    """A vacant post at this place, or one made for it, and whether it was made. Refuses what
    `create_post` does."""
    vacant = _vacant_posts({unit.pk}).get((unit.pk, place.area_id, place.role, place.name))
    if vacant:
        return vacant[-1], False
    post = create_post(
        unit=unit, area_id=place.area_id, role=place.role, name=place.name,
        profession=place.profession, meeting_words=place.meeting_words, by=by,
    )  # fmt: skip
    return post, True


def _vacant_posts(unit_ids: set[int]) -> dict[tuple[int, int, str, str], list[Post]]:
    taken = running(Appointment.objects.filter(post__unit_id__in=unit_ids)).values("post_id")
    found: dict[tuple[int, int, str, str], list[Post]] = {}
    rows = Post.objects.filter(unit_id__in=unit_ids, abolished_at=None).exclude(pk__in=taken)
    for post in rows.order_by("-id"):
        found.setdefault((post.unit_id, post.area_id, post.role, post.name), []).append(post)
    return found
