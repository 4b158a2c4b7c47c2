"""Addresses of stored photos and what they open."""

from dataclasses import dataclass
from pathlib import Path

from django.utils.translation import gettext as _

from gezhi.ground.files import addresses, disk, doors
from gezhi.ground.files.addresses import Address
from gezhi.ground.files.models import File
from gezhi.kernel.errors import NotPermitted, Unseen
from gezhi.kernel.viewer import Viewer

PREFIX = "/files/"


@dataclass(frozen=True, slots=True)
class Opened:
    """A photo that may be sent now: where its bytes lie, what they are, what to call them."""

    path: Path
    media_type: str
    name: str
    size: int


def signed_address(
    file_id: int, viewer: Viewer, *, size: disk.Size = "photo", report_id: int | None = None
) -> str:
    """The path (`/files/…`) at which this viewer may fetch this photo for the next minutes.

    Whether the viewer may see it at all is decided by whoever shows the page; this binds the answer
    to them. A member of staff's address opens only in their own session. A stranger's is bound to
    the report whose receipt they hold and opens for ten minutes wherever it is carried; NotPermitted
    for a stranger without one.
    """
    holder = _holder(viewer, report_id)
    if not holder:
        raise NotPermitted(_("请先登录，或用受理号和查询码打开"))
    return PREFIX + addresses.sign(Address(file_id, size, holder))


def open_signed(viewer: Viewer, signed: str) -> Opened:
    """The photo of a signed address; Unseen when it is forged, over, another user's, removed, or
    closed since to this member of staff."""
    address = addresses.read(signed)
    if address is None or not _may_open(viewer, address.holder):
        raise Unseen(_("照片地址已过期，请刷新页面"))
    if not (viewer.is_anonymous or doors.is_open(viewer, address.file_id)):
        raise Unseen(_("没有找到这张照片"))
    small = address.size == "thumbnail"
    return open_shown(address.file_id, size="thumbnail" if small else "photo")


def open_shown(file_id: int, *, size: disk.Size = "photo") -> Opened:
    """The photo, for a page that has just seen that whoever asks may look at it; Unseen when it is
    removed."""
    file = File.objects.filter(pk=file_id, removed_at=None).first()
    if file is None:
        raise Unseen(_("没有找到这张照片"))
    path = disk.path_of(file.pk, file.stored_at, size)
    if not path.is_file():
        raise Unseen(_("没有找到这张照片"))
    return Opened(path, file.media_type, f"{file.pk}.jpg", path.stat().st_size)


def _holder(viewer: Viewer, report_id: int | None) -> str:
    if viewer.user_id is not None:
        return f"u{viewer.user_id}"
    return f"r{report_id}" if report_id is not None else ""


def _may_open(viewer: Viewer, holder: str) -> bool:
    return holder.startswith("r") or holder == _holder(viewer, None)
