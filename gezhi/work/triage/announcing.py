"""Telling supervisors how advice fares and when to learn anew, and leaders what is hot."""

from gezhi.ground.accounts.models import User
from gezhi.ground.notices import actions as notices
from gezhi.kernel.viewer import Role
from gezhi.records.posts import queries as posts
from gezhi.records.units import queries as units


def tell_supervisors(kind: str, *, district_id: int, street_id: int, key: str) -> int:
    """Put one line into the inbox of each supervisor of a street, or of the district when the
    street is 0; the same key tells once. Answers how many were told."""
    if street_id:
        people = posts.users_in(units.centre_of(district_id, street_id).pk, (Role.SUPERVISOR,))
    else:
        people = posts.users_with(district_id, Role.SUPERVISOR)
    return _tell(people, kind, district_id, key)


def tell_leaders(kind: str, *, district_id: int, key: str) -> int:
    """Put one line into the inbox of each leader of a district; the same key tells once."""
    return _tell(posts.users_with(district_id, Role.LEADER), kind, district_id, key)


def _tell(people: list[User], kind: str, district_id: int, key: str) -> int:
    for user in people:
        notices.notify_user(
            user_id=user.pk,
            kind=kind,
            subject_kind="triage",
            subject_id=None,
            subject_number="",
            key=f"{key}:{user.pk}",
            district_id=district_id,
        )
    return len(people)
