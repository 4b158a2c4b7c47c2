"""Photos on the page of an invitation: each asked for by itself, so that taken back is gone."""

from collections.abc import Iterable

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from gezhi.faces.resident.guest import passes
from gezhi.faces.shell.files import sent
from gezhi.faces.shell.parts import Photo
from gezhi.ground.files import queries as files
from gezhi.kernel.errors import Unseen
from gezhi.work.invitations import queries

_SMALL = "small"


@require_safe
def photo(request: HttpRequest, link: str, file_id: int) -> HttpResponseBase:
    """One photo of the page, to a phone that was let in while the invitation holds; else Unseen."""
    found = passes.passed(request, link)
    if not (found.let_in and queries.may_look(found.invitation, file_id)):
        raise Unseen(_("没有找到这张照片"))
    opened = files.open_shown(file_id, size="thumbnail" if _SMALL in request.GET else "photo")
    return sent(opened, kept=0)


def pictures_of(link: str, file_ids: Iterable[int]) -> dict[int, Photo]:
    """One photo by its file's id, each with its small form."""
    found = {}
    for file_id in file_ids:
        address = reverse("resident:guest_photo", args=[link, file_id])
        found[file_id] = Photo(
            url=address, thumbnail_url=f"{address}?{_SMALL}=1", caption=_("照片")
        )
    return found
