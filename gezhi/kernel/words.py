"""Words that people type or paste, made fit to be kept and shown.

A text may bring signs that nobody sees: a NUL that PostgreSQL refuses, zero-width signs that make
an empty report look written, and the controls of UAX #9 that turn the order of a whole line round
on somebody else's page. Here they are taken out, at every door, before anything is looked at.

What stays although it is not seen: line breaks and tabs; the joiners U+200C and U+200D, which
Uyghur, Persian and joined emoji are spelled with; variation selectors, which rare characters of
names are told apart by.
"""

import re

from django.utils.translation import gettext as _

from gezhi.kernel.errors import Invalid

# C0 and C1 controls but tab and line feed; soft hyphen; Arabic letter mark, the marks, embeddings,
# overrides and isolates of UAX #9; zero-width space, word joiner and invisible operators; deprecated
# format controls; byte order mark; interlinear annotation; tags; noncharacters.
_DROPPED = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f"
    "\ufeff\ufff9-\ufffb\ufdd0-\ufdef\ufffe\uffff\U000e0000-\U000e007f]"
)
# Breaks that are none for everybody: of Windows, of old Macs, U+0085, U+2028 and U+2029.
_BREAKS = re.compile("\r\n?|[\x0b\x0c\x85\u2028\u2029]")
# What may stay but shows nothing by itself: blanks of every width, joiners, fillers, selectors.
_UNSEEN = re.compile(
    "[\\s\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200c\u200d\u2800\u3164\ufe00-\ufe0f\uffa0"
    "\U000e0100-\U000e01ef]+"
)
_HALVES = re.compile("[\ud800-\udfff]")


def clean(text: str, *, field: str = "") -> str:
    """The text without signs that show nothing or turn the line round, its ends trimmed.

    "" when nothing of it can be seen. Refuses (Invalid, at `field`) half a surrogate pair, which no
    store can hold.
    """
    if _HALVES.search(text):
        raise Invalid(_("文字里有读不出的字符"), field=field)
    plain = _shown(text).strip()
    return plain if is_seen(plain) else ""


def line(text: str, *, field: str = "", most: int = 0) -> str:
    """As `clean`, on one line: a name, a title, a phone; blanks in it are single ones.

    Refuses (Invalid, at `field`) more than `most` signs, where that is given: nothing is cut off
    behind somebody's back.
    """
    plain = " ".join(clean(text, field=field).split())
    if most and len(plain) > most:
        raise Invalid(
            _("太长：最多 %(most)d 个字，现在 %(now)d 个") % {"most": most, "now": len(plain)},
            field=field,
        )
    return plain


def shown(text: str) -> str:
    """A text that was kept before it was cleaned at the door, as it may stand on a page."""
    return _shown(text) if _DROPPED.search(text) else text


def is_seen(text: str) -> bool:
    """Whether a reader sees anything of it."""
    plain = _shown(text)
    return plain != "" and _UNSEEN.fullmatch(plain) is None


def _shown(text: str) -> str:
    return _DROPPED.sub("", _BREAKS.sub("\n", text))
