"""In which language a program is answered: Chinese or English, as its Accept-Language asks."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils import translation

from gezhi.faces.shell.language import language_of, say_language

Run = Callable[..., HttpResponseBase]


def in_callers_language(run: Run) -> Run:
    """Everything inside, validation and refusals too, speaks the caller's language."""

    @wraps(run)
    def answer(request: HttpRequest, *arguments: Any, **named: Any) -> HttpResponseBase:
        language = language_of(request)
        with translation.override(language):
            response = run(request, *arguments, **named)
        say_language(response, language)
        return response

    return answer
