"""Our side of the encoder: what is sent to it, how long it may take, what its answers mean."""

import json
from dataclasses import dataclass
from pathlib import Path

from django.utils.translation import gettext as _

from gezhi.ground.files import encoder
from gezhi.kernel import confined
from gezhi.kernel.errors import Invalid

_PROGRAM = Path(__file__).with_name("encoder.py")
UPLOAD_BYTES = 10 * 1024 * 1024
LIMITS = confined.Limits(memory_bytes=1 << 30, cpu_seconds=20, answer_bytes=32 << 20, seconds=30)


@dataclass(frozen=True, slots=True)
class Encoded:
    """The new picture: JPEG bytes of photo and thumbnail, and the photo's size in pixels."""

    width: int
    height: int
    photo: bytes
    thumbnail: bytes


def media_type(head: bytes) -> str | None:
    """The type the first bytes tell, of the three we take; the sent name and type are not asked."""
    if head.startswith(b"\xff\xd8\xff"):
        return "image/jpeg"
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return "image/png"
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return "image/webp"
    return None


def encode(upload: bytes) -> Encoded:
    """A new picture from a stranger's bytes, made in a child with 1 GiB, 20 CPU and 30 s at most.

    Raises Invalid (field `photo`) for more than 10 MB, another type, more than 50 megapixels, and
    for anything that does not decode.
    """
    if len(upload) > UPLOAD_BYTES:
        raise Invalid(_("照片不能超过 10 MB，请压缩后再传"), code="photo_too_big", field="photo")
    if media_type(upload[:16]) is None:
        raise Invalid(_("只能上传 JPEG、PNG 或 WebP 照片"), code="photo_type", field="photo")
    answer = confined.run(_PROGRAM, upload, limits=LIMITS) or b""
    line, _newline, body = answer.partition(b"\n")
    try:
        head = json.loads(line)
    except ValueError:
        raise _unreadable() from None
    if head.get("refused") == "too_many_pixels":
        raise Invalid(
            _("照片超过 5000 万像素，请缩小后再传"), code="photo_too_many_pixels", field="photo"
        )
    if "refused" in head:
        raise _unreadable()
    return _encoded(head, body)


def _encoded(head: dict[str, int], body: bytes) -> Encoded:
    """The parts of an answer; a child that was fooled can only give a picture that is wrong."""
    photo, thumbnail = body[: head["photo"]], body[head["photo"] :]
    sides = (head["width"], head["height"])
    if media_type(photo) != "image/jpeg" or media_type(thumbnail) != "image/jpeg":
        raise _unreadable()
    if len(thumbnail) != head["thumbnail"] or not all(0 < s <= encoder.LONGEST for s in sides):
        raise _unreadable()
    return Encoded(*sides, photo=photo, thumbnail=thumbnail)


def _unreadable() -> Invalid:
    return Invalid(
        _("这张照片读不出来，可能已损坏，请换一张"), code="photo_unreadable", field="photo"
    )
