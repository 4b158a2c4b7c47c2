"""What random histories do to posts (`tests/journeys`): whoever left is there again."""

from gezhi.records.posts.models import Appointment
from tests.journeys.occasions import Move, Occasion


def _return_to_post(_at: Occasion) -> None:
    Appointment.objects.exclude(to_at=None).update(to_at=None)


MOVES: dict[str, Move] = {"return_to_post": _return_to_post}
OFTEN: tuple[str, ...] = ()
