"""批转: several cases of the dispatcher's queue to one unit, each by a step of its own."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods

from gezhi.faces.desk.queues.case_list import CaseList, of_queue
from gezhi.faces.desk.queues.lines import lines
from gezhi.faces.shell import menu
from gezhi.faces.shell.access import staff_only
from gezhi.faces.shell.forms import KeyedForm
from gezhi.faces.shell.middleware import viewer_in
from gezhi.faces.shell.unit_choices import grouped
from gezhi.kernel.errors import Unseen
from gezhi.kernel.rights import Right
from gezhi.kernel.viewer import Viewer
from gezhi.records.units import queries as units
from gezhi.work.cases import actions
from gezhi.work.cases import queries as cases
from gezhi.work.cases.actions import Outcome
from gezhi.work.cases.sending import why_alone

QUEUE = "dispatching"
MOST = cases.queues.PAGE_SIZE


class TogetherForm(KeyedForm):
    """To which unit, with which words for all of them."""

    lead_unit_id = forms.ChoiceField(label=gettext_lazy("派给哪个单位"))
    words = forms.CharField(
        label=gettext_lazy("交代几句"),
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy("每一件都带上这句话。"),
    )

    def __init__(self, viewer: Viewer, data: Any = None) -> None:
        super().__init__(data)
        open_units = units.open_units(viewer, viewer.district_id or 0)
        self.offer("lead_unit_id", grouped(open_units, _("请选择")))


@require_http_methods(["GET", "POST"])
@staff_only(Right.SEND)
def together(request: HttpRequest) -> HttpResponse:
    """GET shows the first cases of the queue as it is narrowed; POST sends the ticked ones, and says
    which were not sent and why.

    Unseen for whoever does not have the queue.
    """
    viewer = viewer_in(request)
    if QUEUE not in {row.name for row in cases.queues_for(viewer)}:
        raise Unseen(_("没有这个队列"))
    case_list = of_queue(QUEUE, request.GET)
    menu.stand_at(request, reverse("desk:queue", args=[QUEUE]))
    if request.method == "GET":
        return _shown(request, viewer, case_list, TogetherForm(viewer))
    form = TogetherForm(viewer, request.POST)
    ticked = list(dict.fromkeys(request.POST.getlist("number")))[:MOST]
    if not form.is_valid() or not ticked:
        if not ticked:
            form.add_error(None, _("还没有勾选要派的。在要派给同一个单位的前面打勾。"))
        return _shown(request, viewer, case_list, form, ticked=ticked)
    outcomes = actions.dispatch_each(
        numbers=ticked,
        lead_unit_id=int(form.cleaned_data["lead_unit_id"]),
        words=form.cleaned_data["words"],
        by=viewer,
        key=form.key,
    )
    _tell(request, outcomes)
    refused = {row.number: row.message for row in outcomes if not row.done}
    if refused:
        return _shown(request, viewer, case_list, form, refused=refused)
    return HttpResponseRedirect(request.get_full_path(), status=303)


def _tell(request: HttpRequest, outcomes: list[Outcome]) -> None:
    done = sum(row.done for row in outcomes)
    if done:
        words = ngettext("已派出 %(number)d 件。", "已派出 %(number)d 件。", done)
        messages.success(request, words % {"number": done})
    left = len(outcomes) - done
    if left:
        words = ngettext(
            "有 %(number)d 件没有派出，原因写在下面。",
            "有 %(number)d 件没有派出，原因写在下面。",
            left,
        )
        messages.warning(request, words % {"number": left})


def _shown(
    request: HttpRequest,
    viewer: Viewer,
    case_list: CaseList,
    form: TogetherForm,
    *,
    ticked: list[str] | None = None,
    refused: dict[str, str] | None = None,
) -> HttpResponse:
    listing = cases.listing(viewer, QUEUE, filters=cases.kept(dict(case_list.parameters)))
    refused = refused or {}
    chosen = set(ticked or ())
    items = [
        {
            "line": line,
            "refused": refused.get(line.row.number, ""),
            "ticked": line.row.number in chosen,
            "alone": why_alone(
                restricted=line.row.restricted,
                urgency=line.row.urgency,
                returned=line.row.came_back,
            ),
        }
        for line in lines(listing.rows, query=case_list.query)
    ]
    context = {
        "case_list": case_list,
        "form": form,
        "items": items,
        "has_more": bool(listing.after),
        "most": MOST,
    }
    status = 422 if form.errors else 200
    return render(request, "desk/queues/together.html", context, status=status)
