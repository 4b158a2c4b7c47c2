"""保密事项: that they exist, for whoever oversees the area; one opens for a need that is written down."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from gezhi.faces.shell import menu, moments
from gezhi.faces.shell.access import staff_only
from gezhi.faces.shell.deadlines import color_of, due_words
from gezhi.faces.shell.figures import Count
from gezhi.faces.shell.forms import PlainForm
from gezhi.faces.shell.middleware import viewer_in
from gezhi.faces.shell.parts import Tab
from gezhi.kernel import clock
from gezhi.kernel.digits import CASE_DIGITS, case_number
from gezhi.kernel.errors import Invalid, Unseen
from gezhi.kernel.rights import Right
from gezhi.kernel.viewer import Viewer
from gezhi.work.cases import actions
from gezhi.work.cases import queries as cases
from gezhi.work.cases.queries import CasePage, KeptRow
from gezhi.work.cases.queries.detail import OpeningLine, StepLine
from gezhi.work.cases.rules import REVEALED_HOURS, Deed, Sight

NEEDS = {
    "urged": gettext_lazy("反映人催问或投诉到我这里"),
    "overdue": gettext_lazy("超时督办，要看清卡在哪儿"),
    "decide": gettext_lazy("经办的人请示，要我拿主意"),
    "asked": gettext_lazy("上级或纪检、司法机关依法查问"),
    "other": gettext_lazy("其他（请写明）"),
}


@dataclass(frozen=True, slots=True)
class KeptLine:
    """One line: the row from outside, where it leads, its light in words."""

    row: KeptRow
    url: str
    number: str
    color: str
    due_words: str


class NeedForm(PlainForm):
    """What a confidential case is opened for."""

    need = forms.ChoiceField(
        label=gettext_lazy("为什么要看"),
        choices=list(NEEDS.items()),
        widget=forms.RadioSelect,
    )
    need_words = forms.CharField(
        label=gettext_lazy("其他原因"),
        required=False,
        max_length=50,
        help_text=gettext_lazy("审计管理员和经办的人看得到这句，不要写反映人是谁。"),
    )

    def __init__(self, data: Any = None, *, initial: Mapping[str, Any] | None = None) -> None:
        super().__init__(data, initial=dict(initial or {}), auto_id="need_%s")


def is_kept_from(viewer: Viewer, number: str) -> bool:
    """Whether this is a restricted case the viewer may know of and not read."""
    if not viewer.may(Right.OVERSEE):
        return False
    try:
        return not cases.confidential_case(viewer, number).opens
    except Unseen:
        return False


def numbered(viewer: Viewer, number: str) -> str:
    """Where the need for this restricted case is asked; "" for any other number."""
    if len(number) != CASE_DIGITS or not is_kept_from(viewer, number):
        return ""
    return reverse("desk:confidential_case", args=[number])


def told_instead(page: CasePage) -> list[StepLine]:
    """What was written for a unit, or asked of a worker, in the place of the reporter's words."""
    if page.sight >= Sight.WHOLE:
        return []
    written = Deed.ASK if page.sight is Sight.QUESTION else Deed.DISPATCH
    return [step for step in page.steps if step.deed == written and step.words][-1:]


def opened_words(viewer: Viewer, page: CasePage) -> str:
    """That the viewer sees it by need, why and until when; "" for whoever has it in hand."""
    now = clock.now()
    own = [one for one in page.openings if one.user_id == viewer.user_id and one.until > now]
    if not own:
        return ""
    return _("您因“%(why)s”打开了这件保密的事，看到 %(until)s 为止；已写进办理经过和留痕。") % {
        "why": need_words(own[-1]),
        "until": moments.spoken(own[-1].until),
    }


def need_words(opening: OpeningLine) -> str:
    """What a case was opened for: the words typed, else those of the need."""
    return opening.words or str(NEEDS.get(opening.purpose, opening.purpose))


@require_GET
@staff_only(Right.OVERSEE)
def confidential(request: HttpRequest) -> HttpResponse:
    """The open ones of the viewer's area, `?ended=1` the others; numbers and hands, no case."""
    viewer = viewer_in(request)
    ended = request.GET.get("ended") == "1"
    listing = cases.confidential_cases(viewer, ended=ended, after=request.GET.get("after", ""))
    address = reverse("desk:confidential")
    query = "ended=1&" if ended else ""
    context = {
        "lines": [line_of(row) for row in listing.rows],
        "ended": ended,
        "tabs": [
            Tab(_("在办"), address, counts(viewer)["open"].number, not ended),
            Tab(_("已办完"), f"{address}?ended=1", None, ended),
        ],
        "next_url": f"{address}?{query}after={listing.after}" if listing.after else "",
        "hours": REVEALED_HOURS,
    }
    return render(request, "desk/confidential/confidential.html", context)


def counts(viewer: Viewer) -> Mapping[str, Count]:
    """How many open ones lie in the viewer's area."""
    return {"open": Count(cases.confidential_count(viewer), reverse("desk:confidential"))}


def line_of(row: KeptRow) -> KeptLine:
    """Where it leads: to the case for whoever may read it now, else to where its need is asked."""
    name = "desk:case" if row.opens else "desk:confidential_case"
    return KeptLine(
        row=row,
        url=reverse(name, args=[row.number]),
        number=case_number(row.number),
        color=color_of(row),
        due_words=due_words(row),
    )


@require_http_methods(["GET", "POST"])
@staff_only(Right.OVERSEE)
def confidential_case(request: HttpRequest, number: str) -> HttpResponse:
    """GET says what may be known and asks for the need; POST opens the case and goes to it.

    Unseen for any case but a restricted one of the viewer's area. Whoever may read it now is sent
    to the case at once.
    """
    viewer = viewer_in(request)
    menu.stand_at(request, reverse("desk:confidential"))
    row = cases.confidential_case(viewer, number)
    case_url = reverse("desk:case", args=[row.number])
    if row.opens:
        return HttpResponseRedirect(case_url, status=303)
    form = NeedForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            actions.open_case(
                number=number,
                by=viewer,
                need=form.cleaned_data["need"],
                words=form.cleaned_data["need_words"],
            )
        except Invalid as refusal:
            form.add_error("need_words", str(refusal.message))
        else:
            return HttpResponseRedirect(case_url, status=303)
    context = {"line": line_of(row), "form": form, "hours": REVEALED_HOURS}
    status = 422 if form.is_bound else 200
    return render(request, "desk/confidential/confidential_case.html", context, status=status)
