"""The child that looks at a stranger's bytes: decodes a picture and writes a new one.

Run by `kernel.confined`: no environment, no keys, hard limits. It reads the upload from standard
input and answers on standard output with one line of JSON, then the photo, then the
thumbnail. It imports nothing of Gezhi, so that no setting or secret is within reach of a decoder
that has been fooled. What it writes holds pixels only: no EXIF, ICC, XMP, comment or tail.
"""

import io
import json
import math
import re
import sys

from PIL import Image, ImageOps

PIXELS = 50_000_000
LONGEST = 2048
THUMBNAIL = 320
QUALITY = 82
FORMATS = ("JPEG", "PNG", "WEBP", "HEIF")


class Refused(Exception):
    """The bytes are no picture we take; the argument is the code of the reason."""


def encode(upload: bytes) -> tuple[dict[str, int], bytes, bytes]:
    """Facts, photo and thumbnail of an upload; raises Refused with `too_many_pixels`, `unreadable`.

    The photo is a JPEG of at most 2048 pixels on its longer side, turned as its EXIF said, with
    transparency laid on white; the first picture of an animation.
    """
    # The size stands in the header and is judged before a single pixel is decoded.
    Image.MAX_IMAGE_PIXELS = None
    try:
        if upload[4:8] == b"ftyp":
            _learn_heic()
            if _claimed_pixels(upload) > PIXELS:
                raise Refused("too_many_pixels")
        with Image.open(io.BytesIO(upload), formats=FORMATS) as opened:
            if opened.width * opened.height > PIXELS:
                raise Refused("too_many_pixels")
            opened.draft("RGB", (LONGEST, LONGEST))
            opened.load()
            picture = _upright(opened)
    except Refused:
        raise
    except Exception as error:
        # Decoders raise whatever they like on broken bytes (OSError, SyntaxError, MemoryError …).
        raise Refused("unreadable") from error
    photo = _fitted(picture, LONGEST)
    thumbnail = _fitted(photo, THUMBNAIL)
    facts = {"width": photo.width, "height": photo.height}
    return facts, _jpeg(photo), _jpeg(thumbnail)


def _learn_heic() -> None:
    """Let Pillow open what phones write; loaded for such a photo only, it is large.

    One thread: each more would set aside its own share of the memory the child has. A preview or
    a map of depths in the file is nobody's photo.
    """
    from pillow_heif import register_heif_opener

    register_heif_opener(decode_threads=1, thumbnails=False, depth_images=False)


def _claimed_pixels(upload: bytes) -> int:
    """Pixels of the largest picture in the container, as its header says before any cropping.

    What Pillow calls the size is what is left after the container's crop; all of it is decoded.
    """
    at, most = 0, 0
    while at + 8 <= len(upload):
        size, kind = int.from_bytes(upload[at : at + 4], "big"), upload[at + 4 : at + 8]
        if kind == b"meta":
            for found in re.finditer(b"ispe.{4}(.{4})(.{4})", upload[at : at + size], re.DOTALL):
                most = max(most, math.prod(int.from_bytes(side, "big") for side in found.groups()))
        # 0 is a box to the end, 1 one of more than 4 GB: neither comes before the header.
        at += size if size >= 8 else len(upload)
    return most


def _upright(picture: Image.Image) -> Image.Image:
    """RGB pixels in reading position, made small before anything copies them."""
    turned = picture.getexif().get(0x0112, 1)
    if max(picture.size) > LONGEST:
        picture.thumbnail((LONGEST, LONGEST), reducing_gap=2.0)
    plain = _rgb(picture)
    exif = plain.getexif()
    exif.clear()
    exif[0x0112] = turned
    return ImageOps.exif_transpose(plain)


def _rgb(picture: Image.Image) -> Image.Image:
    if picture.mode.startswith("I"):
        # 16-bit greys would be clipped, not scaled, by a plain conversion.
        picture = picture.convert("I").point(lambda level: level / 256).convert("L")
    if picture.has_transparency_data:
        layered = picture.convert("RGBA")
        ground = Image.new("RGBA", layered.size, "white")
        return Image.alpha_composite(ground, layered).convert("RGB")
    return picture.convert("RGB")


def _fitted(picture: Image.Image, longest: int) -> Image.Image:
    """A fresh picture that carries no information dictionary of the old one."""
    fresh = Image.new("RGB", picture.size)
    fresh.paste(picture)
    if max(fresh.size) > longest:
        fresh.thumbnail((longest, longest))
    return fresh


def _jpeg(picture: Image.Image) -> bytes:
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=QUALITY)
    return out.getvalue()


def main() -> int:
    """Read, encode, answer; exit status 0 also for a refusal, which is an answer."""
    out = sys.stdout.buffer
    try:
        facts, photo, thumbnail = encode(sys.stdin.buffer.read())
    except Refused as refusal:
        out.write(json.dumps({"refused": str(refusal)}).encode() + b"\n")
        return 0
    head = facts | {"photo": len(photo), "thumbnail": len(thumbnail)}
    out.write(json.dumps(head).encode() + b"\n" + photo + thumbnail)
    out.flush()
    return 0


if __name__ == "__main__":
    sys.exit(main())
