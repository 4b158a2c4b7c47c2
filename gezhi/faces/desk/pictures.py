"""Stored photos as a page shows them: short-lived signed addresses for this viewer."""

from collections.abc import Iterable

from gezhi.faces.shell.parts import Photo
from gezhi.ground.files import queries as files
from gezhi.kernel.viewer import Viewer


def photos(viewer: Viewer, file_ids: Iterable[int], caption: str = "") -> list[Photo]:
    """Small and large form of each photo; the addresses die with the viewer's session."""
    return [
        Photo(
            url=files.signed_address(file_id, viewer),
            thumbnail_url=files.signed_address(file_id, viewer, size="thumbnail"),
            caption=caption,
        )
        for file_id in file_ids
    ]
