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
# An ISO container names its brands first; these are photos (HEVC), where others are films or AVIF.
_HEIC = {b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"hevm", b"hevs"}
_HEAD = 512
LIMITS = confined.Limits(memory_bytes=1 << 30, cpu_seconds=20, answer_bytes=32 << 20, seconds=30)


@dataclass(frozen=True, slots=True)
class Encoded:
    """The new picture: JPEG bytes of photo and thumbnail, and the photo's size in pixels."""

    width: int
    height: int
    photo: bytes
    thumbnail: bytes


def media_type(head: bytes) -> str | None:
    """The type the first bytes tell, of the four we take; the sent name and type are not asked."""
    if head.startswith(b"\xff\xd8\xff"):
        return "image/jpeg"
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return "image/png"
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return "image/webp"
    if head[4:8] == b"ftyp" and _brands(head) & _HEIC:
        return "image/heic"
    return None


def _brands(head: bytes) -> set[bytes]:
    """What an ISO container calls itself and what it says it can be read as."""
    end = min(int.from_bytes(head[:4], "big"), len(head))
    return {head[8:12]} | {head[at : at + 4] for at in range(16, end, 4)}


def encode(upload: bytes) -> Encoded:
    """A new picture from a stranger's bytes, made in a child with 1 GiB, 20 CPU and 30 s at most.

    Raises Invalid (field `photo`) for more than 10 MB, another type, more than 50 megapixels, and
    for anything that does not decode.
    """
    if len(upload) > UPLOAD_BYTES:
        raise Invalid(_("照片不能超过 10 MB，请压缩后再传"), code="photo_too_big", field="photo")
    if media_type(upload[:_HEAD]) is None:
        raise Invalid(
            _(
                "这个文件收不了，只收照片（JPEG、PNG、WebP、HEIC）。"
                "在手机上打开它，截一张屏，传截图就行"
            ),
            code="photo_type",
            field="photo",
        )
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
        _("这张照片读不出来，可能已损坏。请在手机上打开它，截一张屏，传截图；或者换一张"),
        code="photo_unreadable",
        field="photo",
    )
