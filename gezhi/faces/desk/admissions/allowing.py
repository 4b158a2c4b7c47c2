"""准入: the street lets in by name what the list refused, for a reason, until a day."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from gezhi.faces.desk.admissions.listing import class_name
from gezhi.faces.shell.access import staff_only
from gezhi.faces.shell.middleware import viewer_in
from gezhi.faces.shell.page_form import PageForm
from gezhi.faces.shell.parts import Fact
from gezhi.ground.accounts.queries import staff_numbers
from gezhi.kernel import clock
from gezhi.kernel.errors import Refusal
from gezhi.kernel.rights import Right
from gezhi.records.duties import actions, queries
from gezhi.records.duties.actions.admitting import TAKEN_BACK
from gezhi.records.duties.models import Admission, AdmissionState


class AllowForm(PageForm):
    """Why, and until when."""

    reason = forms.CharField(
        label=gettext_lazy("为什么准入"),
        max_length=200,
        help_text=gettext_lazy("写会议纪要、文件号或缘由，社区和提出的单位都看得到。"),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    until = forms.DateField(
        label=gettext_lazy("到哪天止"),
        help_text=gettext_lazy("这一天也算，一次最多一年。"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )


@require_http_methods(["GET", "POST"])
@staff_only(Right.OVERSEE)
def allow(request: HttpRequest, admission_id: int) -> HttpResponse:
    """Let one in; asks for the reason and the last day."""
    viewer = viewer_in(request)
    row = queries.admission(viewer, admission_id)
    form = AllowForm(request.POST or None)
    back = reverse("desk:admissions")
    if request.method == "GET" and row.state != AdmissionState.REFUSED:
        messages.info(request, _("这一项已经有结果，不用再准。"))
        return HttpResponseRedirect(back, status=303)
    if request.method == "GET" and queries.is_taken_back(row, clock.today()):
        messages.warning(request, f"{TAKEN_BACK}。")
        return HttpResponseRedirect(back, status=303)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            actions.allow_admission(
                admission=row, reason=data["reason"], until=data["until"], by=viewer
            )
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, _("已准入，社区和提出的单位都看得到。"))
            return HttpResponseRedirect(back, status=303)
    context = {"form": form, "row": row, "facts": _facts(row), "back_url": back}
    return render(request, "desk/admissions/allow.html", context, status=form.status)


def _facts(row: Admission) -> list[Fact]:
    who = staff_numbers({row.asked_by or 0}).get(row.asked_by or 0, ("", ""))[1]
    pairs: list[tuple[str, Any]] = [
        (_("提出"), f"{row.unit.name} {who}".strip()),
        (_("交给"), row.office.name),
        (_("事项"), _("%(matter)s（%(class)s）") % {
            "matter": row.matter, "class": class_name(row.class_code)
        }),
        (_("他们的依据"), row.basis or _("没有写")),
        (_("不予准入的条款"), row.clause),
    ]  # fmt: skip
    return [Fact(name, value) for name, value in pairs]
