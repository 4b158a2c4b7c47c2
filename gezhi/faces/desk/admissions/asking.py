"""交给社区: a unit asks to hand a matter to community offices; the list answers at once."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods

from gezhi.faces.shell.access import staff_only
from gezhi.faces.shell.class_field import ClassField
from gezhi.faces.shell.middleware import viewer_in
from gezhi.faces.shell.page_form import PageForm
from gezhi.ground.codes.queries import terms
from gezhi.kernel import clock
from gezhi.kernel.errors import Refusal, Unseen
from gezhi.kernel.rights import Right
from gezhi.kernel.viewer import Viewer
from gezhi.records.duties import actions, queries
from gezhi.records.duties.models import AdmissionState
from gezhi.records.units import queries as units


def _classes() -> list[tuple[str, list[tuple[str, str]]]]:
    """Every class below its broad one, as the list of duties names them."""
    rows = terms("matters")
    names = {row.code: row.label for row in rows}
    groups: dict[str, list[tuple[str, str]]] = {}
    for row in rows:
        if row.parent_code:
            groups.setdefault(names.get(row.parent_code, ""), []).append((row.code, row.label))
    return list(groups.items())


class AskForm(PageForm):
    """Which matter, to which communities, on what ground."""

    unit = forms.ChoiceField(label=gettext_lazy("哪个单位要交办"))
    class_code = ClassField(
        label=gettext_lazy("事项类别"),
        groups=_classes,
        help_text=gettext_lazy("写两三个字就有提示，也可以写类别码。"),
    )
    matter = forms.CharField(
        label=gettext_lazy("要社区做什么"),
        max_length=100,
        help_text=gettext_lazy("一句话说清，不写姓名和电话。"),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    offices = forms.MultipleChoiceField(
        label=gettext_lazy("交给哪些社区"), widget=forms.CheckboxSelectMultiple
    )
    basis = forms.CharField(
        label=gettext_lazy("凭什么要社区做"),
        required=False,
        max_length=300,
        help_text=gettext_lazy("文件号、条文或会议纪要；没有就空着。"),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )

    def __init__(self, *args: Any, viewer: Viewer, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        own = [(str(unit.pk), unit.name) for unit in queries.may_ask(viewer)]
        self.offer("unit", own)
        if len(own) == 1:
            self.fields["unit"].initial = own[0][0]
            self.fields["unit"].widget = forms.HiddenInput()
        self.offer(
            "offices", [(str(unit.pk), unit.name) for unit in queries.offices_offered(viewer)]
        )


@require_http_methods(["GET", "POST"])
@staff_only(Right.HANDLE)
def ask(request: HttpRequest) -> HttpResponse:
    """Ask, and be answered; Unseen for whoever handles nothing in a unit that has to ask."""
    viewer = viewer_in(request)
    if not queries.may_ask(viewer).exists():
        raise Unseen("")
    form = AskForm(request.POST or None, viewer=viewer)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            rows = actions.ask_admission(
                unit=units.get(viewer, int(data["unit"])),
                offices=[units.get(viewer, int(pk)) for pk in data["offices"]],
                class_code=data["class_code"],
                matter=data["matter"],
                basis=data["basis"],
                by=viewer,
            )
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            refused = sum(row.state == AdmissionState.REFUSED for row in rows)
            if all(queries.is_taken_back(row, clock.today()) for row in rows):
                messages.warning(
                    request, _("已由上级收回，不能再交给社区，街道也不能准；条款在下面。")
                )
            elif refused:
                said = ngettext(
                    "已记下：%(number)d 个社区不予准入，条款在下面。要办，请街道值班长或领导准。",
                    "已记下：%(number)d 个社区不予准入，条款在下面。要办，请街道值班长或领导准。",
                    refused,
                )
                messages.warning(request, said % {"number": refused})
            else:
                messages.success(request, _("准了，可以交给社区。"))
            return HttpResponseRedirect(reverse("desk:admissions"), status=303)
    return render(request, "desk/admissions/ask.html", {"form": form}, status=form.status)
