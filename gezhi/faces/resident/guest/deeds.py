"""What somebody outside does: take it, ask back, say that it is done."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from gezhi.faces.resident.guest import passes
from gezhi.faces.resident.guest.door import ask_code, form_page, guest_of, is_shut, over, page
from gezhi.faces.resident.guest.forms import AskForm, CodeForm, FinishForm, TakeForm
from gezhi.faces.resident.guest.passes import Passed
from gezhi.faces.shell.access import needs_no_cookie
from gezhi.faces.shell.bodies import PHOTOS_BYTES, takes_up_to
from gezhi.faces.shell.forms import KeyedForm
from gezhi.faces.shell.writes import count_write
from gezhi.kernel.errors import Conflict, KeyReused, NotPermitted, Refusal, Unseen
from gezhi.work.cases import actions as cases
from gezhi.work.cases.inviting import Held, held


@needs_no_cookie
@require_http_methods(["GET", "HEAD", "POST"])
def take(request: HttpRequest, link: str) -> HttpResponse:
    """接单; reloaded, it is the page it belongs to."""
    found = passes.passed(request, link)
    if request.method != "POST":
        return HttpResponseRedirect(reverse("resident:guest", args=[link]))
    form = TakeForm(request.POST)

    def taking(to: dict[str, Any]) -> str:
        cases.take(**to)
        return _("已接单，办完了请回到这一页拍张照片")

    return _done(request, found, form, "", taking)


@needs_no_cookie
@takes_up_to(PHOTOS_BYTES)
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest, link: str) -> HttpResponse:
    """提问: back to whoever sent it."""
    found = passes.passed(request, link)
    sent = request.method == "POST"
    form = AskForm(request.POST, request.FILES) if sent else AskForm()

    def asking(to: dict[str, Any]) -> str:
        cases.inquire(**to, words=form.cleaned_data["words"], photos=form.pictures())
        return _("问过了，回话会出现在这一页，过一会儿再打开看看")

    return _done(request, found, form, "ask", asking)


@needs_no_cookie
@takes_up_to(PHOTOS_BYTES)
@require_http_methods(["GET", "HEAD", "POST"])
def finish(request: HttpRequest, link: str) -> HttpResponse:
    """办完了: as the lead, or as one that assists."""
    found = passes.passed(request, link)
    sent = request.method == "POST"
    form = FinishForm(request.POST, request.FILES) if sent else FinishForm()

    def finishing(to: dict[str, Any]) -> str:
        does = cases.finish if found.invitation.assignment.part == "lead" else cases.assist
        does(**to, words=form.cleaned_data["words"], photos=form.pictures())
        return _("收到了，谢谢。别人会来看看办得怎样")

    return _done(request, found, form, "finish", finishing)


def _done(
    request: HttpRequest,
    found: Passed,
    form: KeyedForm,
    deed: str,
    carried_out: Callable[[dict[str, Any]], str],
) -> HttpResponse:
    """The form, or what became of it: done, to be put right, overtaken, or no way in any more."""
    typed = str(request.POST.get("words", ""))
    if is_shut(found):
        return over(request, typed, found)
    if not found.let_in:
        kept = CodeForm(initial={"words": typed, "deed": deed})
        return ask_code(request, kept, status=403 if request.method == "POST" else 200)
    if request.method != "POST":
        if held(found.invitation) is Held.DONE:
            return page(request, found)
        return form_page(request, found, deed, form)
    if not form.is_valid():
        return form_page(request, found, deed, form, status=422)
    to = {
        "number": found.invitation.case.number,
        "by": guest_of(found),
        "key": form.key,
        "invitation": found.invitation,
    }
    try:
        count_write(request)
        messages.success(request, carried_out(to))
    except Unseen:
        return over(request, typed, found)
    except (Conflict, KeyReused, NotPermitted) as refusal:
        # The invitation holds: what it may not any more, another phone or the center did first.
        return page(
            request, found, refusal=_overtaken(refusal), words=typed, status=Conflict.status
        )
    except Refusal as refusal:
        form.refuse(refusal)
        if not deed:
            return page(request, found, refusal=str(refusal.message), status=refusal.status)
        return form_page(request, found, deed, form, status=refusal.status)
    response = HttpResponseRedirect(reverse("resident:guest", args=[found.link]))
    response.status_code = 303
    return response


def _overtaken(refusal: Refusal) -> str:
    """Somebody was faster, or it went elsewhere: what stands below is how it is now."""
    if isinstance(refusal, KeyReused):
        return _("这一步刚才已经提交过，没有再做一次。下面是现在的样子。")
    if getattr(refusal, "code", "") == "awaited":
        return str(refusal.message)
    return _("这件事刚才有了变化，这一步现在不用做了。下面是现在的样子。")
