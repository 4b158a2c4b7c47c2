"""Answers for what went wrong: said in the reader's language, with what to do now."""

import sys
from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from gezhi.faces.shell import menu, writes
from gezhi.faces.shell.htmx import log_in_over, wants_part
from gezhi.faces.shell.language import language_of, say_language
from gezhi.faces.shell.login.over import over_url
from gezhi.faces.shell.origin import comes_from_elsewhere
from gezhi.faces.shell.written import written
from gezhi.kernel.errors import Refusal, TooMany, Unseen
from gezhi.kernel.outages import Outage, outage_of

# What a program is told where nobody found better words: status → code and sentence.
_PLAIN = {
    400: ("unreadable", _("请求读不懂，什么都没有存")),
    401: ("not_permitted", _("没有权限")),
    403: ("not_permitted", _("没有权限")),
    404: ("not_found", _("没有找到")),
    405: ("method", _("这个地址不接受这种请求方法")),
    408: ("too_slow", _("请求内容没有在规定时间内传完，什么都没有存；请用同一编号重发")),
    411: ("length_required", _("请求没有写明长度（Content-Length），什么都没有存")),
    413: ("too_big", _("请求内容太大，什么都没有存")),
    415: ("not_json", _("请求内容要写成 JSON，Content-Type 写 application/json")),
    429: ("too_many", _("请求太多，请过一会儿再来")),
    500: ("server_error", _("我们这边出错了，什么都没有存；请过一会儿用同一编号再发")),
    503: ("busy", _("系统正忙，请过一会儿用同一编号再发")),
}
# Why nothing can be stored just now, each with what whoever tends the machine does about it.
_OUTAGES = {
    Outage.GONE: (_("数据库一时连不上"), _("看数据库服务在不在运行，然后运行 gezhi doctor")),
    Outage.FULL: (_("服务器的盘满了，存不下"), _("在服务器上腾出地方，然后运行 gezhi doctor")),
    Outage.READ_ONLY: (
        _("服务器的盘现在只能读，不能写"),
        _("看盘有没有坏、有没有装成只读，然后运行 gezhi doctor"),
    ),
    Outage.BUSY: (_("系统正忙，没有轮到"), _("过一分钟还这样，运行 gezhi doctor")),
}
# Seconds after which it is worth asking again: it may pass at any moment.
_AGAIN = 2
# So often a page that only shows something asks again by itself.
_SHOWN_AGAIN = 15
_OTHERWISE = ("refused", _("请求没有被接受，什么都没有存"))


def wants_json(request: HttpRequest) -> bool:
    """Whether the caller is a program: the open interface answers in JSON only."""
    return request.path.startswith("/api/")


def answer_program(
    request: HttpRequest,
    status: int,
    code: str = "",
    message: Any = "",
    errors: Iterable[tuple[str, Any]] = (),
) -> HttpResponse:
    """A refusal in the one form the open interface documents; `errors` are (field, sentence).

    Without code and message those of the status. Sentences may be lazy: they are said in the
    program's language.
    """
    usual_code, usual_message = _PLAIN.get(status, _OTHERWISE)
    language = language_of(request)
    with translation.override(language):
        response = JsonResponse(
            {
                "code": code or usual_code,
                "message": str(message or usual_message),
                "errors": [{"field": field, "message": str(words)} for field, words in errors],
            },
            status=status,
            json_dumps_params={"ensure_ascii": False},
        )
    say_language(response, language)
    return response


def refused(request: HttpRequest, refusal: Refusal) -> HttpResponse:
    """A refusal that no page caught, as a page or as JSON with its own status."""
    if wants_json(request):
        field = [(refusal.field, refusal.message)] if refusal.field else []
        answer = answer_program(request, refusal.status, refusal.code, refusal.message, field)
        return with_patience(answer, refusal)
    if isinstance(refusal, Unseen):
        return not_found(request)
    context = {"refusal": refusal, "written": written(request)}
    response = render(request, "409.html", context, status=refusal.status)
    return with_patience(response, refusal)


