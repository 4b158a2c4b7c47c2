"""Making a message's text ready to be counted, whatever it was typed or pasted with."""

import html
import re
import unicodedata

from gezhi.methods.classify.signs import SIMPLER

HEAD, TAIL = 2400, 600
"""How much of a very long text is read: its beginning and its end (requests stand in both)."""

_TAG = re.compile(r"<[a-zA-Z/!][^<>]{0,300}>")
_DIGITS = re.compile(r"[0-9]+")
_BLANK = re.compile(r"[\s\x00-\x1f\x7f-\x9f\ud800-\udfff]+")


def clean(text: str) -> str:
    """The text in one form: half width, lower case, simplified, without tags, digits as one 0.

    About `HEAD` + `TAIL` characters at most; for any text, the empty one and lone surrogates included.
    """
    raw = clipped(text)
    if "<" in raw or "&" in raw:
        raw = _TAG.sub(" ", html.unescape(raw))
    folded = unicodedata.normalize("NFKC", raw).lower().translate(SIMPLER)
    return clipped(_BLANK.sub(" ", _DIGITS.sub("0", folded)).strip())


def whole(subject: str, body: str) -> str:
    """Both cleaned texts as one, with a blank between them."""
    return f"{subject} {body}"


def clipped(text: str) -> str:
    """The text itself, or its beginning and end if it is longer than is read."""
    return text if len(text) <= HEAD + TAIL else text[:HEAD] + " " + text[-TAIL:]
