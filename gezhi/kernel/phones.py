"""Telephone numbers of mainland China in one written form.

Mobile `13812345678`; landline `028-85551234`, with an extension `028-85551234-801`. Area codes are
three digits for 010 and 02x, four for all others (GB/T 15120 practice of the carriers).
"""

import re
import unicodedata

_MOBILE = re.compile(r"1[3-9]\d{9}")
_LANDLINE = re.compile(r"(?:010|02\d|0[3-9]\d{2})-[2-9]\d{6,7}(?:-\d{1,6})?")
_COUNTRY = re.compile(r"^(?:\+|00)?86(?=1[3-9]\d{9}$|0?[1-9]\d)")
# What may be dialed in public: several numbers, service numbers (12345, 110, 400-…), extensions.
_DIALED = re.compile(r"[0-9+\-()/、,，;； 转分机]+")
# A mobile inside a sentence, in groups or not; no piece of a longer number.
_MOBILE_WITHIN = re.compile(r"(?<!\d)1[3-9]\d[- ]?\d{4}[- ]?\d{4}(?!\d)")
_PARTS = re.compile(r"(0(?:10|2\d|[3-9]\d{2}))-?(\d{7,8})(?:-(\d{1,6}))?")


def normalized(text: str) -> str:
    """The one written form of a number somebody typed; what is no number comes back bare.

    Blanks, brackets, dots, full-width digits, +86 and missing or doubled hyphens are put right.
    """
    bare = unicodedata.normalize("NFKC", text)
    bare = re.sub(r"(?:转|分机|ext\.?)", "-", bare, flags=re.IGNORECASE)
    bare = re.sub(r"[‐-―−]", "-", bare)
    bare = re.sub(r"[()\[\].·]", "-", bare)
    bare = re.sub(r"\s+", "", bare)
    bare = re.sub(r"-{2,}", "-", bare).strip("-")
    digits = bare.replace("-", "")
    short = _COUNTRY.sub("", digits)
    if _MOBILE.fullmatch(short):
        return short
    if short != digits:
        # +86 28 … is written with the leading 0 of its area code at home.
        bare = re.sub(r"^\+?(?:00)?86-?", "", bare)
        bare = bare if bare.startswith("0") else f"0{bare}"
    parts = _PARTS.fullmatch(bare)
    if parts is None:
        return bare
    area, number, extension = parts.groups()
    return f"{area}-{number}" + (f"-{extension}" if extension else "")


def is_valid(number: str) -> bool:
    """Whether this is a mobile or landline number in its normal form."""
    return bool(_MOBILE.fullmatch(number) or _LANDLINE.fullmatch(number))


def is_dialed(line: str) -> bool:
    """Whether people could dial what stands on a door: one or several numbers of three digits or
    more, service numbers and extensions too."""
    plain = unicodedata.normalize("NFKC", line)
    return bool(_DIALED.fullmatch(plain)) and bool(re.search(r"[0-9]{3}", plain))


def is_mobile(number: str) -> bool:
    """Whether a message can be sent to it: a mobile number in its normal form."""
    return bool(_MOBILE.fullmatch(number))


def mobiles_in(words: str) -> list[str]:
    """The mobile numbers that stand in a sentence, in their normal form."""
    plain = unicodedata.normalize("NFKC", words)
    return [normalized(found) for found in _MOBILE_WITHIN.findall(plain)]
