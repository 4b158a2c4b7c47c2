"""The text of a message: its one slot, what it looks like sent, and how many SMS it makes; pure.

A message may be read by anybody who holds the phone: it names the number of the case and nothing else.
"""

import re
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

from gezhi.ground.codes.rules import RowOfTerm
from gezhi.kernel import words
from gezhi.kernel.errors import Invalid

NUMBER = "{number}"
# The same as staff read and type it.
NUMBER_IN_WORDS = "{编号}"
# More is no message.
MOST_SIGNS = 200
_SLOT = re.compile(r"\{[^{}]*\}|[{}]")
# The signs of GSM 03.38, which an SMS of 160 holds; those of its second table take two places each.
_GSM = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡"
    "ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
_GSM_TWO = frozenset("^{}\\[~]|€")


@dataclass(frozen=True, slots=True)
class Length:
    """How long a text is for an SMS, and in how many parts it is sent and paid."""

    signs: int
    parts: int


def wrong_slots(text: str) -> list[str]:
    """What stands in braces and is not the number, and braces that close nothing; each once."""
    return list(dict.fromkeys(slot for slot in _SLOT.findall(text) if slot != NUMBER))


def in_words(text: str) -> str:
    """The text as staff read it: its slot named in Chinese."""
    return text.replace(NUMBER, NUMBER_IN_WORDS)


def filled(text: str, number: str) -> str:
    """The text as it is sent."""
    return text.replace(NUMBER, number)


def length_of(text: str) -> Length:
    """The length of a text as it is sent: 70 signs an SMS, 67 each where there are several; 160 and
    153 where all its signs are of the alphabet of SMS."""
    plain = all(sign in _GSM or sign in _GSM_TWO for sign in text)
    if plain:
        signs = sum(2 if sign in _GSM_TWO else 1 for sign in text)
    else:
        # Signs beyond the first plane (rare characters, emoji) take two places.
        signs = len(text.encode("utf-16-le")) // 2
    one, each = (160, 153) if plain else (70, 67)
    if signs <= one:
        return Length(signs, 1 if signs else 0)
    return Length(signs, -(-signs // each))


def valid_text(text: str, field: str, *, needed: bool = True) -> str:
    """The text on one line; Invalid (at `field`) for none, too long, or a slot that is not the number."""
    plain = words.line(text, field=field, most=MOST_SIGNS).replace(NUMBER_IN_WORDS, NUMBER)
    if needed and not plain:
        raise Invalid(_("请写短信的文字"), field=field)
    wrong = wrong_slots(plain)
    if wrong:
        said = _("短信里只能写 {编号}，不能写别的：%(wrong)s")
        raise Invalid(said % {"wrong": "、".join(wrong)}, field=field)
    return plain


def text_row(row: RowOfTerm, text: str, text_en: str) -> RowOfTerm:
    """The row of a stage with these texts; Invalid (`text`, `text_en`) as `valid_text`."""
    chinese = valid_text(text, "text")
    english = valid_text(text_en, "text_en", needed=False)
    return replace(row, data={**row.data, "text": chinese, "text_en": english})
