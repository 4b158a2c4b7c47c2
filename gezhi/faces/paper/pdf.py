"""A paper as A4 PDF: set by typst, which comes in a wheel and needs nothing of the machine but a font."""

import json
from dataclasses import asdict
from functools import cache
from pathlib import Path
from threading import Lock
from typing import Any

from django.conf import settings

from gezhi.faces.paper.description import Part
from gezhi.faces.paper.printed import Printed
from gezhi.faces.shell import qr
from gezhi.kernel import fonts
from gezhi.kernel.errors import Refusal

MEDIA_TYPE = "application/pdf"
_FOLDER = Path(__file__).parent / "typst"
# One at a time: a paper takes some hundredths of a second, and the setter keeps what it read of a font.
_LOCK = Lock()


class NoFont(Refusal):
    """This machine has no Chinese font; the page and Word are there all the same."""

    status = 503


def drawn(printed: Printed) -> bytes:
    """The paper as PDF; NoFont where Chinese cannot be set."""
    return compiled("paper.typ", content(printed))


def compiled(template: str, data: dict[str, Any]) -> bytes:
    """One of the templates of this folder with its data; NoFont where Chinese cannot be set."""
    chosen = chosen_fonts()
    if not chosen.is_usable:
        raise NoFont(chosen.words)
    data = {
        **data,
        "fonts": {kind: getattr(chosen, kind) for kind in ("title", "text", "heading", "kai")},
    }
    with _LOCK:
        made = _compiler(fonts_folder()).compile(
            input=str(_FOLDER / template),
            format="pdf",
            sys_inputs={"paper": json.dumps(data, ensure_ascii=False)},
        )
    return bytes(made)


def chosen_fonts() -> fonts.Fonts:
    """What this machine sets papers in."""
    return fonts.found(fonts_folder())


def fonts_folder() -> Path:
    """Where an office puts the fonts it has bought."""
    return Path(settings.GEZHI_HOME) / "fonts"


def content(printed: Printed) -> dict[str, Any]:
    """The paper as the template reads it."""
    paper = printed.paper
    return {
        "title": paper.title,
        "heading": paper.heading,
        "number": paper.number,
        "qr": svg_of(paper.qr) if paper.qr else "",
        "qr_words": paper.qr_words,
        "red_head": paper.red_head,
        "red_number": paper.red_number,
        "letter": paper.letter,
        "stamp": paper.stamp,
        "mark": printed.words,
        "mark_short": printed.watermark,
        "parts": [_part(part) for part in paper.parts],
    }


def svg_of(text: str) -> str:
    """The code of a text as a picture of lines."""
    drawing = qr.draw(text)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {drawing.side} {drawing.side}">'
        f'<path d="{drawing.path}"/></svg>'
    )


def _part(part: Part) -> dict[str, Any]:
    return {"is": type(part).__name__.lower(), **asdict(part)}


@cache
def _compiler(folder: Path) -> Any:
    import typst

    paths = [str(folder)] if folder.is_dir() else []
    return typst.Compiler(root=str(_FOLDER), font_paths=paths)
