"""试算: drafts tried over the cases of some days; how far it is, what would have changed."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from gezhi.faces.shell import menu
from gezhi.faces.shell.access import staff_only
from gezhi.faces.shell.htmx import wants_part
from gezhi.faces.shell.middleware import viewer_in
from gezhi.faces.shell.page_form import PageForm
from gezhi.faces.shell.paging import numbered
from gezhi.ground.accounts.queries import staff_numbers
from gezhi.kernel import clock
from gezhi.kernel.errors import Refusal
from gezhi.kernel.ids import typed_id
from gezhi.kernel.rights import Right
from gezhi.kernel.viewer import Viewer
from gezhi.records.duties import queries as duties
from gezhi.work.dry_runs import actions, queries
from gezhi.work.dry_runs.models import DryRun, DryRunState
from gezhi.work.dry_runs.rules import Tally, last_month

_SHOWN_MOVES = 100


def _day(label: Any) -> forms.DateField:
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, widget=widget)


class DryRunForm(PageForm):
    """Over which days."""

    first = _day(gettext_lazy("从哪天"))
    last = _day(gettext_lazy("到哪天"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        first, last = last_month(clock.today())
        self.fields["first"].initial, self.fields["last"].initial = first, last


@require_http_methods(["GET", "POST"])
@staff_only(Right.TRY_ROUTES, Right.SET_UP)
def dry_run_new(request: HttpRequest) -> HttpResponse:
    """Choose the days for the chosen drafts, last month unless said; then it begins."""
    viewer = viewer_in(request)
    menu.stand_at(request, reverse("desk:setup:routes"))
    sent = request.POST if request.method == "POST" else request.GET
    ids = [pk for text in sent.getlist("route") if (pk := typed_id(text))]
    drafts = list(duties.found_routes(viewer, show="draft").filter(pk__in=ids))
    back = f"{reverse('desk:setup:routes')}?show=draft"
    if not drafts:
        messages.error(request, _("请先勾选要试算的草稿。"))
        return HttpResponseRedirect(back, status=303)
    form = DryRunForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            row = actions.begin(route_ids=ids, first=data["first"], last=data["last"], by=viewer)
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            return HttpResponseRedirect(reverse("desk:setup:dry_run", args=[row.pk]), status=303)
    context = {
        "form": form,
        "lines": [(line, "", "") for line in duties.route_lines(drafts)],
        "lately": queries.lately(viewer),
        "back_url": back,
    }
    return render(request, "desk/setup/dry_run_new.html", context, status=form.status)


@never_cache
@require_GET
@staff_only(Right.TRY_ROUTES, Right.SET_UP)
def dry_run(request: HttpRequest, dry_run_id: int) -> HttpResponse:
    """How far it is; once it is done, what would have changed."""
    viewer = viewer_in(request)
    menu.stand_at(request, reverse("desk:setup:routes"))
    row = queries.dry_run(viewer, dry_run_id)
    if row.state == DryRunState.RUNNING:
        still = clock.now() - row.moved_at > actions.STILL
        name = "_dry_run_progress" if wants_part(request) else "dry_run_progress"
        return render(request, f"desk/setup/{name}.html", {"dry_run": row, "still": still})
    if wants_part(request):
        # The progress that asks is over: the page of the outcome takes its place.
        return HttpResponse(headers={"HX-Refresh": "true"})
    return render(request, "desk/setup/dry_run.html", _outcome(request, viewer, row))


def _outcome(request: HttpRequest, viewer: Viewer, row: DryRun) -> dict[str, Any]:
    tally = Tally.of(row.figures)
    move = _move(request)
    page = numbered(request, queries.changed(viewer, row, move))
    shown = queries.moves(tally)
    seen = queries.seen_by_move(viewer, row)
    # Who puts rules in force sees no case: what is no case of them is shown in the place of the list.
    groups, more_groups = queries.groups(viewer, row, move) if not seen else ([], 0)
    asked = tally.moves[move] if move else tally.changed - tally.restricted_changed
    return {
        "dry_run": row,
        "tally": tally,
        "percent": _percent(tally.changed, tally.total),
        "agreed_before": _percent(tally.agreed_before, tally.total),
        "agreed_after": _percent(tally.agreed_after, tally.total),
        "shares": queries.shares(tally),
        "moves": [
            (one, bool(groups) or (one.before_id, one.after_id) in seen)
            for one in shown[:_SHOWN_MOVES]
        ],
        "groups": groups,
        "more_groups": more_groups,
        "more_moves": max(0, len(shown) - _SHOWN_MOVES),
        "move": next((one for one in shown if (one.before_id, one.after_id) == move), None),
        "lines": queries.lines(page.rows),
        "page": page,
        "unseen": max(0, asked - (sum(one.number for one in groups) or page.total)),
        "who": staff_numbers({row.user_id or 0}).get(row.user_id or 0, ("", ""))[1],
        "drafts": _drafts(viewer, row) if viewer.may(Right.SET_UP) else [],
        "back_url": f"{reverse('desk:setup:routes')}?show=draft",
    }


def _drafts(viewer: Viewer, row: DryRun) -> list[int]:
    """The drafts it tried that are drafts still."""
    found = duties.found_routes(viewer, show="draft").filter(pk__in=row.route_ids)
    return [draft.pk for draft in found]


def _move(request: HttpRequest) -> tuple[int, int] | None:
    """The move the list is narrowed to; None for all."""
    before, dot, after = request.GET.get("move", "").partition("-")
    if not dot or not all(part.isascii() and part.isdigit() for part in (before, after)):
        return None
    found = typed_id(before) or 0, typed_id(after) or 0
    return found if any(found) else None


def _percent(part: int, whole: int) -> str:
    return f"{part * 100 / whole:.1f}".removesuffix(".0") + "%" if whole else "—"
