"""Which language a program asks for."""

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation.trans_real import parse_accept_lang_header


def language_of(request: HttpRequest) -> str:
    """`zh-hans` or `en`: the first of the two the header asks for, Chinese without a header."""
    for asked, _weight in parse_accept_lang_header(request.headers.get("Accept-Language", "")):
        for known in dict(settings.LANGUAGES):
            if asked.split("-")[0] == known.split("-")[0]:
                return known
    return settings.LANGUAGE_CODE
