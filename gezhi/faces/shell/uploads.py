"""Photos on their way in: made small and clean at once, kept over an error, stored with the deed."""

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from typing import Any, TypeVar

from django.core import signing
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _

from gezhi.ground.files import actions as files
from gezhi.ground.files.actions import PreparedPhoto
from gezhi.kernel.errors import Invalid
from gezhi.kernel.viewer import Viewer
from gezhi.work.cases.actions import MOST_PHOTOS

_SALT = "shell.uploads"
# Photos of no deed are cleaned from the disk after a day; a kept one is asked for before that.
_SECONDS = 20 * 3600

Result = TypeVar("Result")


@dataclass(frozen=True, slots=True)
class Prepared:
    """Photos ready to be stored, and what was wrong with the others."""

    photos: tuple[PreparedPhoto, ...] = ()
    faults: tuple[str, ...] = ()

    @property
    def token(self) -> str:
        """The photos as a signed text for a hidden field; "" for none."""
        if not self.photos:
            return ""
        rows = [asdict(photo) | {"stored_at": photo.stored_at.isoformat()} for photo in self.photos]
        return signing.dumps(rows, salt=_SALT, compress=True)


def prepare(uploads: Sequence[UploadedFile[Any]], kept: str = "") -> Prepared:
    """Photos kept from the last try and those sent now, each re-encoded; nothing is stored yet.

    More than six are refused (a fault, and the first six stay). A photo that cannot be read is a
    fault that names which one it was; the others stay.
    """
    photos = list(_kept(kept))
    faults = []
    if len(photos) + len(uploads) > MOST_PHOTOS:
        faults.append(_("照片最多 %(most)d 张，多的没有放进来") % {"most": MOST_PHOTOS})
    for place, upload in enumerate(uploads[: MOST_PHOTOS - len(photos)], start=1):
        try:
            photos.append(files.prepare_photo(upload))
        except Invalid as refusal:
            which = _("第 %(place)d 张：") % {"place": place} if len(uploads) > 1 else ""
            faults.append(f"{which}{refusal.message}")
    return Prepared(tuple(photos), tuple(faults))


def _kept(token: str) -> list[PreparedPhoto]:
    """What a token of ours holds; a foreign, old or broken one holds nothing."""
    try:
        rows: list[dict[str, Any]] = signing.loads(token, salt=_SALT, max_age=_SECONDS)
    except signing.BadSignature:
        return []
    photos = [PreparedPhoto(**row) for row in rows]
    return [
        replace(photo, stored_at=datetime.fromisoformat(str(photo.stored_at))) for photo in photos
    ]


def stored_with(
    photos: Sequence[PreparedPhoto],
    *,
    by: Viewer,
    deed: Callable[[list[int]], Result],
    repeated: Callable[[Result], bool] = lambda result: False,
) -> Result:
    """Store the photos and report with their ids in one transaction: both or neither.

    For what takes a report in; every other deed takes prepared photos and stores them itself.

    When the deed answers that it was done before, the photos came a second time and are dropped.
    """
    if not photos:
        return deed([])
    with transaction.atomic():
        result = deed([files.store_photo(photo, by=by).pk for photo in photos])
        if repeated(result):
            transaction.set_rollback(True)
    return result
