"""我要反映: the home page. What, where, how to reach you; then a receipt."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from gezhi.faces.resident.report.forms import NONE_OF_THESE, ReportForm, WhereForm
from gezhi.faces.resident.report.place import Choice, Found, find
from gezhi.faces.resident.stranger import stranger
from gezhi.faces.shell.access import needs_no_cookie
from gezhi.faces.shell.bodies import PHOTOS_BYTES, takes_up_to
from gezhi.faces.shell.uploads import stored_with
from gezhi.faces.shell.writes import count_write
from gezhi.kernel.errors import Invalid, Refusal, Unseen
from gezhi.kernel.ids import typed_id
from gezhi.kernel.viewer import Viewer
from gezhi.work.cases import actions as cases
from gezhi.work.cases.models import Case
from gezhi.work.cases.queries import case_sent_again, joinable, was_sent

CHANNEL = "web"
# So much of the words is read while they are written; the rest says nothing new.
_READ = 4000
# What a neighbor says who only presses "我也遇到"; staff read it, so it is never translated.
ALSO_MET = "我也遇到"


@needs_no_cookie
@takes_up_to(PHOTOS_BYTES)
@require_http_methods(["GET", "HEAD", "POST"])
def report(request: HttpRequest) -> HttpResponse:
    """The form; sending it answers with the receipt's page, or with the form and what to change."""
    by = stranger()
    if request.method != "POST":
        form = ReportForm()
        return _page(request, form, find(by, by.district_id or 0, Choice()))
    form = ReportForm(request.POST, request.FILES)
    valid = form.is_valid()
    found = find(
        by,
        by.district_id or 0,
        choice_of(form),
        text=form.cleaned_data.get("text", "")[:_READ],
        joining=bool(form.cleaned_data.get("join")),
    )
    if not valid:
        return _page(request, form, found, status=422)
    if "look" in request.POST:
        return _page(request, form, found)
    try:
        cases.valid_intake(_intake(form, found, []))
        # One's own case, sent again, is no neighbor's, and was asked about before.
        asking = _has_unseen_neighbors(form, found)
        asking_where = _has_unseen_question(form, found)
        meaning = _has_unseen_answers(form, found)
        if (asking or asking_where or meaning) and not was_sent(by, form.key):
            where_only = asking_where and not asking
            meaning = meaning and not (asking or asking_where)
            return _page(
                request, form, found, asking=asking, asking_where=where_only, meaning=meaning
            )
        count_write(request)
        receipt = _take_in(form, found, by)
    except Refusal as refusal:
        form.refuse(refusal)
        return _page(request, form, found, status=refusal.status)
    address = reverse("resident:receipt", args=[receipt.number, receipt.code])
    response = HttpResponseRedirect(address)
    response.status_code = 303
    return response


@needs_no_cookie
@require_POST
def where(request: HttpRequest) -> HttpResponse:
    """The piece below 在哪儿 (htmx): which grid, which place, what neighbors reported there."""
    by = stranger()
    form = WhereForm(request.POST)
    form.is_valid()
    choice = choice_of(form, last=request.headers.get("HX-Trigger", ""))
    found = find(by, by.district_id or 0, choice, text=request.POST.get("text", "")[:_READ])
    context = {"found": found, "form": form, "where_url": reverse("resident:where")}
    return render(request, "resident/report/where.html", context)


def choice_of(form: WhereForm, last: str = "") -> Choice:
    """What the form says about the place; a field that was refused counts as empty."""
    data = form.cleaned_data
    place = data.get("place", "")
    refused = place == NONE_OF_THESE
    return Choice(
        words=data.get("place_words", ""),
        longitude=data.get("longitude"),
        latitude=data.get("latitude"),
        place_id=typed_id(place),
        compound_id=data.get("compound"),
        building_id=data.get("building"),
        refused=refused,
        last=last,
    )


def _has_unseen_neighbors(form: ReportForm, found: Found) -> bool:
    """Whether similar cases were not shown yet to somebody who does not join one."""
    # What is to be kept joins nobody else's case.
    if form.cleaned_data["join"] or form.cleaned_data["confidential"]:
        return False
    seen = set(form.cleaned_data["seen"].split(","))
    return any(card.number not in seen for card in found.similar)


def _has_unseen_question(form: ReportForm, found: Found) -> bool:
    """Whether nobody was told yet that the words mean no one place; asked once for the same words."""
    if form.cleaned_data["join"] or not found.is_asking:
        return False
    return bool(form.cleaned_data["place_seen"] != found.choice.words)


def _has_unseen_answers(form: ReportForm, found: Found) -> bool:
    """Whether there are answers to what was asked, and none was shown: once a report, never again."""
    return bool(found.answers) and not (
        form.cleaned_data["join"] or form.cleaned_data["answers_seen"]
    )


def _intake(form: ReportForm, found: Found, photo_ids: list[int]) -> cases.Intake:
    data = form.cleaned_data
    return cases.Intake(
        text=data["text"] or (ALSO_MET if data["join"] else ""),
        channel=CHANNEL,
        where=found.where(),
        contact=cases.Contact(name=data["name"], phone=data["phone"]),
        photos=photo_ids,
        confidential=data["confidential"],
        language=get_language() or "zh-hans",
    )


def _take_in(form: ReportForm, found: Found, by: Viewer) -> cases.Receipt:
    joined = form.cleaned_data["join"]

    def deed(photo_ids: list[int]) -> cases.Receipt:
        intake = _intake(form, found, photo_ids)
        if not joined:
            return cases.report(intake=intake, by=by, key=form.key)
        case = _to_join(joined, found, by, form.key)
        return cases.join(intake=intake, case=case, by=by, key=form.key)

    return stored_with(form.pictures(), by=by, deed=deed, repeated=lambda receipt: receipt.repeated)


def _to_join(number: str, found: Found, by: Viewer, key: str) -> Case:
    """Only what stands on the page may be joined: a number typed by hand opens nothing.

    What was joined with this key before answers again, wherever the case is by now.
    """
    case = joinable(number, by.district_id or 0)
    if case is not None and number in {card.number for card in found.similar}:
        return case
    try:
        return case_sent_again(by, number, key)
    except Unseen as unseen:
        raise Invalid(_("您说的那件事刚刚办完了，请直接提交，我们当作新的事来办")) from unseen


def _page(
    request: HttpRequest,
    form: ReportForm,
    found: Found,
    *,
    asking: bool = False,
    asking_where: bool = False,
    meaning: bool = False,
    status: int = 200,
) -> HttpResponse:
    context = {
        "form": form,
        "found": found,
        "asking": asking,
        "asking_where": asking_where,
        "meaning": meaning,
        "where_url": reverse("resident:where"),
        "borders_url": reverse("resident:borders"),
    }
    return render(request, "resident/report/report.html", context, status=status)
