"""The code on a photographed paper."""

from io import BytesIO

from PIL import Image

from gezhi.ground.files import disk
from gezhi.ground.files.actions import PreparedPhoto

# The longest text a paper of ours carries, and more.
_MOST = 100


def code_on(photo: PreparedPhoto) -> str:
    """The text of the first QR code on a photo; "" where none can be read.

    Only of a photo that was encoded anew: what somebody sent is never opened outside of its child.
    """
    # Loaded when a paper is photographed: most processes never read a code.
    import zxingcpp

    path = disk.path_of(photo.file_id, photo.stored_at, "photo")
    with Image.open(BytesIO(path.read_bytes())) as picture:
        found = zxingcpp.read_barcodes(
            picture.convert("L"), formats=zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode)
        )
    return next((one.text[:_MOST] for one in found if one.text), "")
