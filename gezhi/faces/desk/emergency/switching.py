"""打开 and 关闭: each asked back on a page that names the area and the plan."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from gezhi.faces.desk.emergency.forms import SwitchOffForm, SwitchOnForm
from gezhi.faces.desk.emergency.listing import line_of
from gezhi.faces.shell.access import staff_only
from gezhi.faces.shell.middleware import viewer_in
from gezhi.kernel.errors import Refusal
from gezhi.kernel.rights import Right
from gezhi.work.emergency import actions, plans, queries


@require_http_methods(["GET", "POST"])
@staff_only(Right.SWITCH_EMERGENCY)
def switch_on(request: HttpRequest) -> HttpResponse:
    """Choose; read what will happen, by name; switch on."""
    viewer = viewer_in(request)
    form = SwitchOnForm(request.POST if request.method == "POST" else None, viewer=viewer)
    if request.method == "POST" and form.is_valid():
        if "sure" not in request.POST:
            return _asked_back(request, form)
        data = form.cleaned_data
        try:
            row = actions.switch_on(
                area_id=data["area"],
                plan_code=data["plan"],
                drill=form.is_drill,
                reason=data["reason"],
                by=viewer,
            )
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, _("演练打开了。") if row.drill else _("应急打开了。"))
            return HttpResponseRedirect(reverse("desk:emergency", args=[row.pk]), status=303)
    return render(request, "desk/emergency/on.html", {"form": form}, status=form.status)


def _asked_back(request: HttpRequest, form: SwitchOnForm) -> HttpResponse:
    data = form.cleaned_data
    plan = plans.plan(data["plan"])
    names = {
        "area": form.area_names[data["area"]],
        "plan": plan.name if plan else data["plan"],
    }
    title = (
        _("在%(area)s打开“%(plan)s”演练？")
        if form.is_drill
        else _("在%(area)s打开“%(plan)s”应急？")
    )
    crew = "、".join(line.name for line in plans.crew(data["plan"]))
    context = {
        "title": title % names,
        "drill": form.is_drill,
        "crew": crew,
        "asks": plan.asks if plan else "",
        "hidden": {name: request.POST.get(name, "") for name in form.fields} | {"sure": "yes"},
        "deed": _("打开演练") if form.is_drill else _("打开应急"),
        "back_url": reverse("desk:emergency_on"),
    }
    return render(request, "desk/emergency/on_sure.html", context)


@require_http_methods(["GET", "POST"])
@staff_only(Right.SWITCH_EMERGENCY)
def switch_off(request: HttpRequest, emergency_id: int) -> HttpResponse:
    """Off: the summary, what is left open, then the report."""
    viewer = viewer_in(request)
    row = queries.get(viewer, emergency_id)
    report = reverse("desk:emergency_report", args=[row.pk])
    if not row.is_on and request.method == "GET":
        return HttpResponseRedirect(report, status=303)
    left = queries.left_open(row)
    form = SwitchOffForm(
        request.POST if request.method == "POST" else None, left=0 if row.drill else left
    )
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            actions.switch_off(
                emergency_id=row.pk,
                summary=data["summary"],
                goes_on=bool(data.get("goes_on")),
                by=viewer,
            )
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            messages.success(
                request, _("已关闭，这是报告：写好用途，可以存成 PDF、Word，也可以打印。")
            )
            return HttpResponseRedirect(report, status=303)
    context = {
        "form": form,
        "line": line_of(row),
        "ending": left if row.drill else 0,
        "nameless": queries.nameless(viewer, row),
    }
    return render(request, "desk/emergency/off.html", context, status=form.status)
