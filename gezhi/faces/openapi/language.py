"""In which language a program is answered: Chinese or English, as its Accept-Language asks."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils import translation
from django.utils.cache import patch_vary_headers
from django.utils.translation.trans_real import parse_accept_lang_header

Run = Callable[..., HttpResponseBase]


def language_of(request: HttpRequest) -> str:
    """`zh-hans` or `en`: the first of the two the header asks for, Chinese without a header."""
    for asked, _weight in parse_accept_lang_header(request.headers.get("Accept-Language", "")):
        for known in dict(settings.LANGUAGES):
            if asked.split("-")[0] == known.split("-")[0]:
                return known
    return settings.LANGUAGE_CODE


def in_callers_language(run: Run) -> Run:
    """Everything inside, validation and refusals too, speaks the caller's language."""

    @wraps(run)
    def answer(request: HttpRequest, *arguments: Any, **named: Any) -> HttpResponseBase:
        language = language_of(request)
        with translation.override(language):
            response = run(request, *arguments, **named)
        response.headers["Content-Language"] = language
        response.headers["Cache-Control"] = "no-store"
        patch_vary_headers(response, ["Accept-Language"])
        return response

    return answer
