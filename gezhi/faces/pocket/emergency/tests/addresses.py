"""What the walk of `tests/access` puts into the addresses of this room; the flood is the desk's."""

from gezhi.work.emergency.models import Emergency
from tests.cast import Cast

SEVERAL = {"pocket:crew_call": ("<slug:deed>", ["answer", "decline"])}


def values(cast: Cast) -> dict[str, str]:
    """The flood, and grid one."""
    row = Emergency.objects.get(plan_code="flood")
    return {"emergency_id": str(row.pk), "grid_id": str(cast.street.grid.pk)}
