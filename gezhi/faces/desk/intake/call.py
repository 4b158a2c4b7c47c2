"""电话登记: one screen while the caller speaks, over whatever is open; then the receipt to read out."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from gezhi.faces.desk.intake.alike import call_context
from gezhi.faces.desk.intake.forms import NONE_OF_THESE, CallForm
from gezhi.faces.desk.queues.lines import Line, lines
from gezhi.faces.shell.access import staff_only
from gezhi.faces.shell.middleware import viewer_in
from gezhi.faces.shell.pages import page
from gezhi.ground.audit import actions as audit
from gezhi.kernel import phones, secrets
from gezhi.kernel.digits import receipt_code, report_number
from gezhi.kernel.errors import KeyReused, Refusal, Unseen
from gezhi.kernel.ids import typed_id
from gezhi.kernel.rights import Right
from gezhi.kernel.viewer import Viewer
from gezhi.records.places import queries as places
from gezhi.work.cases import actions
from gezhi.work.cases import queries as cases
from gezhi.work.cases.queries import desk
from gezhi.work.cases.rules import Deed

# Receipts this session may read out again; the code itself is reckoned, never kept.
_SESSION = "intake_receipts"
_KEPT = 20
PARTS = {"intake-body": "desk/intake/_form.html"}


@sensitive_post_parameters("phone", "name", "text")
@require_http_methods(["GET", "POST"])
@staff_only(Right.TAKE_IN)
def intake(request: HttpRequest) -> HttpResponse:
    """GET shows the empty form, POST takes the report in and goes to its receipt.

    A button named `join` adds the caller to the open case it names (并入这件), one named `look`
    only looks up the caller and the place. Refused fields come back with everything typed (422).
    Whoever does not answer the phone has no such page (Unseen).
    """
    viewer = viewer_in(request)
    if request.method == "GET":
        return _shown(request, CallForm(viewer))
    if "look" in request.POST:
        form = CallForm(viewer, initial=dict(request.POST.items()))
        return _shown(request, form, **_known(viewer, request))
    form = CallForm(viewer, request.POST)
    if form.is_valid():
        try:
            receipt = _taken_in(form, viewer)
        except KeyReused:
            form.add_error(None, _("这个电话刚才已经登记过；内容又改了的话，请再按一次“登记”。"))
            form.take_new_key()
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            _keep(request, receipt)
            url = reverse("desk:intake_receipt", args=[receipt.number])
            return HttpResponseRedirect(url, status=303)
    return _shown(request, form, status=422, **_known(viewer, request))


def _taken_in(form: CallForm, viewer: Viewer) -> actions.Receipt:
    """A case of its own, or one more report of an open one the clerk sees (我也遇到)."""
    number = form.cleaned_data["join"]
    if not number:
        return actions.report(intake=form.intake(), by=viewer, key=form.key)
    try:
        case = cases.get(viewer, number)
    except Unseen:
        case = cases.case_sent_again(viewer, number, form.key)
    return actions.join(intake=form.intake(), case=case, by=viewer, key=form.key)


def _shown(
    request: HttpRequest, form: CallForm, *, status: int = 200, **known: Any
) -> HttpResponse:
    context = {"form": form, **known}
    return page(request, "desk/intake/intake.html", context, parts=PARTS, status=status)


def _keep(request: HttpRequest, receipt: actions.Receipt) -> None:
    kept = dict(request.session.get(_SESSION, {}))
    kept[receipt.number] = receipt.report_id
    request.session[_SESSION] = dict(list(kept.items())[-_KEPT:])


@require_GET
@staff_only(Right.TAKE_IN)
def receipt(request: HttpRequest, number: str) -> HttpResponse:
    """The number and code to read out, for reports this session took in; Unseen for any other."""
    report_id = dict(request.session.get(_SESSION, {})).get(number)
    if report_id is None:
        raise Unseen(_("没有找到这张回执"))
    code = secrets.receipt_code(report_id)
    told = cases.tracked(number, code)
    case_number = desk.numbered(viewer_in(request), number)
    context = {
        "number": report_number(number),
        "code": receipt_code(code),
        "told": told,
        "joined": any(step.deed == Deed.JOIN for step in told.steps),
        "case_url": reverse("desk:case", args=[case_number]) if case_number else "",
        "copy_text": _("受理号 %(number)s，查询码 %(code)s")
        % {"number": report_number(number), "code": receipt_code(code)},
    }
    parts = {"intake-body": "desk/intake/_receipt.html"}
    return page(request, "desk/intake/receipt.html", context, parts=parts)


@sensitive_post_parameters("phone")
@require_POST
@staff_only(Right.TAKE_IN)
def caller(request: HttpRequest) -> HttpResponse:
    """The last cases of this phone, by its keyed index; the look itself is recorded."""
    return render(request, "desk/intake/_caller.html", _caller(viewer_in(request), request))


@require_POST
@staff_only(Right.TAKE_IN)
def place(request: HttpRequest) -> HttpResponse:
    """What the words mean: the place that is taken, those to choose from, or that nobody knows it."""
    chosen = request.POST.get("place_id", "")[:20]
    context = _meant(viewer_in(request), request.POST.get("place_words", ""), chosen, again=True)
    # The last cases of a place that is chosen no longer are not those of this one.
    context["clears_cases"] = context["chosen_id"] is None
    return render(request, "desk/intake/_place.html", context)


@require_POST
@staff_only(Right.TAKE_IN)
def place_cases(request: HttpRequest) -> HttpResponse:
    """The last cases of the place chosen; the look itself is recorded."""
    return render(request, "desk/intake/_place_cases.html", _place(viewer_in(request), request))


def _known(viewer: Viewer, request: HttpRequest) -> dict[str, Any]:
    """Everything the right side shows, for browsers without script; each case once, in the list
    that comes first, as `intake.js` has it."""
    known = call_context(viewer, request) | _caller(viewer, request) | _place(viewer, request)
    seen = {one.number for one in known["alike"]}
    for name in ("caller_lines", "place_lines"):
        lines_left = [line for line in known.get(name, []) if line.row.number not in seen]
        known[f"{name}_above"] = len(known.get(name, [])) > len(lines_left)
        known[name] = lines_left
        seen |= {line.row.number for line in lines_left}
    return known


def _caller(viewer: Viewer, request: HttpRequest) -> dict[str, Any]:
    phone = phones.normalized(request.POST.get("phone", "")[:40])
    if not phones.is_valid(phone):
        return {"caller_asked": False, "caller_lines": []}
    numbers = actions.recognize_caller(phone=phone, by=viewer)
    rows: list[Line] = lines(desk.by_numbers(viewer, numbers)) if numbers else []
    return {"caller_asked": True, "caller_lines": rows}


def _meant(viewer: Viewer, words: str, chosen: str, *, again: bool = False) -> dict[str, Any]:
    """What the words mean, with what is chosen now: the one they mean for sure, until somebody
    chooses another or none. Of words that are being written `again` a choice stays only while it
    is offered."""
    words = words.strip()[:200]
    meant = places.understand(viewer.district_id or 0, words)
    offered = {one.place.id: one for one in meant.offered}
    place_id = typed_id(chosen)
    if again and place_id not in offered:
        place_id, chosen = None, ""
    if place_id is not None and place_id not in offered:
        known = places.places_found([place_id], district_id=viewer.district_id)
        offered = {one.place.id: one for one in known} | offered
        # A place of another district is none.
        place_id = place_id if known else None
    if place_id is None and chosen != NONE_OF_THESE and meant.place is not None:
        place_id = meant.place.id
    taken = meant.is_sure and chosen != NONE_OF_THESE and place_id in (None, _id_of(meant))
    return {
        "meant": meant,
        "place_words": words,
        "offered": list(offered.values()),
        "chosen_id": place_id,
        "none_chosen": chosen == NONE_OF_THESE,
        "taken": taken,
        "area_words": places.short_words_of(meant.location) if taken else "",
    }


def _id_of(meant: places.Understood) -> int | None:
    return meant.place.id if meant.place is not None else None


def _place(viewer: Viewer, request: HttpRequest) -> dict[str, Any]:
    chosen = request.POST.get("place_id", "")[:20]
    context = _meant(viewer, request.POST.get("place_words", ""), chosen) | {"place_lines": []}
    row = places.place(context["chosen_id"]) if context["chosen_id"] else None
    if row is not None:
        compound = row.id if row.kind == "compound" else row.compound_id
        audit.record_read(
            by=viewer,
            what="place_cases",
            subject_kind="place",
            subject_id=row.id,
            purpose="intake",
        )
        context["place_lines"] = lines(desk.of_place(viewer, row.id, compound))
        context["chosen_place"] = row
        context["chosen_words"] = places.places_found([row.id])[0].words
    return context
