"""多准才提示: how much error the office bears for each question, and what was learnt for it."""

from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from gezhi.faces.desk.triage.advice_value import NOTHING, QUESTIONS, share, tabs
from gezhi.faces.desk.triage.forms import ToleranceForm
from gezhi.faces.shell import menu
from gezhi.faces.shell.access import posted_from, staff_only
from gezhi.faces.shell.middleware import viewer_in
from gezhi.kernel.errors import Refusal, Unseen
from gezhi.kernel.rights import Right
from gezhi.kernel.viewer import Viewer
from gezhi.work.triage import actions, queries
from gezhi.work.triage.queries import ModelView
from gezhi.work.triage.rules import TOLERATED


@dataclass(frozen=True, slots=True)
class ToleranceLine:
    """What is set for one question, with the form that sets it where the viewer may."""

    name: str
    what: str
    percent: str
    form: ToleranceForm
    model: ModelView | None
    model_right: str


@require_GET
@staff_only(Right.READ_VALUE)
def tolerances(request: HttpRequest) -> HttpResponse:
    """What is set and learnt for each question; the supervisor sets it here."""
    return _shown(request)


@staff_only(Right.TUNE_ADVICE)
@posted_from("desk:tolerances")
def tolerance(request: HttpRequest, what: str) -> HttpResponse:
    """Set the error the office bears for one question; refused figures come back (422)."""
    viewer = viewer_in(request)
    if what not in TOLERATED:
        raise Unseen(_("没有这一类建议"))
    form = ToleranceForm(request.POST, what=what)
    if not form.is_valid():
        return _shown(request, refused=form, status=422)
    try:
        actions.set_tolerance(what=what, error=form.cleaned_data["percent"] / 100, by=viewer)
    except Refusal as refusal:
        form.add_error("percent", str(refusal.message))
        return _shown(request, refused=form, status=422)
    words = _("已定：%(name)s建议每一百件最多错 %(percent)d 件。从现在起的新建议照这个来。")
    values = {"name": QUESTIONS[what], "percent": form.cleaned_data["percent"]}
    messages.success(request, words % values)
    return HttpResponseRedirect(reverse("desk:tolerances"), status=303)


@staff_only(Right.TUNE_ADVICE)
@posted_from("desk:tolerances")
def train(request: HttpRequest, what: str) -> HttpResponse:
    """Ask a worker to learn one question from the office's own cases."""
    try:
        actions.ask_training(what=what, by=viewer_in(request))
    except Refusal as refusal:
        messages.warning(request, str(refusal.message))
    else:
        words = _("已排队：从本单位办过的事里重新学“%(name)s”，几分钟后在下面看结果。")
        messages.success(request, words % {"name": QUESTIONS[what]})
    return HttpResponseRedirect(reverse("desk:tolerances"), status=303)


def _shown(
    request: HttpRequest, *, refused: ToleranceForm | None = None, status: int = 200
) -> HttpResponse:
    viewer = viewer_in(request)
    here = reverse("desk:tolerances")
    menu.stand_at(request, reverse("desk:value"))
    context = {
        "tabs": tabs(here),
        "tolerances": tolerance_lines(viewer, refused),
        "may_set": viewer.may(Right.TUNE_ADVICE),
    }
    return render(request, "desk/triage/tolerances.html", context, status=status)


def tolerance_lines(viewer: Viewer, refused: ToleranceForm | None = None) -> list[ToleranceLine]:
    """What is set and learnt for each question; a refused form stands with what was typed."""
    in_force = {one.what: one for one in queries.trained_models(viewer) if one.in_force}
    return [
        ToleranceLine(
            name=str(QUESTIONS[one.what]),
            what=one.what,
            percent=f"{100 * one.error:g}",
            form=refused
            if refused is not None and refused.what == one.what
            else ToleranceForm(what=one.what, percent=round(100 * one.error)),
            model=in_force.get(one.what),
            model_right=_right_of(in_force.get(one.what)),
        )
        for one in queries.tolerances(viewer)
    ]


def _right_of(model: ModelView | None) -> str:
    return share(model.measures.get("right")) if model else NOTHING
