"""What the walk of `tests/access` puts into the addresses of this room."""

from gezhi.work.cases import actions
from gezhi.work.cases.models import Precedent
from gezhi.work.cases.tests.playing import Play
from tests.cast import Cast


def furnish(cast: Cast) -> None:
    """A precedent of the street."""
    kept = actions.PrecedentAsked(cast.street.street.pk, "门口道路上的垃圾")
    Play(cast).disputed().rule(precedent=kept)


def values(_cast: Cast) -> dict[str, str]:
    """The precedent."""
    return {"precedent_id": str(Precedent.objects.get().pk)}
