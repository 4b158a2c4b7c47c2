"""One shift changed by hand, with a reason, and the change taken back."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from gezhi.faces.desk.rota.forms import ChangeForm
from gezhi.faces.desk.rota.rota import unit_asked
from gezhi.faces.shell import menu
from gezhi.faces.shell.access import posted_from, staff_only
from gezhi.faces.shell.middleware import viewer_in
from gezhi.kernel import clock
from gezhi.kernel.errors import Refusal, Unseen
from gezhi.kernel.ids import typed_id
from gezhi.kernel.rights import Right
from gezhi.records.posts import actions
from gezhi.records.posts import rota_queries as queries
from gezhi.records.posts.rota_twice import doubles_of


@require_http_methods(["GET", "POST"])
@staff_only(Right.KEEP_ROTA)
def change(request: HttpRequest) -> HttpResponse:
    """Put somebody else in for one shift; `?shift=` fills in which."""
    viewer = viewer_in(request)
    menu.stand_at(request, reverse("desk:rota"))
    kept = [unit for unit in queries.readable_units(viewer) if queries.may_keep(viewer, unit.pk)]
    unit = unit_asked(request, kept)
    if unit is None:
        raise Unseen("")
    rotas = queries.rotas_of(unit, from_day=clock.today())
    initial: dict[str, Any] = {"day": clock.today()}
    shift = queries.shift_in(unit, typed_id(request.GET.get("shift", "")) or 0)
    if shift is not None:
        start, end = clock.local(shift.from_at), clock.local(shift.to_at)
        initial |= {"rota": str(shift.rota_id), "day": start.date(), "start": start.time(),
                    "end": end.time()}  # fmt: skip
    form = ChangeForm(
        request.POST or None,
        rotas=[(one.pk, one.name) for one in rotas],
        people=queries.people_of(unit.pk),
        initial=initial,
    )
    if request.method == "POST" and form.is_valid():
        from_at, to_at = form.span()
        try:
            actions.set_shift(
                rota_id=int(form.cleaned_data["rota"]), from_at=from_at, to_at=to_at,
                user_id=form.user_id(), reason=form.cleaned_data["reason"], by=viewer,
                doubled=form.cleaned_data["doubled"],
            )  # fmt: skip
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, _("改好了，进来的和出去的人都会收到通知。"))
            address = f"{reverse('desk:rota')}?unit={unit.pk}&week={form.cleaned_data['day']}"
            return HttpResponseRedirect(address, status=303)
    context = {"form": form, "unit": unit, "has_rotas": bool(rotas)}
    return render(request, "desk/rota/change.html", context, status=form.status)


@staff_only(Right.KEEP_ROTA)
@posted_from("desk:rota")
def take_back(request: HttpRequest, change_id: int) -> HttpResponse:
    """Let the pattern hold again."""
    try:
        row = actions.take_back_change(change_id=change_id, by=viewer_in(request))
    except Unseen:
        raise
    except Refusal as refusal:
        messages.warning(request, str(refusal.message))
        return HttpResponseRedirect(reverse("desk:rota"), status=303)
    messages.success(request, _("撤掉了，照值班表原来的排法。"))
    if twice := doubles_of(row.rota, row.from_at, row.to_at):
        words = _("有人要同时值两个班：%(words)s。要改，请点“改一班”。")
        messages.warning(request, words % {"words": twice[0].words})
    return HttpResponseRedirect(reverse("desk:rota_one", args=[row.rota_id]), status=303)
