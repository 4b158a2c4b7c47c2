"""删除反映人信息: by receipt number, for a named purpose, after asking back; nothing is shown."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from gezhi.faces.shell.access import staff_only
from gezhi.faces.shell.forms import KeyField
from gezhi.faces.shell.middleware import viewer_in
from gezhi.faces.shell.page_form import PageForm
from gezhi.kernel.errors import Refusal, Unseen
from gezhi.kernel.rights import Right
from gezhi.kernel.viewer import Viewer
from gezhi.work.cases import actions
from gezhi.work.cases.actions import Held

PURPOSE_LENGTH = 50


class ErasingForm(PageForm):
    """Whose, and why."""

    number = forms.CharField(
        label=gettext_lazy("受理号"),
        max_length=30,
        help_text=gettext_lazy("回执上的 13 位数字。先核对是本人。"),
        widget=forms.TextInput(
            attrs={"inputmode": "numeric", "autocomplete": "off", "data-no-draft": ""}
        ),
    )
    words = forms.CharField(
        label=gettext_lazy("为什么删除"),
        max_length=PURPOSE_LENGTH,
        help_text=gettext_lazy("如：本人持证件到大厅申请。会留痕，请不要写姓名电话。"),
    )
    deed_key = KeyField()


@require_http_methods(["GET", "POST"])
@staff_only(Right.ERASE)
def erasing(request: HttpRequest) -> HttpResponse:
    """GET asks for the receipt, the first POST says how much is held, the second deletes it.

    Everything by POST, so that no address carries a receipt number.
    """
    viewer = viewer_in(request)
    form = ErasingForm(request.POST or None)
    held = None
    if request.method == "POST" and form.is_valid():
        held = _held(form, viewer)
        if held is not None and "confirmed" in request.POST and _erased(form, viewer):
            messages.success(request, _("已删除。事件的办理记录还在，里面没有这位反映人的信息。"))
            return HttpResponseRedirect(reverse("desk:setup:erasing"), status=303)
    context: dict[str, Any] = {"form": form, "held": held if not form.errors else None}
    return render(request, "desk/setup/erasing.html", context, status=form.status)


def _held(form: ErasingForm, viewer: Viewer) -> Held | None:
    try:
        return actions.held_of(number=form.cleaned_data["number"], by=viewer)
    except Unseen as refusal:
        # A mistyped number is put right on the form; nothing is told but that it is not here.
        form.add_error("number", str(refusal.message))
        return None


def _erased(form: ErasingForm, viewer: Viewer) -> bool:
    data = form.cleaned_data
    try:
        actions.erase_reporter(
            number=data["number"], by=viewer, words=data["words"], key=data["deed_key"]
        )
    except Refusal as refusal:
        form.refuse(refusal)
    return not form.errors
