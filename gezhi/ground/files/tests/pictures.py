"""Pictures made in memory, good and hostile."""

import io
import struct
import zlib

from django.core.files.base import ContentFile
from PIL import Image
from pillow_heif import register_heif_opener

register_heif_opener()
ORIENTATION, GPS, MAKER = 0x0112, 0x8825, 0x010F


def picture(form="JPEG", size=(40, 20), mode="RGB", colour="red", **options):
    """Bytes of a one-colour picture."""
    out = io.BytesIO()
    Image.new(mode, size, colour).save(out, form, **options)
    return out.getvalue()


def upload(content):
    return ContentFile(content, name="photo.jpg")


def with_secrets_inside():
    """A JPEG with a position, a camera, an XMP packet, a comment and a colour profile."""
    exif = Image.Exif()
    exif[MAKER] = "CAMERA-CANARY"
    exif.get_ifd(GPS).update({1: "N", 2: (30.0, 39.0, 1.0), 3: "E", 4: (104.0, 5.0, 1.0)})
    return picture(
        exif=exif,
        xmp=b"<x>XMP-CANARY</x>",
        comment=b"COMMENT-CANARY",
        icc_profile=b"ICC-CANARY" * 20,
    )


def turned():
    """40 wide and 20 high in the file, to be shown turned by a quarter; its left half is blue."""
    image = Image.new("RGB", (40, 20), "red")
    image.paste("blue", (0, 0, 20, 20))
    exif = Image.Exif()
    exif[ORIENTATION] = 6
    out = io.BytesIO()
    image.save(out, "JPEG", exif=exif, quality=95)
    return out.getvalue()


def heic_with_secrets_inside():
    """A HEIC as phones write it: turned by its container, with a position and a camera."""
    exif = Image.Exif()
    exif[MAKER], exif[ORIENTATION] = "CAMERA-CANARY", 6
    exif.get_ifd(GPS).update({1: "N", 2: (30.0, 39.0, 1.0), 3: "E", 4: (104.0, 5.0, 1.0)})
    image = Image.new("RGB", (80, 40), "red")
    image.paste("blue", (0, 0, 40, 40))
    out = io.BytesIO()
    image.save(out, "HEIF", exif=exif.tobytes(), xmp=b"<x>XMP-CANARY</x>", quality=90)
    return out.getvalue()


def heic_claiming(width, height):
    """A HEIC of 80 by 40 pixels whose header claims another size."""
    sent = picture("HEIF", size=(80, 40))
    claim = sent.index(b"ispe") + 8
    return sent[:claim] + struct.pack(">II", width, height) + sent[claim + 8 :]


def branded(own, *others):
    """A HEIC that names itself by other brands: its own, and what else it can be read as."""
    sent = picture("HEIF")
    names = b"".join((own, b"\0\0\0\0", *others)).ljust(int.from_bytes(sent[:4], "big") - 8)
    return sent[:8] + names + sent[8 + len(names) :]


def _chunk(kind, body):
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def png_claiming(width, height, rows=b""):
    """A PNG whose header claims a size, whatever follows it."""
    return (
        b"\x89PNG\r\n\x1a\n"
        + _chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0))
        + _chunk(b"IDAT", zlib.compress(rows))
        + _chunk(b"IEND", b"")
    )


def bomb():
    """A real PNG of 51 megapixels of nothing: about 50 kB that unpack to 51 MB."""
    width, height = 8000, 6400
    packer = zlib.compressobj(9)
    body = b"".join(packer.compress(b"\0" * (width + 1)) for _ in range(height)) + packer.flush()
    return (
        b"\x89PNG\r\n\x1a\n"
        + _chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0))
        + _chunk(b"IDAT", body)
        + _chunk(b"IEND", b"")
    )


HTML = b"<!doctype html><script>alert('CANARY')</script>"
SVG = b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>"


def hostile():
    """Bytes that must be refused, by what they try."""
    jpeg, png = picture(size=(200, 200)), picture("PNG", size=(200, 200))
    heic = picture("HEIF", size=(200, 200))
    return {
        "nothing": b"",
        "html": HTML,
        "svg": SVG,
        "svg behind an xml head": b"<?xml version='1.0'?>" + SVG,
        "gif": picture("GIF"),
        "gif that is a script": b"GIF89a/*" + b"\0" * 20 + b"*/=1;alert(1)",
        "bmp": picture("BMP"),
        "tiff": picture("TIFF"),
        "pdf": b"%PDF-1.7\n" + jpeg,
        "zip": b"PK\x03\x04" + png,
        "program": b"\x7fELF" + png,
        "png signature before html": b"\x89PNG\r\n\x1a\n" + HTML,
        "jpeg signature before html": b"\xff\xd8\xff\xe0" + HTML,
        "webp signature before html": b"RIFF\x00\x10\x00\x00WEBP" + HTML,
        "truncated jpeg": jpeg[: len(jpeg) // 2],
        "truncated png": png[: len(png) // 2],
        "png that lies about its length": png_claiming(300, 300, b"\0" * 10),
        "png of no width": png_claiming(0, 10),
        "bomb": bomb(),
        "png that claims 4 gigapixels": png_claiming(65_000, 65_000),
        "only a signature": b"\xff\xd8\xff",
        "avif": picture("AVIF"),
        "film": branded(b"isom", b"mp42"),
        "heic signature before html": b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + HTML,
        "truncated heic": heic[: len(heic) // 2],
        "heic of no width": heic_claiming(0, 40),
        "heic that claims 51 megapixels": heic_claiming(8000, 6400),
        "heic that claims less than it unpacks to": heic_claiming(8, 4),
        "heic that claims more than it holds": heic_claiming(800, 400),
        "postscript": b"%!PS-Adobe-3.0 EPSF-3.0\n" + jpeg,
    }
