"""What the walk of `tests/access` puts into the addresses of this room."""

from gezhi.ground.notices.models import Delivery
from gezhi.kernel import clock
from tests.cast import Cast

_KEY = "access-delivery"


def furnish(cast: Cast) -> None:
    """A message that did not go out."""
    Delivery.objects.create(
        district_id=cast.street.district.pk,
        key=_KEY,
        provider="sms",
        recipient_kind="user",
        recipient_id=cast.zhang.user_id,
        kind="case_ask",
        state="failed",
        fault="signature",
        tries=1,
        asked_at=clock.now(),
    )


def values(_cast: Cast) -> dict[str, str]:
    """It."""
    return {"delivery_id": str(Delivery.objects.get(key=_KEY).pk)}
