"""对账单: send their sheet of today, read what differs and what to do, take it along."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from django import forms
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from gezhi.faces.shell.access import staff_only
from gezhi.faces.shell.bodies import PLAIN_BYTES, takes_up_to
from gezhi.faces.shell.marks import state_word
from gezhi.faces.shell.middleware import viewer_in
from gezhi.faces.shell.page_form import PageForm
from gezhi.faces.shell.paging import numbered
from gezhi.faces.shell.taking import Leaving, leave
from gezhi.ground.sheets.actions import MOST_BYTES
from gezhi.ground.sheets.writing import Cell, Column
from gezhi.kernel.errors import Refusal
from gezhi.kernel.rights import Right
from gezhi.work.orders import actions, differences, queries
from gezhi.work.orders.models import Difference, Gap
from gezhi.work.orders.rules import BY_STATE, MEND_FIRST, WHAT_TO_DO


class SheetForm(PageForm):
    """Their sheet."""

    file = forms.FileField(
        label=gettext_lazy("他们今天的工单表"),
        help_text=gettext_lazy("从热线系统导出，xlsx、xls、ods 或 csv，最多 5000 行、5 MB。"),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.xls,.ods,.csv"}),
    )


class Line(NamedTuple):
    """A difference, with what we have in words."""

    laid: differences.Laid
    ours: str


class Group(NamedTuple):
    """Differences of one kind that ask for the same."""

    gap: Gap
    what: str
    lines: list[Line]


@takes_up_to(MOST_BYTES + PLAIN_BYTES)
@never_cache
@require_http_methods(["GET", "POST"])
@staff_only(Right.EXCHANGE_ORDERS)
def reconciliations(request: HttpRequest) -> HttpResponse:
    """Those of before, and another: what is sent is laid beside ours and changes nothing."""
    viewer = viewer_in(request)
    form = SheetForm(request.POST if request.method == "POST" else None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.reconcile(content=form.cleaned_data["file"].read(), by=viewer)
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            url = reverse("desk:order_reconciliation", args=[made.pk])
            return HttpResponseRedirect(url, status=303)
    page = numbered(request, queries.reconciliations(viewer), size=20)
    context: dict[str, Any] = {"form": form, "page": page}
    return render(request, "desk/orders/reconciliations.html", context, status=form.status)


@require_GET
@staff_only(Right.EXCHANGE_ORDERS)
def reconciliation(request: HttpRequest, reconciliation_id: int) -> HttpResponse:
    """The differences, each kind with what to do."""
    viewer = viewer_in(request)
    row = queries.reconciliation(viewer, reconciliation_id)
    page = numbered(request, differences.differences(row), size=200)
    groups: list[Group] = []
    for one in differences.laid(viewer, page.rows):
        what = _what_to_do(one.row)
        if not groups or (groups[-1].gap, groups[-1].what) != (one.row.gap, what):
            groups.append(Group(Gap(one.row.gap), what, []))
        groups[-1].lines.append(Line(one, _ours(one.row)))
    context = {"row": row, "groups": groups, "page": page}
    return render(request, "desk/orders/reconciliation.html", context)


@never_cache
@require_http_methods(["GET", "POST"])
@staff_only(Right.EXCHANGE_ORDERS)
def export(request: HttpRequest, reconciliation_id: int) -> HttpResponseBase:
    """The same as a sheet; nobody is named in it."""
    viewer = viewer_in(request)
    row = queries.reconciliation(viewer, reconciliation_id)
    titles = (_("工单编号"), _("差在哪里"), _("他们的"), _("我们的"), _("他们第几行"), _("怎么办"))

    def rows() -> Iterator[list[Cell]]:
        for one in differences.differences(row):
            where = "、".join(map(str, [one.row or "", *one.more_rows]))
            what = "：".join(filter(None, (_what_to_do(one), one.problem)))
            yield [one.number, Gap(one.gap).label, one.theirs, _ours(one), where, what]

    leaving = Leaving(
        name=_("对账单"),
        columns=[Column(title) for title in titles],
        rows=rows,
        verb="orders.export_differences",
        back_url=reverse("desk:order_reconciliation", args=[row.pk]),
    )
    return leave(request, viewer, leaving)


def _what_to_do(one: Difference) -> str:
    """What the kind asks for; where an import would leave the row, that it is mended first."""
    gap = Gap(one.gap)
    return MEND_FIRST if one.problem and gap != Gap.UNREADABLE else WHAT_TO_DO[gap]


def _ours(one: Difference) -> str:
    """What we have, a state by its word."""
    return state_word(one.ours) if one.gap in BY_STATE else one.ours
