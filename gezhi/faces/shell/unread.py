"""What the front did not read to its end is answered in the reader's language, like everything."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy

from gezhi.faces.shell.errors import answer_program, wants_json

Handler = Callable[[HttpRequest], HttpResponse]
# Set by `terminal.serving.front`; no header can have this name.
_FLAG = "gezhi.refused"


@dataclass(frozen=True, slots=True)
class _Said:
    """The answer to one reason: for programs and for people."""

    status: int
    code: str
    to_programs: Any
    to_people: Any


_ANSWERS = {
    "too_large": _Said(
        413,
        "too_big",
        gettext_lazy("请求内容太大，什么都没有存"),
        gettext_lazy(
            "要传的东西太大了，没有收下。请按手机或浏览器的“返回”，您填的内容还在；"
            "少选几张照片，或换小一点的文件，再提交一次。"
        ),
    ),
    "too_slow": _Said(
        408,
        "too_slow",
        gettext_lazy("请求内容没有在规定时间内传完，什么都没有存；请用同一编号重发"),
        gettext_lazy(
            "网络太慢，没有传完，所以没有收下。请按手机或浏览器的“返回”，您填的内容还在；"
            "换个信号好的地方，或少选几张照片，再提交一次。"
        ),
    ),
    "length_required": _Said(
        411,
        "length_required",
        gettext_lazy("请求没有写明长度（Content-Length），什么都没有存"),
        gettext_lazy("传来的表单没有写明长度，没有收下。请用浏览器打开页面再提交。"),
    ),
}


class UnreadMiddleware:
    """Says why a body was not read; no view is asked, since there is nothing to give it."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        reason = request.META.get(_FLAG)
        if reason is None:
            return self.get_response(request)
        said = _ANSWERS[reason]
        if not wants_json(request):
            return render(request, "unread.html", {"words": said.to_people}, status=said.status)
        return answer_program(request, said.status, said.code, said.to_programs)
