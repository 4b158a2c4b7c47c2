"""The routing rules as sentences: in force, drafts, ended; written, put in force, ended."""

from collections.abc import Callable, Mapping, Sequence
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods

from gezhi.faces.desk.setup.route_forms import RouteForm
from gezhi.faces.shell.access import staff_only
from gezhi.faces.shell.confirming import Question, asked_first
from gezhi.faces.shell.middleware import viewer_in
from gezhi.faces.shell.paging import export_url, numbered, typed_words
from gezhi.faces.shell.parts import Tab
from gezhi.kernel.errors import Refusal
from gezhi.kernel.ids import typed_id
from gezhi.kernel.rights import Right
from gezhi.records.duties import actions, queries
from gezhi.records.duties.models import Route, RouteState
from gezhi.records.duties.queries import RouteLine


@require_GET
@staff_only()
def routes(request: HttpRequest) -> HttpResponse:
    """The rules in their order, found by words; every member of staff may read them, one changes
    them. Drafts are shown to whoever may enact them."""
    viewer = viewer_in(request)
    words, may_change = typed_words(request), viewer.may(Right.SET_UP)
    kinds = [("", _("生效的")), ("draft", _("草稿")), ("ended", _("已结束"))]
    shown = request.GET.get("show", "")
    if shown not in {kind for kind, _name in kinds}:
        shown = ""
    counts = queries.route_counts(viewer, words)
    rows = queries.found_routes(viewer, words, show=shown)
    # What lives is some hundred rows at most; what has ended grows.
    page = numbered(request, rows if shown == "ended" else list(rows))
    context = {
        "lines": _lines(page.rows, queries.never_firing(viewer) if not shown else {}),
        "tabs": [
            Tab(name, _address(kind, words), counts[kind], kind == shown) for kind, name in kinds
        ],
        "shown": shown,
        "words": words,
        "page": page,
        "export_url": export_url(request, reverse("desk:setup:export", args=["routes"])),
        "may_change": may_change,
        "may_try": viewer.may(Right.TRY_ROUTES, Right.SET_UP),
    }
    return render(request, "desk/setup/routes.html", context)


def _lines(rows: Sequence[Route], never: Mapping[int, str]) -> list[tuple[RouteLine, str, str]]:
    """The rules, each with the one above that keeps it from ever firing and the one it replaces."""
    replaced = queries.names_of_routes(row.replaces_id for row in rows if row.replaces_id)
    return [
        (line, never.get(line.route.pk, ""), replaced.get(line.route.replaces_id or 0, ""))
        for line in queries.route_lines(rows)
    ]


def _address(show: str, words: str = "") -> str:
    asked = {name: value for name, value in (("show", show), ("q", words)) if value}
    url = reverse("desk:setup:routes")
    return f"{url}?{urlencode(asked)}" if asked else url


@require_http_methods(["GET", "POST"])
@staff_only(Right.SET_UP)
def route_new(request: HttpRequest) -> HttpResponse:
    """Write a draft."""
    viewer = viewer_in(request)
    form = RouteForm(request.POST or None, viewer=viewer)
    return _drafting(
        request, form, None, lambda: actions.draft_route(wanted=form.wanted, by=viewer)
    )


@require_http_methods(["GET", "POST"])
@staff_only(Right.SET_UP)
def route_change(request: HttpRequest, route_id: int) -> HttpResponse:
    """Change a draft; of a rule in force, write the draft that is to take its place."""
    viewer = viewer_in(request)
    row = queries.route(viewer, route_id)
    form = RouteForm(request.POST or None, viewer=viewer, route=row)
    if row.state == RouteState.DRAFT:
        return _drafting(
            request,
            form,
            row,
            lambda: actions.change_draft(route=row, wanted=form.wanted, by=viewer),
        )
    return _drafting(
        request,
        form,
        row,
        lambda: actions.draft_route(wanted=form.wanted, replaces=row, by=viewer),
    )


def _drafting(
    request: HttpRequest, form: RouteForm, row: Route | None, do: Callable[[], Route]
) -> HttpResponse:
    if request.method == "POST" and form.is_valid():
        try:
            do()
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, _("草稿已存，还没有生效。可以先试算，再让它生效。"))
            return HttpResponseRedirect(_address("draft"), status=303)
    context = {"form": form, "route": row, "replaces": row and row.state != RouteState.DRAFT}
    return render(request, "desk/setup/route_form.html", context, status=form.status)


@require_http_methods(["GET", "POST"])
@staff_only(Right.SET_UP)
def route_enact(request: HttpRequest) -> HttpResponse:
    """Put the chosen drafts in force together, after a look at what they say, at what never comes
    to fire and at what has no basis."""
    viewer = viewer_in(request)
    sent = request.POST if request.method == "POST" else request.GET
    ids = [pk for text in sent.getlist("route") if (pk := typed_id(text))]
    drafts = list(queries.found_routes(viewer, show="draft").filter(pk__in=ids))
    refused = ""
    if request.method == "POST":
        try:
            done = actions.enact_routes(route_ids=ids, by=viewer)
        except Refusal as refusal:
            refused = str(refusal.message)
        else:
            number = len(done)
            said = ngettext("%(number)d 条规则已生效。", "%(number)d 条规则已生效。", number)
            messages.success(request, said % {"number": number})
            return HttpResponseRedirect(_address(""), status=303)
    if not drafts and not refused:
        messages.error(request, _("请先勾选要生效的草稿。"))
        return HttpResponseRedirect(_address("draft"), status=303)
    shown = _lines(drafts, queries.never_firing(viewer, drafts))
    context = {
        "lines": shown,
        "bare": "、".join(line.route.name for line, _above, _old in shown if not line.basis),
        "refused": refused,
        "back_url": _address("draft"),
    }
    return render(request, "desk/setup/route_enact.html", context, status=409 if refused else 200)


@require_http_methods(["GET", "POST"])
@staff_only(Right.SET_UP)
def route_end(request: HttpRequest, route_id: int) -> HttpResponse:
    """End a rule from today, or throw a draft away; asks first."""
    viewer = viewer_in(request)
    row = queries.route(viewer, route_id)
    is_draft = row.state == RouteState.DRAFT
    if is_draft:
        words = _("“%(name)s”还没有生效，删掉不影响派单。")
    else:
        words = _(
            "从今天起，“%(name)s”不再用来派单，同样的事照后面的规则或权责清单。已经派出的事不变。"
        )
    question = Question(
        title=_("删掉这份草稿？") if is_draft else _("结束这条规则？"),
        text=words % {"name": row.name},
        deed=_("删掉草稿") if is_draft else _("结束规则"),
        done=_("草稿已删掉。") if is_draft else _("已结束。"),
        back_url=_address("draft" if is_draft else ""),
    )
    end = actions.drop_draft if is_draft else actions.end_route
    return asked_first(request, question, lambda: end(route=row, by=viewer))
