"""Which language a program asks for, and saying in which it was answered."""

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.cache import patch_vary_headers
from django.utils.translation.trans_real import parse_accept_lang_header


def language_of(request: HttpRequest) -> str:
    """`zh-hans` or `en`: the first of the two the header asks for, Chinese without a header."""
    for asked, _weight in parse_accept_lang_header(request.headers.get("Accept-Language", "")):
        for known in dict(settings.LANGUAGES):
            if asked.split("-")[0] == known.split("-")[0]:
                return known
    return settings.LANGUAGE_CODE


def say_language(response: HttpResponseBase, language: str) -> None:
    """Name it in the headers; such an answer is one caller's, and no copy of it is kept."""
    response.headers["Content-Language"] = language
    response.headers["Cache-Control"] = "no-store"
    patch_vary_headers(response, ["Accept-Language"])
