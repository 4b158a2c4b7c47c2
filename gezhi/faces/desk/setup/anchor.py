"""封存摘要: what the audit administrator prints and keeps elsewhere, and compares later."""

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from gezhi.faces.shell.access import staff_only
from gezhi.faces.shell.middleware import viewer_in
from gezhi.faces.shell.page_form import PageForm
from gezhi.ground.audit import queries
from gezhi.ground.audit.anchoring import Compared
from gezhi.kernel import clock
from gezhi.kernel.errors import Invalid
from gezhi.kernel.rights import Right
from gezhi.kernel.viewer import Viewer

FAULTS = {
    "missing": gettext_lazy(
        "封存链里没有这份摘要：当时封存的内容被换掉或删掉了，请保留这份摘要并报告。"
    ),
    "moved": gettext_lazy("这份摘要还在，但前面的封存块多了或少了，请保留这份摘要并报告。"),
    "changed": gettext_lazy("这份摘要还在，但那一块里的留痕被改过，请保留这份摘要并报告。"),
}


class NotedForm(PageForm):
    """What was noted earlier."""

    noted = forms.CharField(
        label=gettext_lazy("以前记下的摘要"),
        max_length=2000,
        help_text=gettext_lazy(
            "粘贴当时导出的全文；手里只有纸的，输入摘要的第一行（16 位），空格不计。"
        ),
        widget=forms.Textarea(attrs={"rows": 4, "spellcheck": "false", "autocapitalize": "off"}),
    )


@require_http_methods(["GET", "POST"])
@staff_only(Right.READ_TRAIL)
def anchor(request: HttpRequest) -> HttpResponse:
    """Today's anchor to print or save; a POST compares one noted earlier. Nothing is changed."""
    viewer = viewer_in(request)
    form = NotedForm(request.POST or None)
    compared = _compared(form, viewer) if request.method == "POST" and form.is_valid() else None
    today = queries.anchor(viewer)
    context: dict[str, Any] = {
        "form": form,
        "anchor": today,
        "filename": f"封存摘要-{clock.today():%Y-%m-%d}.txt",
        "compared": compared,
        "fault": str(FAULTS[compared.fault]) if compared and compared.fault else "",
    }
    return render(request, "desk/setup/anchor.html", context, status=form.status)


def _compared(form: NotedForm, viewer: Viewer) -> Compared | None:
    try:
        return queries.compare(viewer, form.cleaned_data["noted"])
    except Invalid as refusal:
        form.add_error("noted", str(refusal.message) or _("没有认出摘要"))
        return None
