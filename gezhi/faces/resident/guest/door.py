"""/g/<link>: the code first, then the one case."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from gezhi.faces.resident.guest import passes
from gezhi.faces.resident.guest.forms import AskForm, CodeForm, FinishForm, TakeForm
from gezhi.faces.resident.guest.passes import Passed
from gezhi.faces.resident.guest.photos import pictures_of
from gezhi.faces.shell import moments
from gezhi.faces.shell.access import needs_no_cookie
from gezhi.faces.shell.forms import KeyedForm
from gezhi.faces.shell.parts import TimelineStep
from gezhi.faces.shell.sender import sender_of
from gezhi.kernel.digits import case_number
from gezhi.kernel.errors import Refusal, Unseen
from gezhi.kernel.viewer import Viewer
from gezhi.work.cases.inviting import Held, held
from gezhi.work.cases.rules import Deed, State
from gezhi.work.invitations import actions, queries
from gezhi.work.invitations.queries import GuestPage, GuestStep

# Forms that open on a page of their own, by the word in their address.
FORMS: dict[str, type[KeyedForm]] = {"ask": AskForm, "finish": FinishForm}
STATES = {
    State.DISPATCHED: gettext_lazy("等您接单"),
    State.HANDLING: gettext_lazy("正在办"),
    State.CHECKING: gettext_lazy("您办完了，等别人来看过"),
}
_OPENED = "opened"


@needs_no_cookie
@require_http_methods(["GET", "HEAD", "POST"])
def door(request: HttpRequest, link: str) -> HttpResponse:
    """The case, to a phone that was let in; else the code is asked for, and looked at when it is sent.

    A link that holds no more says so (410), to whoever has it; one whose work is done says that,
    and lets no other phone in.
    """
    found = passes.passed(request, link)
    if is_shut(found):
        return over(request, request.POST.get("words", ""), found)
    if request.method == "POST":
        return _enter(request, found)
    if not found.let_in:
        return ask_code(request, CodeForm(), keeps_none=_OPENED in request.GET)
    return page(request, found)


def _enter(request: HttpRequest, found: Passed) -> HttpResponse:
    form = CodeForm(request.POST)
    if not form.is_valid():
        return ask_code(request, form, status=422)
    by = guest_of(found)
    try:
        actions.let_in(
            found.invitation, code=form.cleaned_data["code"], sender=sender_of(request), by=by
        )
    except Unseen:
        return over(request, form.cleaned_data["words"], found)
    except Refusal as refusal:
        form.add_error(refusal.field or None, str(refusal.message))
        return ask_code(request, form, status=refusal.status)
    words, deed = form.cleaned_data["words"], form.cleaned_data["deed"]
    if words and deed in FORMS:
        # What was typed before the code was asked for goes on from there.
        again = FORMS[deed](initial={"words": words})
        response = form_page(request, found, deed, again)
    else:
        address = reverse("resident:guest", args=[found.link])
        response = HttpResponseRedirect(f"{address}?{_OPENED}=1")
        response.status_code = 303
    return passes.give(response, found.link, found.invitation)


def is_shut(found: Passed) -> bool:
    """Whether it opens nothing to this phone: it is over, or done and the phone is a new one."""
    now = held(found.invitation)
    return now is Held.OVER or (now is Held.DONE and not found.let_in)


def guest_of(found: Passed) -> Viewer:
    """Whoever holds it: a stranger of the district, whoever is logged in on that phone."""
    return Viewer.anonymous(found.invitation.district_id)


def ask_code(
    request: HttpRequest, form: CodeForm, *, status: int = 200, keeps_none: bool = False
) -> HttpResponse:
    """The page that asks for the code; `keeps_none` where the phone kept no pass a moment ago."""
    context = {"form": form, "keeps_none": keeps_none, "kept_words": form["words"].value()}
    return _unlisted(render(request, "resident/guest/code.html", context, status=status))


def over(request: HttpRequest, words: str, found: Passed) -> HttpResponse:
    """The link opens nothing any more, and why; what was typed stands there to be copied."""
    context = {"words": words, "is_done": held(found.invitation) is Held.DONE}
    return _unlisted(render(request, "resident/guest/over.html", context, status=410))


def page(
    request: HttpRequest, found: Passed, *, refusal: str = "", words: str = "", status: int = 200
) -> HttpResponse:
    """The case as the unit may read it now, with what can be done; `words` are those somebody typed
    for what could not be done."""
    try:
        case = queries.guest_page(found.invitation)
    except Unseen:
        return over(request, words, found)
    context = {**_case(found, case), "take_form": TakeForm(), "refusal": refusal, "words": words}
    return _unlisted(render(request, "resident/guest/guest.html", context, status=status))


def form_page(
    request: HttpRequest, found: Passed, deed: str, form: KeyedForm, *, status: int = 200
) -> HttpResponse:
    """The form of one deed, below what is to be done."""
    try:
        case = queries.guest_page(found.invitation)
    except Unseen:
        return over(request, str(form["words"].value() or ""), found)
    action = reverse(f"resident:guest_{deed}", args=[found.link])
    context = {**_case(found, case), "form": form, "action": action}
    return _unlisted(render(request, "resident/guest/form.html", context, status=status))


def _case(found: Passed, case: GuestPage) -> dict[str, Any]:
    photos = pictures_of(found.link, [*case.file_ids, *_all_files(case)])
    return {
        "link": found.link,
        "case": case,
        "number": case_number(case.number),
        "state_words": STATES.get(State(case.state), ""),
        "until": moments.until(case.due_at),
        "link_until": moments.until(found.invitation.ends_at),
        "photos": [photos[file_id] for file_id in case.file_ids],
        "steps": [_step(step, photos) for step in case.steps],
    }


def _all_files(case: GuestPage) -> list[int]:
    return [file_id for step in case.steps for file_id in step.file_ids]


def _step(step: GuestStep, photos: dict[int, Any]) -> TimelineStep:
    return TimelineStep(
        title=_title(step),
        moment=step.at,
        text=step.words,
        kind="past",
        photos=[photos[file_id] for file_id in step.file_ids],
    )


def _title(step: GuestStep) -> str:
    match Deed(step.deed):
        case Deed.TAKE:
            return _("接单")
        case Deed.INQUIRE:
            return _("您问")
        case Deed.RESPOND:
            return _("派单的人回话")
        case Deed.CHECK:
            return _("看过了，办好了") if step.passed else _("看过了，还没办好，请接着办")
        case Deed.URGE:
            return _("催您抓紧")
    return _("办完了")


def _unlisted(response: HttpResponse) -> HttpResponse:
    response.headers["Cache-Control"] = "no-store"
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    response.headers["Referrer-Policy"] = "no-referrer"
    return response