def with_patience(response: HttpResponse, refusal: Refusal) -> HttpResponse:
    """The answer to a refusal; one of too many says in how many seconds to come again."""
    if isinstance(refusal, TooMany):
        response.headers["Retry-After"] = str(refusal.seconds)
    return response


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """The same answer for what does not exist and for what is not the viewer's."""
    if wants_json(request):
        return answer_program(request, 404)
    return _aside(request, "404.html", 404, {"written": written(request)})


def _aside(
    request: HttpRequest, template: str, status: int, context: dict[str, Any] | None = None
) -> HttpResponse:
    """A page that is in no part of the house: nothing in the rail is where the reader is, and
    nothing is counted for it."""
    menu.stand_at(request, "")
    return render(request, template, context, status=status)


_OF_STAFF = ("/desk/", "/pocket/")


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The form was too old or came from elsewhere: reload and send again, drafts are kept.

    Where no cookie came at all, reloading never helps: it says that cookies are off, and what was
    written stands on the page, to be copied. A page that stands stays as it is with whatever is
    typed in it: staff get the log-in over it (whoever logged in once takes cookies; where they were
    cleared meanwhile, a log-in brings new ones), others a short sentence.
    """
    if wants_json(request):
        return answer_program(request, 403)
    context: dict[str, Any] = {"without_cookies": not request.COOKIES}
    if wants_part(request):
        if request.path.startswith(_OF_STAFF):
            # The log-in ended, or somebody logged in anew in another tab: the token of the page is
            # renewed by the log-in over it, at once where there is one.
            viewer = getattr(request, "viewer", None)
            logged_in = viewer is not None and viewer.seats
            return log_in_over(reverse("shell:logged_in") if logged_in else over_url())
        # Whichever piece was asked for, the form that sent it must not be swapped away.
        response = render(request, "shell/parts/not_sent.html", context, status=403)
        response.headers["HX-Retarget"] = "#toasts"
        response.headers["HX-Reswap"] = "innerHTML"
        response.headers["HX-Reselect"] = ".toast"
        response.headers["HX-Push-Url"] = "false"
        return response
    if comes_from_elsewhere(request):
        # Neither too old nor a matter of cookies; what it said are not the reader's own words.
        return _aside(request, "403_elsewhere.html", 403)
    context["written"] = written(request)
    template = "403_cookies.html" if context["without_cookies"] else "403_csrf.html"
    return _aside(request, template, 403, context)


def bad_request(request: HttpRequest, exception: Any = None) -> HttpResponse:
    """What was sent could not be read."""
    if wants_json(request):
        return answer_program(request, 400)
    return _aside(request, "400.html", 400)


def forbidden(request: HttpRequest, exception: Any = None) -> HttpResponse:
    """Not shown: to a viewer a thing without right does not exist."""
    return not_found(request)


def server_error(request: HttpRequest) -> HttpResponse:
    """Our fault; nothing was stored by halves, and what was typed stands on the page.

    What passes by itself (`kernel.outages`) is a 503 that says which it is and when to come again;
    a page that only shows something comes again by itself. The page is drawn without the request:
    whoever asks who is logged in asks the database, and it may be what is down.
    """
    outage = outage_of(sys.exc_info()[1])
    if outage is not None:
        return _out_of_service(request, outage)
    if wants_json(request):
        return answer_program(request, 500)
    page = render_to_string("500.html", {"written": written(request)})
    return HttpResponse(page, status=500)


def _out_of_service(request: HttpRequest, outage: Outage) -> HttpResponse:
    """Nothing was stored, it passes, and sending the same again stores it once."""
    writes.give_back(request)
    if wants_json(request):
        response = answer_program(request, 503)
    else:
        reason, remedy = _OUTAGES[outage]
        sent = request.method == "POST"
        context = {"reason": reason, "remedy": remedy, "sent": sent, "written": written(request)}
        response = HttpResponse(render_to_string("503.html", context), status=503)
        if not sent and not wants_part(request):
            response.headers["Refresh"] = str(_SHOWN_AGAIN)
    response.headers["Retry-After"] = str(_AGAIN)
    response.headers["Cache-Control"] = "no-store"
    return response
