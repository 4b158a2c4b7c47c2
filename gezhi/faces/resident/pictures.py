"""Photos as a resident sees them: signed addresses that live a short while."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from gezhi.faces.shell.parts import Photo
from gezhi.ground.files import queries as files


def pictures_of(file_ids: Iterable[int]) -> dict[int, Photo]:
    """One photo by its file's id, each with its small form; the caller may see them already."""
    return {
        file_id: Photo(
            url=files.signed_address(file_id),
            thumbnail_url=files.signed_address(file_id, size="thumbnail"),
            caption=_("照片"),
        )
        for file_id in file_ids
    }
