"""Units: the list, opening, changing, closing with a successor."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from gezhi.faces.desk.setup import choices
from gezhi.faces.shell.access import staff_only
from gezhi.faces.shell.middleware import viewer_in
from gezhi.faces.shell.page_form import PageForm
from gezhi.faces.shell.paging import export_url, numbered, typed_words
from gezhi.kernel.errors import Refusal
from gezhi.kernel.rights import Right
from gezhi.kernel.viewer import Level, Viewer
from gezhi.records.posts.queries import staffed_unit_ids
from gezhi.records.units import actions, queries
from gezhi.records.units.models import Unit, UnitKind
from gezhi.records.units.rules import OFFICE_HOURS, spans_from_text, text_from_spans
from gezhi.work.handover import actions as handover
from gezhi.work.handover.queries import estate_of, successors_of


class UnitForm(PageForm):
    """A unit's words and hours; kind and area only while it is being opened."""

    name = forms.CharField(label=gettext_lazy("单位名称"), max_length=60)
    kind = forms.ChoiceField(
        label=gettext_lazy("类别"),
        choices=UnitKind.choices,
        initial=UnitKind.DEPARTMENT,
        help_text=gettext_lazy("开好后不能改。"),
    )
    area = forms.ChoiceField(
        label=gettext_lazy("所在区域"),
        help_text=gettext_lazy("街道网格中心选街道，居委会选社区，部门选它管的街道或社区。"),
    )
    parent = forms.ChoiceField(
        label=gettext_lazy("上级单位"),
        required=False,
        help_text=gettext_lazy("这里没有人时，手上的事交给上级单位。不选就是本街道网格中心。"),
    )
    hours = forms.CharField(
        label=gettext_lazy("工作时间"),
        max_length=120,
        help_text=gettext_lazy("写成“9:00-12:00，13:00-17:00”。时限按它计算，只影响以后的事。"),
    )
    short_name = forms.CharField(label=gettext_lazy("简称"), required=False, max_length=20)
    public_phone = forms.CharField(
        label=gettext_lazy("对外电话"),
        required=False,
        max_length=30,
        widget=forms.TextInput(attrs={"inputmode": "tel"}),
    )
    address = forms.CharField(label=gettext_lazy("办公地址"), required=False, max_length=100)

    def __init__(self, *args: Any, viewer: Viewer, unit: Unit | None = None, **kwargs: Any) -> None:
        if unit is not None:
            kwargs["initial"] = _words_of(unit)
        super().__init__(*args, **kwargs)
        offered = choices.open_units(viewer, but=unit)
        self.offer("parent", choices.with_blank(_("本街道网格中心"), offered))
        if unit is None:
            self.fields["hours"].initial = text_from_spans(OFFICE_HOURS)
            levels = (Level.DISTRICT, Level.STREET, Level.COMMUNITY)
            self.offer("area", choices.with_blank(_("请选择"), choices.areas(viewer, *levels)))
        else:
            del self.fields["kind"], self.fields["area"]
            if unit.kind == UnitKind.STREET_CENTRE:
                del self.fields["parent"]

    def words(self, viewer: Viewer) -> dict[str, Any]:
        """What the actions are called with; raises Invalid for hours that are none."""
        data = self.cleaned_data
        parent = data.get("parent")
        return {
            "name": data["name"],
            "short_name": data["short_name"],
            "public_phone": data["public_phone"],
            "address": data["address"],
            "hours": spans_from_text(data["hours"]),
            "parent": queries.get(viewer, int(parent)) if parent else None,
        }


