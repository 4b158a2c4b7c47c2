"""Size against time as a picture: each page's p95 at every size, on a logarithmic line."""

import math
from pathlib import Path
from xml.sax.saxutils import escape

from benchmarks.large.measuring import Timed
from benchmarks.large.visits import PEOPLE

_SHOWN = 40
_LEFT, _WIDE, _LINE, _TOP = 300, 560, 18, 46
_LEAST, _MOST = 1.0, 1000.0
_GOAL = 100.0
_COLORS = ("#9db4c0", "#2f6690", "#b23a48")


def _at(milliseconds: float) -> float:
    share = math.log(max(milliseconds, _LEAST) / _LEAST) / math.log(_MOST / _LEAST)
    return _LEFT + _WIDE * min(share, 1.0)


def drawn(title: str, sizes: dict[int, list[Timed]]) -> str:
    """An SVG: a line a page, the slowest at the largest size first, a dot a size."""
    by_size = {size: {(one.who, one.name): one for one in found} for size, found in sizes.items()}
    largest = by_size[max(by_size)]
    asked = sorted(largest.values(), key=lambda one: -one.p95)[:_SHOWN]
    height = _TOP + _LINE * len(asked) + 30
    pieces = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="900" height="{height}"'
        ' font-family="sans-serif" font-size="12" fill="#333">',
        f'<rect width="900" height="{height}" fill="#fff"/>',
        f'<text x="12" y="20" font-size="14">{escape(title)}</text>',
    ]
    for mark in (1, 10, 100, 1000):
        strong = ' stroke="#b23a48"' if mark == _GOAL else ' stroke="#ddd"'
        pieces.append(
            f'<line x1="{_at(mark):.0f}" x2="{_at(mark):.0f}" y1="{_TOP - 8}"'
            f' y2="{height - 24}"{strong}/>'
            f'<text x="{_at(mark):.0f}" y="{height - 8}" text-anchor="middle">{mark} 毫秒</text>'
        )
    for place, (size, color) in enumerate(zip(sorted(by_size), _COLORS, strict=False)):
        x = _LEFT + place * 150
        pieces.append(f'<circle cx="{x}" cy="32" r="5" fill="{color}"/>')
        pieces.append(f'<text x="{x + 10}" y="36">{size:,} 件</text>')
    for line, one in enumerate(asked):
        y = _TOP + _LINE * line + 8
        name = escape(f"{PEOPLE[one.who]}：{one.name}"[:40])
        pieces.append(f'<text x="{_LEFT - 12}" y="{y + 4}" text-anchor="end">{name}</text>')
        for size, color in zip(sorted(by_size), _COLORS, strict=False):
            found = by_size[size].get((one.who, one.name))
            if found is not None:
                pieces.append(f'<circle cx="{_at(found.p95):.1f}" cy="{y}" r="5" fill="{color}"/>')
    return "\n".join([*pieces, "</svg>\n"])


def write(path: Path, title: str, sizes: dict[int, list[Timed]]) -> None:
    """Draw the picture into this file."""
    path.write_text(drawn(title, sizes), encoding="utf-8")
