"""Staff are told in an emergency, by the inbox and by a message; never a resident."""

from collections.abc import Iterable
from typing import Final

from gezhi.ground.notices import actions as notices
from gezhi.work.emergency.models import Emergency
from gezhi.work.emergency.queries.reach import people
from gezhi.work.emergency.rules import Told

SUBJECT: Final = "emergency"


def tell(emergency: Emergency, told: Iterable[Told], kind: str, key: str) -> int:
    """Tell each of these staff once, in the caller's transaction; answers how many they are."""
    found = people(emergency, told)
    for user_id in found:
        own = f"emergency:{emergency.pk}:{key}:{user_id}"
        notices.notify_user(
            user_id, kind, SUBJECT, emergency.pk, "", own, district_id=emergency.district_id
        )
        notices.send_to_user(user_id, kind, own, district_id=emergency.district_id)
    return len(found)
