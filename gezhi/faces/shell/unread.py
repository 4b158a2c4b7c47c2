"""What the front did not read to its end is answered in the reader's language, like everything."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy

from gezhi.faces.shell.errors import answer_program, wants_json

Handler = Callable[[HttpRequest], HttpResponse]
# Where `terminal.serving.front` leaves the reason; no header can have this name.
REFUSED = "gezhi.refused"


# By the front's reason: the status, and what people are told; programs are told what it always says.
_ANSWERS = {
    "too_large": (
        413,
        gettext_lazy(
            "要传的东西太大了，没有收下。请按手机或浏览器的“返回”，您填的内容还在；"
            "少选几张照片，或换小一点的文件，再提交一次。"
        ),
    ),
    "too_slow": (
        408,
        gettext_lazy(
            "网络太慢，没有传完，所以没有收下。请按手机或浏览器的“返回”，您填的内容还在；"
            "换个信号好的地方，或少选几张照片，再提交一次。"
        ),
    ),
    "length_required": (
        411,
        gettext_lazy("传来的表单没有写明长度，没有收下。请用浏览器打开页面再提交。"),
    ),
}


class UnreadMiddleware:
    """Says why a body was not read; no view is asked, since there is nothing to give it."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        reason = request.META.get(REFUSED)
        if reason is None:
            return self.get_response(request)
        status, words = _ANSWERS[reason]
        if wants_json(request):
            return answer_program(request, status)
        return render(request, "unread.html", {"words": words}, status=status)
