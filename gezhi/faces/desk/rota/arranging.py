"""A rota: begun, read, ended."""

from dataclasses import dataclass

from django.contrib import messages
from django.forms import BoundField
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from gezhi.faces.desk.rota.forms import LINES, EndForm, NewRotaForm
from gezhi.faces.desk.rota.rota import shown_rota, unit_asked
from gezhi.faces.shell import menu
from gezhi.faces.shell.access import posted_from, staff_only
from gezhi.faces.shell.duty import shift_words
from gezhi.faces.shell.middleware import viewer_in
from gezhi.kernel.errors import Refusal, Unseen
from gezhi.kernel.rights import Right
from gezhi.records.posts import actions
from gezhi.records.posts import rota_queries as queries
from gezhi.records.posts.models import Rota


@require_http_methods(["GET", "POST"])
@staff_only(Right.KEEP_ROTA)
def new(request: HttpRequest) -> HttpResponse:
    """Begin a rota of the unit in `?unit=`."""
    viewer = viewer_in(request)
    menu.stand_at(request, reverse("desk:rota"))
    kept = [unit for unit in queries.readable_units(viewer) if queries.may_keep(viewer, unit.pk)]
    unit = unit_asked(request, kept)
    if unit is None:
        raise Unseen("")
    people = queries.people_of(unit.pk)
    posts = queries.filled_posts(unit.pk)
    form = NewRotaForm(
        request.POST or None,
        roles={post.role for post in posts},
        posts=posts,
        people=people,
    )
    if request.method == "POST" and form.is_valid():
        lines = form.drafts()
        if form.is_valid():
            data = form.cleaned_data
            try:
                actions.begin_rota(
                    unit=unit, name=data["name"], role=data["role"], lines=lines,
                    posts=data["posts"],
                    from_day=data["from_day"], last_day=data["last_day"], by=viewer,
                    doubled=data["doubled"],
                )  # fmt: skip
            except Refusal as refusal:
                form.refuse(refusal)
            else:
                messages.success(request, _("值班表建好了，以后六周的班都排上了。"))
                return HttpResponseRedirect(f"{reverse('desk:rota')}?unit={unit.pk}", status=303)
    context = {"form": form, "unit": unit, "people": people, "places": _places(form)}
    return render(request, "desk/rota/new.html", context, status=form.status)


@dataclass(frozen=True, slots=True)
class Place:
    """The rows of one shift of the form; it stands open where something is filled in."""

    number: int
    is_open: bool
    kind: BoundField
    weekdays: BoundField
    start: BoundField
    end: BoundField
    people: BoundField
    turn: BoundField


def _places(form: NewRotaForm) -> list[Place]:
    """The rows of each shift, and whether it stands open: the first, and any that was filled."""
    found = []
    for place in LINES:
        kind, weekdays, start, end, people, turn = (
            form[f"{name}_{place}"] for name in ("kind", "weekdays", "from", "to", "people", "turn")
        )
        is_open = place == 1 or any(row.value() for row in (start, end, people))
        found.append(Place(place, is_open, kind, weekdays, start, end, people, turn))
    return found


@require_GET
@staff_only(Right.READ_ROTA)
def one(request: HttpRequest, rota_id: int) -> HttpResponse:
    """One rota: its pattern in words, what was changed by hand, its end."""
    viewer = viewer_in(request)
    return _shown(request, queries.get_rota(viewer, rota_id), EndForm())


@staff_only(Right.KEEP_ROTA)
@posted_from("desk:rota_one", "rota_id")
def end(request: HttpRequest, rota_id: int) -> HttpResponse:
    """Say the last day of a rota; refused days come back (422)."""
    viewer = viewer_in(request)
    rota = queries.get_rota(viewer, rota_id)
    form = EndForm(request.POST)
    if form.is_valid():
        try:
            actions.end_rota(rota_id=rota_id, last_day=form.cleaned_data["last_day"], by=viewer)
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, _("写好了：过了那天，这张值班表就不再排。"))
            return HttpResponseRedirect(reverse("desk:rota_one", args=[rota_id]), status=303)
    return _shown(request, rota, form)


def _shown(request: HttpRequest, rota: Rota, form: EndForm) -> HttpResponse:
    menu.stand_at(request, reverse("desk:rota"))
    context = {
        "shown": shown_rota(rota),
        "unit": rota.unit,
        "changes": [
            (change, shift_words(change.from_at, change.to_at))
            for change in queries.changes_of(rota)
        ],
        "form": form,
        "may_keep": queries.may_keep(viewer_in(request), rota.unit_id),
    }
    return render(request, "desk/rota/one.html", context, status=form.status)
