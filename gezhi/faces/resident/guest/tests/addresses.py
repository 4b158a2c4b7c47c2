"""What the walk of `tests/access` puts into the addresses of this room."""

from gezhi.work.cases import actions
from gezhi.work.cases.inviting import signs_of
from gezhi.work.cases.models import Attachment
from gezhi.work.cases.tests.playing import Play
from tests.cast import Cast

_KEY = "access-invitation"


def furnish(cast: Cast) -> None:
    """A link for a case with the property firm, and what could be its photo."""
    play = Play(cast)
    firm = cast.street.property_firm.pk
    play.report(photos=(play.photo(),)).accept().dispatch(lead_unit_id=firm)
    by = cast.dispatcher.viewer
    play.do(actions.invite, by, key=_KEY, unit_id=firm, brief="把门口的袋子清走", photos=True)


def values(cast: Cast) -> dict[str, str]:
    """Its link, without the code: nobody who has only that reads anything."""
    photo = Attachment.objects.filter(case__invitations__isnull=False).latest("pk")
    return {
        "link": signs_of(cast.dispatcher.viewer, _KEY).link,
        "resident:guest_photo file_id": str(photo.file_id),
    }
