"""Plain text and sentences out of whatever was typed, pasted or exported."""

import html
import re

# Long enough for the longest reply on record (8,900 characters) and short enough to stay fast.
LIMIT = 20_000
_TAG = re.compile(r"<(?!TEL>)/?[A-Za-z!][^<>]{0,500}>")
# What spreadsheets and web editors leave behind.
_DEBRIS = re.compile(r"_x000[dD]_|[\u0000-\u0008\u000b-\u001f\u200b-\u200f\u2028\u2029\ufeff]")
_SPACES = re.compile(r"[^\S\n]+")
_CHINESE = "\u3400-\u9fff"
_BETWEEN = re.compile(
    rf"(?<=[{_CHINESE}，。；：、！？》）]) +| +(?=[{_CHINESE}，。；：、！？《（])"
)
# At most 400 characters, so that a text without any mark is cut as well.
_ENDS = re.compile(r"[^。！？!?；;\n]{0,400}[。！？!?；;\n]+[”’」』）)]*|[^。！？!?；;\n]{1,400}")
_WORD = re.compile(rf"[{_CHINESE}A-Za-z0-9]")


def plain(text: str, limit: int = LIMIT) -> str:
    """The text without tags, entities, control characters and needless spaces.

    Keeps line breaks. Of a text longer than `limit` characters the first three quarters and the
    last quarter of `limit` remain: a reply's end holds its contact and its date. Never raises.
    """
    if len(text) > limit:
        text = text[: limit * 3 // 4] + "\n" + text[-limit // 4 :]
    text = _DEBRIS.sub(" ", html.unescape(_TAG.sub("\n", text)))
    return _BETWEEN.sub("", _SPACES.sub(" ", text)).strip()


def sentences(text: str) -> list[str]:
    """The sentences of a plain text in order, each with its closing mark, none without a word."""
    found = (piece.strip() for piece in _ENDS.findall(text))
    return [piece for piece in found if _WORD.search(piece)]
