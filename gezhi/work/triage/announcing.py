"""Telling supervisors that advice got worse, or that there is enough to learn from anew."""

from django.utils.translation import gettext_lazy as _

from gezhi.ground.accounts.models import User
from gezhi.ground.notices import actions as notices
from gezhi.ground.notices import sentences
from gezhi.kernel.viewer import Role
from gezhi.records.posts import queries as posts
from gezhi.records.units import queries as units

SENTENCES = {
    "triage_fell": _("智能分拨的正确率下降了，请看成效页"),
    "triage_digest": _("本周的热点出来了，请看热点页"),
    "triage_learn": _("攒够了新的办结事件，可以重新训练智能分拨"),
}


def register() -> None:
    """Teach the inbox what our kinds of notice say; called once by the app."""
    for kind, sentence in SENTENCES.items():
        sentences.STAFF.setdefault(kind, sentence)


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
