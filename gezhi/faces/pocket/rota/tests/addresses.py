"""What the walk of `tests/access` puts into the addresses of this room: what `desk/rota` furnished."""

from gezhi.records.posts.models import Shift
from tests.cast import Cast

SEVERAL = {
    "pocket:rota_swap_deed": ("<slug:deed>", ["agree", "refuse", "withdraw"]),
    "pocket:rota_call": ("<slug:deed>", ["answer", "decline"]),
}


def values(cast: Cast) -> dict[str, str]:
    """The worker's second night: the first is asked about already."""
    mine = Shift.objects.filter(user_id=cast.zhang.user_id).order_by("from_at")
    return {"own_shift_id": str(mine[1].pk)}
