"""What the walk of `tests/access` puts into the addresses of the shell."""

from gezhi.work.cases.models import Case
from gezhi.work.invitations.group_texts import short_of
from tests.cast import Cast


def values(_cast: Cast) -> dict[str, str]:
    """The short sign of a case in the first grid that a unit without accounts has in hand."""
    case = Case.objects.filter(invitations__isnull=False).earliest("pk")
    return {"short": short_of(case.pk)}
