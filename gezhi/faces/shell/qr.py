"""A QR code as one path of an SVG: no picture file, no style, nothing the CSP would refuse."""

from dataclasses import dataclass

import qrcode
from qrcode.constants import ERROR_CORRECT_M

_QUIET = 4


@dataclass(frozen=True, slots=True)
class Drawing:
    """The side of the square in modules, quiet zone included, and the path of its dark ones."""

    side: int
    path: str


def draw(text: str) -> Drawing:
    """The code of a short text (ISO/IEC 18004, level M: 15 % may be smudged on paper)."""
    code = qrcode.QRCode(error_correction=ERROR_CORRECT_M, border=_QUIET)
    code.add_data(text)
    code.make(fit=True)
    rows = code.get_matrix()
    runs = []
    for y, row in enumerate(rows):
        x = 0
        while x < len(row):
            if not row[x]:
                x += 1
                continue
            end = x
            while end < len(row) and row[end]:
                end += 1
            runs.append(f"M{x} {y}h{end - x}v1h-{end - x}z")
            x = end
    return Drawing(len(rows), "".join(runs))
