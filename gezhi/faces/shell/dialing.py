"""Phones inside what people wrote: one tap calls them, and no line breaks inside one."""

import re

from django.utils.html import escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

# Landlines with their area code, mobiles, 400 and 800; never a piece of a longer number, as that
# of a receipt is. Short ones (12345, 119) only after a word that says they are called.
_PHONE = re.compile(
    r"(?<![\d.])(?<!\d[- ])(?:"
    r"0\d{2,3}[- ]?\d{7,8}"
    r"|0\d{2,3}[- ]?\d{3,4}[- ]\d{4}"
    r"|1[3-9]\d[- ]?\d{4}[- ]?\d{4}"
    r"|[48]00[- ]?\d{3}[- ]?\d{4}"
    r"|[48]00[- ]?\d{4}[- ]?\d{3}"
    r"|(?:(?<=火警)|(?<=火警 )|(?<=报警)|(?<=报警 )|(?<=急救)|(?<=急救 )"
    r"|(?<=热线)|(?<=热线 )|(?<=拨打)|(?<=拨打 )|(?<=电话)|(?<=电话 )"
    r"|(?<=Fire )|(?<=police )|(?<=ambulance ))(?:11[09]|12[02]|12\d{3}|96\d{3,4})"
    r")(?![- ]?\d|\.\d)"
)


def dialable(words: object) -> SafeString:
    """`{{ words|dialable }}`: the words, escaped, with each phone in them a link that calls it.

    What is safe already is not escaped again; where it holds tags of its own it is left alone.
    """
    text = "" if words is None else str(words)
    if isinstance(text, SafeString) and "<" in text:
        return text
    is_safe = isinstance(text, SafeString)
    pieces: list[tuple[SafeString]] = []
    at = 0
    for found in _PHONE.finditer(text):
        number = found.group()
        pieces.append((_escaped(text[at : found.start()], is_safe),))
        pieces.append(
            (format_html('<a href="tel:{}">{}</a>', number.replace(" ", "-"), number),),
        )
        at = found.end()
    pieces.append((_escaped(text[at:], is_safe),))
    return format_html_join("", "{}", pieces)


def _escaped(piece: str, is_safe: bool) -> SafeString:
    # A piece cut out of a safe text is plain text to Python, and would be escaped twice.
    return mark_safe(piece) if is_safe else escape(piece)  # noqa: S308 - as safe as what came in
