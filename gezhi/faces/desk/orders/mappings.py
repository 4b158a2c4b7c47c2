"""表样: how their sheets are read and written; kept under a name, each change a new version."""

import re
from collections.abc import Mapping
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from gezhi.faces.shell.access import posted_from, staff_only
from gezhi.faces.shell.middleware import viewer_in
from gezhi.faces.shell.page_form import PageForm
from gezhi.ground.sheets import actions as sheets
from gezhi.ground.sheets import queries as batches
from gezhi.ground.sheets.queries import Look
from gezhi.kernel.errors import Invalid, Refusal
from gezhi.kernel.ids import typed_id
from gezhi.kernel.rights import Right
from gezhi.kernel.viewer import Viewer
from gezhi.work.orders import actions, fields, templates
from gezhi.work.orders import mappings as keeping
from gezhi.work.orders.models import Direction
from gezhi.work.orders.models import Mapping as Kept

_MOST = 64


class TemplateForm(PageForm):
    """The headings of their template, then what each is taken for."""

    name = forms.CharField(
        label=gettext_lazy("叫什么名字"),
        max_length=40,
        help_text=gettext_lazy("例如“市热线回件表”。同名再存是新的一版，旧的留着。"),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    headings = forms.CharField(
        label=gettext_lazy("他们模板的标题行"),
        max_length=4000,
        help_text=gettext_lazy("打开他们给的空表，选中标题那一行，复制、粘贴进来。"),
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    @property
    def titles(self) -> list[str]:
        """The headings one by one."""
        said = str(self.cleaned_data.get("headings", ""))
        return [word.strip() for word in re.split(r"[\t\n]+|,|，", said) if word.strip()][:_MOST]


@require_GET
@staff_only(Right.EXCHANGE_ORDERS)
def kept(request: HttpRequest) -> HttpResponse:
    """The newest version of each."""
    viewer = viewer_in(request)
    outgoing = {field.name: str(field.title) for field in templates.OUT}
    context = {
        "incoming": [
            (row, [(title, fields.title_of(name)) for title, name in row.columns if name])
            for row in keeping.newest(viewer, Direction.IN)
        ],
        "outgoing": [
            (row, [(title, outgoing.get(name, "")) for title, name in row.columns])
            for row in keeping.newest(viewer, Direction.OUT)
        ],
    }
    return render(request, "desk/orders/mappings.html", context)


def offered(viewer: Viewer, seen: Look) -> Mapping[str, Any]:
    """The kept ways to read a sheet, for the page on which one is looked at."""
    found = keeping.choices(viewer, seen.matched.columns)
    return {
        "mappings": [one for one in found if not one.absent],
        "others": [one for one in found if one.absent],
        "used": next((one.row for one in found if one.is_used), None),
    }


@staff_only(Right.EXCHANGE_ORDERS)
@posted_from("desk:order_mappings")
def keep_in(request: HttpRequest, orders_batch_id: int) -> HttpResponse:
    """Keep how the sheet that is looked at is read; or read it as another was (`use`)."""
    viewer = viewer_in(request)
    seen = batches.look(batches.batch(viewer, orders_batch_id), viewer)
    try:
        if "use" in request.POST:
            row = _use(request, orders_batch_id, seen, viewer)
            said = _("照“%(name)s”第 %(version)d 版认了列，请再核对一遍。")
        else:
            row = _keep(request, seen, viewer)
            said = _("存下了“%(name)s”第 %(version)d 版：下次同样的表自己就认得。")
    except Refusal as refusal:
        messages.error(request, str(refusal.message))
    else:
        messages.success(request, said % {"name": row.name, "version": row.version})
    return HttpResponseRedirect(reverse("desk:sheet_batch", args=[orders_batch_id]), status=303)


def _keep(request: HttpRequest, seen: Look, viewer: Viewer) -> Kept:
    return actions.keep(
        name=request.POST.get("name", ""),
        direction=Direction.IN,
        columns=[(one.title, one.field) for one in seen.matched.columns],
        by=viewer,
    )


def _use(request: HttpRequest, batch_id: int, seen: Look, viewer: Viewer) -> Kept:
    titles = {one.place: one.title for one in seen.matched.columns}
    row = keeping.version(viewer, Direction.IN, typed_id(request.POST["use"]) or 0)
    chosen = keeping.placed(row, titles)
    if chosen is None:
        raise Invalid(_("这张表里没有这种表样要的列，换一种"))
    sheets.match(batch_id=batch_id, chosen=chosen, by=viewer)
    return row


@require_http_methods(["GET", "POST"])
@staff_only(Right.EXCHANGE_ORDERS)
def keep_out(request: HttpRequest) -> HttpResponse:
    """Their template: paste its headings, see what each is taken for, put it right, keep it."""
    viewer = viewer_in(request)
    form = TemplateForm(request.POST if request.method == "POST" else None)
    columns: list[tuple[str, str]] = []
    if request.method == "POST" and form.is_valid():
        columns = _chosen(request, templates.guessed(form.titles))
        if "keep" in request.POST:
            try:
                row = actions.keep(
                    name=form.cleaned_data["name"],
                    direction=Direction.OUT,
                    columns=columns,
                    by=viewer,
                )
            except Refusal as refusal:
                form.add_error(None, str(refusal.message))
            else:
                said = _("存下了“%(name)s”第 %(version)d 版。")
                messages.success(request, said % {"name": row.name, "version": row.version})
                return HttpResponseRedirect(reverse("desk:order_mappings"), status=303)
    context: dict[str, Any] = {
        "form": form,
        "columns": [(f"column_{at}", *one) for at, one in enumerate(columns)],
        "fields": templates.OUT,
    }
    return render(request, "desk/orders/template.html", context, status=form.status)


def _chosen(request: HttpRequest, columns: list[tuple[str, str]]) -> list[tuple[str, str]]:
    known = {field.name for field in templates.OUT} | {""}
    found = []
    for at, (title, guessed) in enumerate(columns):
        said = request.POST.get(f"column_{at}", guessed)
        found.append((title, said if said in known else guessed))
    return found
