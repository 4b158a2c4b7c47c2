"""Taking photos in and letting them go."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Protocol

from django.db import transaction
from django.utils.translation import gettext as _

from gezhi.ground.audit import actions as audit
from gezhi.ground.files import disk, encoding
from gezhi.ground.files.models import File
from gezhi.ground.jobs.sweeps import Sweep
from gezhi.kernel import clock, secrets
from gezhi.kernel.errors import Invalid, Unseen
from gezhi.kernel.ids import new_id
from gezhi.kernel.outages import outage_of
from gezhi.kernel.viewer import Viewer

ORPHAN_AFTER = timedelta(days=1)


class Upload(Protocol):
    """Anything that can be read once: Django's UploadedFile, ContentFile, an open file."""

    def read(self, amount: int = ..., /) -> bytes: ...


@dataclass(frozen=True, slots=True)
class PreparedPhoto:
    """A photo that is re-encoded and on disk but stands in no table yet."""

    file_id: int
    stored_at: datetime
    width: int
    height: int
    size: int
    digest: str


def prepare_photo(upload: Upload) -> PreparedPhoto:
    """Re-encode an upload and put photo and thumbnail on disk; no database is touched.

    Call it before the transaction of the deed: encoding takes a third of a second, too long to
    hold a lock. Raises Invalid as `encoding.encode`, and where no room is left for it. One that is
    never stored is cleaned away.
    """
    content = upload.read(encoding.UPLOAD_BYTES + 1)
    if not content:
        raise Invalid(_("这张照片是空的，请换一张"), code="photo_empty", field="photo")
    encoded = encoding.encode(content)
    file_id, moment = new_id(), clock.now()
    try:
        disk.write(disk.path_of(file_id, moment, "thumbnail"), encoded.thumbnail)
        disk.write(disk.path_of(file_id, moment, "photo"), encoded.photo)
    except OSError as error:
        if outage_of(error) is None:
            raise
        # The photos may have a disk of their own: what was written is taken all the same.
        raise Invalid(
            _("照片现在存不下（服务器的盘满了或不能写）：可以先去掉照片发出去，过后再补"),
            code="photo_no_room",
            field="photo",
        ) from None
    return PreparedPhoto(
        file_id=file_id,
        stored_at=moment,
        width=encoded.width,
        height=encoded.height,
        size=len(encoded.photo),
        digest=secrets.digest(encoded.photo).hex(),
    )


def store_photo(upload: Upload | PreparedPhoto, *, by: Viewer) -> File:
    """Write the row of a photo in the caller's transaction; bytes are on disk before it commits.

    Takes a prepared photo, or an upload, which it prepares. Raises Invalid as `prepare_photo`. A
    prepared photo that came before (the deed was sent again) is the row that is there already.
    """
    photo = upload if isinstance(upload, PreparedPhoto) else prepare_photo(upload)
    known = File.objects.filter(pk=photo.file_id).first()
    if known is not None:
        return known
    with transaction.atomic():
        file = File(
            id=photo.file_id,
            district_id=by.district_id,
            stored_at=photo.stored_at,
            media_type="image/jpeg",
            width=photo.width,
            height=photo.height,
            size=photo.size,
            digest=photo.digest,
        )
        file.save(force_insert=True)
        audit.record(
            by=by,
            verb="files.store",
            subject_kind="file",
            subject_id=file.id,
            subject_digest=file.digest,
            detail={"bytes": file.size},
        )
    return file


def remove(*, file_id: int, by: Viewer) -> None:
    """Take a photo out of sight at once; its bytes go with the next cleaning, the row stays.

    Unseen when there is none. Who may ask is decided by the owner of the attachment.
    """
    with transaction.atomic():
        found = File.objects.filter(pk=file_id, removed_at=None).update(removed_at=clock.now())
        if not found:
            raise Unseen(_("没有找到这张照片"))
        audit.record(by=by, verb="files.remove", subject_kind="file", subject_id=file_id)


def clean() -> int:
    """Delete bytes that belong to no row, or to a removed one; answers how many files went.

    A file younger than a day is left alone: its transaction may still be open. Machinery without
    a viewer: the decision was the removal, or the transaction that never ended well. One file
    that cannot be deleted keeps none of the others.
    """
    before = (clock.now() - ORPHAN_AFTER).timestamp()
    old = [(path, row) for path, row in disk.stored() if _is_older(path, before)]
    with Sweep("clean-files") as each:
        for start in range(0, len(old), 500):
            part = old[start : start + 500]
            wanted = set(
                File.objects.filter(
                    pk__in=[row for _path, row in part if row], removed_at=None
                ).values_list("pk", flat=True)
            )
            for path, row in part:
                if row not in wanted:
                    with each.one("file", path.name[-80:]):
                        path.unlink(missing_ok=True)
    return each.done


def _is_older(path: Path, moment: float) -> bool:
    try:
        return path.stat().st_mtime < moment
    except FileNotFoundError:
        # A twin of this task was first.
        return False
