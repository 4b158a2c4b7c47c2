"""What the walk of `tests/access` puts into the addresses of this room."""

from gezhi.work.blanks import actions
from gezhi.work.blanks.models import BlankSet
from gezhi.work.blanks.rules import number_of
from tests.cast import Cast


def furnish(cast: Cast) -> None:
    """A set of two blanks for the first community, printed by the centre."""
    actions.print_set(
        area_id=cast.street.community.pk, size=2, by=cast.acceptor.viewer, key="furnish-blanks"
    )


def values(_cast: Cast) -> dict[str, str]:
    """The set, and the number of its first blank."""
    row = BlankSet.objects.latest("pk")
    return {"set_id": str(row.pk), "number": number_of(row.first_serial)}
