"""Orders pasted from the page of the city: a table with tabs between its cells."""

from django import forms
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from gezhi.faces.shell.access import staff_only
from gezhi.faces.shell.middleware import viewer_in
from gezhi.faces.shell.page_form import PageForm
from gezhi.ground.sheets import actions as sheets
from gezhi.kernel.errors import Refusal
from gezhi.kernel.rights import Right
from gezhi.work.orders.listing import ORDERS


class PasteForm(PageForm):
    """What was copied."""

    text = forms.CharField(
        label=gettext_lazy("粘贴在这里"),
        max_length=1_000_000,
        help_text=gettext_lazy("在热线的网页上把表格连同标题行一起选中、复制，再粘贴进来。"),
        widget=forms.Textarea(attrs={"rows": 12, "data-no-draft": ""}),
        strip=False,
    )

    def row_of(self, field: str) -> str:
        """Whatever is wrong with the sheet is wrong with what was pasted."""
        return "text"


@require_http_methods(["GET", "POST"])
@staff_only(Right.EXCHANGE_ORDERS)
def paste(request: HttpRequest) -> HttpResponse:
    """Look at what was pasted, as at a sheet."""
    form = PasteForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        text = form.cleaned_data["text"]
        if "\t" not in text:
            form.add_error("text", _("没有看到表格：请连同标题行一起，从网页的表格里选中、复制"))
        else:
            try:
                made = sheets.look_at(sheet=ORDERS, content=text.encode(), by=viewer_in(request))
            except Refusal as refusal:
                form.refuse(refusal)
            else:
                return HttpResponseRedirect(reverse("desk:sheet_batch", args=[made.pk]), status=303)
    return render(request, "desk/orders/paste.html", {"form": form}, status=form.status)
