"""What a program is told when something is refused: one shape, field by field, in its language."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from ninja import NinjaAPI
from ninja.errors import HttpError, ValidationError
from ninja.parser import Parser

from gezhi.faces.shell.errors import answer_program, with_patience
from gezhi.kernel.errors import Refusal

# Kinds of faults the schema finds, in words; what is not here gets the last sentence.
_SAID = {
    "missing": gettext_lazy("缺少这一项"),
    "extra_forbidden": gettext_lazy("没有这一项，请去掉"),
    "string_type": gettext_lazy("要写成文字"),
    "string_unicode": gettext_lazy("文字里有读不出的字符"),
    "string_pattern_mismatch": gettext_lazy("写法不对"),
    "string_too_short": gettext_lazy("太短"),
    "string_too_long": gettext_lazy("太长"),
    "string_id": gettext_lazy("没有这个地点，请重新选择"),
    "float_type": gettext_lazy("要写成数字，不加引号"),
    "finite_number": gettext_lazy("要写成数字，不加引号"),
    "bool_type": gettext_lazy("只能是 true 或 false"),
    "model_type": gettext_lazy("要写成一个对象 { }"),
    "model_attributes_type": gettext_lazy("要写成一个对象 { }"),
    "value_error": gettext_lazy("要写成 ISO 8601 时间，带时区，例如 2026-11-20T19:30:00+08:00"),
    "timezone_aware": gettext_lazy("要写成 ISO 8601 时间，带时区，例如 2026-11-20T19:30:00+08:00"),
}
_OTHERWISE = gettext_lazy("这一项的值不对")
# The rule of the key, whether it is wrong or did not come: a server on the way may drop a header
# that is not ASCII, so "missing" would not be true of every key that did not arrive.
_KEY = gettext_lazy(
    "要写 16–80 个英文字母、数字或 - _ : .（建议 UUID）；没有写或写了别的字符都不收"
)

# Names of fields inside the house → as a program sent them.
_SENT_AS = {
    "key": "Idempotency-Key",
    "longitude": "place.longitude",
    "latitude": "place.latitude",
    "crs": "place.crs",
    "place_id": "place.place_id",
    "place_words": "place.words",
    "name": "contact.name",
    "phone": "contact.phone",
}


class _NotSaidToBeJson(ValueError):
    """A body of another type: a form of a foreign page could send it."""


class JsonParser(Parser):
    """Reads JSON that is said to be JSON."""

    def parse_body(self, request: HttpRequest) -> dict[str, Any]:
        """The body; raises ValueError for what is no JSON or not called it."""
        if request.content_type != "application/json":
            raise _NotSaidToBeJson(request.content_type)
        return super().parse_body(request)


def answer_refusal(request: HttpRequest, refusal: Refusal) -> HttpResponse:
    """A refusal of an action or query, with the field as the program named it."""
    message = str(refusal.message) or _("没有找到")
    field = _SENT_AS.get(refusal.field, refusal.field)
    answer = answer_program(
        request, refusal.status, refusal.code, message, [(field, message)] if field else []
    )
    return with_patience(answer, refusal)


def _answer_invalid(request: HttpRequest, error: ValidationError) -> HttpResponse:
    found = [(_field_of(one["loc"]), _said(one)) for one in error.errors]
    return answer_program(
        request,
        422,
        "invalid",
        _("有 %(count)d 项要改，什么都没有存") % {"count": len(found)},
        found,
    )


def _field_of(place: Iterable[object]) -> str:
    """("body", "sent", "place", "longitude") → "place.longitude"; a header by its own name."""
    source, *path = (str(part) for part in place)
    if source == "body":
        path = path[1:]
    return ".".join(path) or source


def _said(error: Mapping[str, Any]) -> str:
    kind = str(error["type"])
    if error["loc"][-1] == _SENT_AS["key"]:
        return str(_KEY)
    if kind.startswith(("datetime", "timezone")):
        return str(_SAID["value_error"])
    return str(_SAID.get(kind, _OTHERWISE))


def _answer_http(request: HttpRequest, error: HttpError) -> HttpResponse:
    """What ninja refuses by itself: a body that is no JSON, or does not say that it is."""
    if isinstance(error.__cause__, _NotSaidToBeJson):
        return answer_program(request, 415)
    if error.status_code == 400:
        return answer_program(request, 400, "not_json", _("请求内容不是有效的 JSON，什么都没有存"))
    return answer_program(request, error.status_code)


def _answer_too_big(request: HttpRequest, error: RequestDataTooBig) -> HttpResponse:
    return answer_program(request, 413)


def register(api: NinjaAPI) -> None:
    """Give every refusal of this face the one shape."""
    handlers: dict[type[Exception], Callable[[HttpRequest, Any], HttpResponse]] = {
        Refusal: answer_refusal,
        ValidationError: _answer_invalid,
        HttpError: _answer_http,
        RequestDataTooBig: _answer_too_big,
    }
    for kind, handler in handlers.items():
        api.add_exception_handler(kind, handler)