class ClosingForm(PageForm):
    """Who takes over, and whether the people go along."""

    successor = forms.ChoiceField(
        label=gettext_lazy("继任单位"),
        help_text=gettext_lazy("手上的事、权责和下级单位都交给它，时限不变。"),
    )
    with_people = forms.BooleanField(
        label=gettext_lazy("人员一起转过去，岗位照旧"), required=False, initial=True
    )

    def __init__(self, *args: Any, viewer: Viewer, unit: Unit, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered = [(str(row.pk), row.name) for row in successors_of(viewer, unit)]
        self.offer("successor", choices.with_blank(_("请选择"), offered))


def _words_of(unit: Unit) -> dict[str, Any]:
    return {
        "name": unit.name,
        "short_name": unit.short_name,
        "public_phone": unit.public_phone,
        "address": unit.address,
        "hours": text_from_spans(unit.hours or OFFICE_HOURS),
        "parent": str(unit.parent_id or ""),
    }


@require_GET
@staff_only(Right.SET_UP)
def units(request: HttpRequest) -> HttpResponse:
    """All units, open ones first, found by words; who has nobody is marked."""
    viewer = viewer_in(request)
    words = typed_words(request)
    page = numbered(request, queries.all_units(viewer, words))
    rows = page.rows
    staffed = staffed_unit_ids([row.pk for row in rows if row.is_open])
    context = {
        "open_units": [
            (row, text_from_spans(row.hours or OFFICE_HOURS), row.pk in staffed)
            for row in rows
            if row.is_open
        ],
        "closed_units": [row for row in rows if not row.is_open],
        "words": words,
        "page": page,
        "export_url": export_url(request, reverse("desk:setup:export", args=["units"])),
    }
    return render(request, "desk/setup/units.html", context)


@require_http_methods(["GET", "POST"])
@staff_only(Right.SET_UP)
def unit_new(request: HttpRequest) -> HttpResponse:
    """Open a unit."""
    viewer = viewer_in(request)
    form = UnitForm(request.POST or None, viewer=viewer)
    if request.method == "POST" and form.is_valid():
        try:
            unit = actions.open_unit(
                kind=form.cleaned_data["kind"],
                area_id=int(form.cleaned_data["area"]),
                by=viewer,
                **form.words(viewer),
            )
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, _("已建立%(name)s。") % {"name": unit.name})
            return HttpResponseRedirect(reverse("desk:setup:units"), status=303)
    return render(request, "desk/setup/unit.html", {"form": form}, status=form.status)


@require_http_methods(["GET", "POST"])
@staff_only(Right.SET_UP)
def unit(request: HttpRequest, unit_id: int) -> HttpResponse:
    """Change one unit's words and hours."""
    viewer = viewer_in(request)
    row = queries.get(viewer, unit_id)
    form = UnitForm(request.POST or None, viewer=viewer, unit=row)
    if request.method == "POST" and form.is_valid():
        try:
            actions.update_unit(unit=row, by=viewer, **form.words(viewer))
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, _("已保存。"))
            return HttpResponseRedirect(reverse("desk:setup:units"), status=303)
    return render(request, "desk/setup/unit.html", {"form": form, "unit": row}, status=form.status)


@require_http_methods(["GET", "POST"])
@staff_only(Right.SET_UP)
def unit_close(request: HttpRequest, unit_id: int) -> HttpResponse:
    """Close a unit: shows what will move, asks for the successor, does it in one piece."""
    viewer = viewer_in(request)
    row = queries.get(viewer, unit_id)
    form = ClosingForm(request.POST or None, viewer=viewer, unit=row)
    if request.method == "POST" and form.is_valid():
        try:
            closing = handover.close_unit(
                unit=row,
                successor=queries.get(viewer, int(form.cleaned_data["successor"])),
                by=viewer,
                with_people=form.cleaned_data["with_people"],
            )
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            words = _("%(unit)s已并入%(heir)s：移交 %(held)s。")
            names = {"unit": closing.unit.name, "heir": closing.successor.name}
            messages.success(request, words % {**names, "held": closing.words})
            return HttpResponseRedirect(reverse("desk:setup:units"), status=303)
    context = {"form": form, "unit": row, "estate": estate_of(viewer, row)}
    return render(request, "desk/setup/unit_close.html", context, status=form.status)
