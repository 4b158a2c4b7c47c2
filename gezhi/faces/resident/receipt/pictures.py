"""Photos as a resident sees them: signed addresses, bound to their report, that live minutes."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from gezhi.faces.shell.parts import Photo
from gezhi.ground.files import queries as files
from gezhi.kernel.viewer import Viewer


def pictures_of(report_id: int, file_ids: Iterable[int], by: Viewer) -> dict[int, Photo]:
    """One photo by its file's id, each with its small form; the caller may see them already."""
    return {
        file_id: Photo(
            url=files.signed_address(file_id, by, report_id=report_id),
            thumbnail_url=files.signed_address(file_id, by, size="thumbnail", report_id=report_id),
            caption=_("照片"),
        )
        for file_id in file_ids
    }
