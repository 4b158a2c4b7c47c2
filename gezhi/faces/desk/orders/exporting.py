"""回件 out: what waits, in their template, for a purpose; earlier sheets once more."""

from typing import Any

from django import forms
from django.http import HttpRequest
from django.http.response import FileResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from gezhi.faces.shell.access import staff_only
from gezhi.faces.shell.downloads import on_its_way
from gezhi.faces.shell.middleware import viewer_in
from gezhi.faces.shell.page_form import PageForm
from gezhi.ground.sheets.marks import LONGEST_PURPOSE
from gezhi.kernel import clock
from gezhi.kernel.errors import Refusal, Unseen
from gezhi.kernel.rights import Right
from gezhi.work.orders import actions, mappings, queries
from gezhi.work.orders.exporting import Written
from gezhi.work.orders.models import Direction, ReplyKind


class ExportForm(PageForm):
    """In which template, and what for."""

    mapping = forms.ChoiceField(label=gettext_lazy("照哪一种表"), required=False)
    purpose = forms.CharField(
        label=gettext_lazy("拿去做什么用"),
        max_length=LONGEST_PURPOSE,
        help_text=gettext_lazy("比如“回传市热线”。用途和您的姓名印在表上，也记进留痕。"),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )


@never_cache
@require_http_methods(["GET", "POST"])
@staff_only(Right.EXCHANGE_ORDERS)
def export(request: HttpRequest) -> HttpResponseBase:
    """The page that asks; sent, the sheet."""
    viewer = viewer_in(request)
    form = ExportForm(request.POST if request.method == "POST" else None)
    kept = [(row.name, row.name) for row in mappings.newest(viewer, Direction.OUT)]
    form.offer("mapping", [*kept, ("", _("通常的列"))])
    if request.method == "POST" and form.is_valid():
        try:
            written = actions.export(
                by=viewer,
                purpose=form.cleaned_data["purpose"],
                mapping=form.cleaned_data["mapping"],
                serial=request.POST.get("serial", "")[:30],
            )
        except Unseen:
            raise
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            return _file(written)
    if request.method == "GET":
        actions.collect(viewer.district_id or 0)
    waiting = queries.waiting_by_kind(viewer)
    context: dict[str, Any] = {
        "form": form,
        "kinds": [(kind.label, waiting.get(kind.value, 0)) for kind in ReplyKind],
        "total": sum(waiting.values()),
        "files": queries.files(viewer),
        "serial": request.GET.get("serial", request.POST.get("serial", ""))[:30],
    }
    return render(request, "desk/orders/export.html", context, status=form.status)


def _file(written: Written) -> FileResponse:
    return on_its_way(written.workbook(), _("回件"), clock.now())
