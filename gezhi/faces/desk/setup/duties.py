"""The duty list: which unit leads which class where."""

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
from gezhi.faces.shell.class_field import ClassField
from gezhi.faces.shell.confirming import Question, asked_first
from gezhi.faces.shell.middleware import viewer_in
from gezhi.faces.shell.page_form import PageForm
from gezhi.faces.shell.paging import export_url, numbered, typed_words
from gezhi.ground.codes.queries import term
from gezhi.kernel import clock
from gezhi.kernel.errors import Refusal
from gezhi.kernel.rights import Right
from gezhi.kernel.viewer import Level, Viewer
from gezhi.records.duties import actions, queries
from gezhi.records.duties.models import ListKind
from gezhi.records.units import queries as units

_AREAS = (Level.DISTRICT, Level.STREET, Level.COMMUNITY, Level.GRID)


class DutyForm(PageForm):
    """One row of the list."""

    class_code = ClassField(
        label=gettext_lazy("事项类别"),
        groups=choices.classes,
        help_text=gettext_lazy(
            "写两三个字就有提示，也可以写类别码。整类或一个小类都行；小类优先于整类。"
        ),
    )
    name = forms.CharField(
        label=gettext_lazy("事项名称"),
        required=False,
        max_length=100,
        help_text=gettext_lazy("照履职事项清单写；不填就用类别的名称。"),
    )
    area = forms.ChoiceField(
        label=gettext_lazy("适用区域"), help_text=gettext_lazy("越小的区域越优先。")
    )
    list_kind = forms.ChoiceField(
        label=gettext_lazy("清单"), choices=ListKind.choices, widget=forms.RadioSelect
    )
    lead_unit = forms.ChoiceField(label=gettext_lazy("主办单位"))
    assist_units = forms.MultipleChoiceField(
        label=gettext_lazy("配合单位"), required=False, widget=forms.CheckboxSelectMultiple
    )
    legal_basis = forms.CharField(
        label=gettext_lazy("依据"),
        required=False,
        max_length=300,
        help_text=gettext_lazy("法律法规或清单的条文，退单时会引用。"),
    )
    valid_from = forms.DateField(
        label=gettext_lazy("从哪天起"),
        # A browser's own date field reads nothing but this form.
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )

    def __init__(self, *args: Any, viewer: Viewer, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered = choices.open_units(viewer)
        self.offer("area", choices.with_blank(_("请选择"), choices.areas(viewer, *_AREAS)))
        self.offer("lead_unit", choices.with_blank(_("请选择"), offered))
        self.offer("assist_units", offered)
        self.fields["list_kind"].initial = ListKind.BASIC
        self.fields["valid_from"].initial = clock.today()


@require_GET
@staff_only()
def duties(request: HttpRequest) -> HttpResponse:
    """The list as it stands, found by words; every member of staff may read it, one changes it."""
    viewer = viewer_in(request)
    words = typed_words(request)
    page = numbered(request, queries.found_duties(viewer, words))
    context = {
        "duties": [(row, class_name(row.class_code)) for row in page.rows],
        "words": words,
        "page": page,
        "export_url": export_url(request, reverse("desk:setup:export", args=["duties"])),
        "today": clock.today(),
        "may_change": viewer.may(Right.SET_UP),
    }
    return render(request, "desk/setup/duties.html", context)


@require_http_methods(["GET", "POST"])
@staff_only(Right.SET_UP)
def duty_new(request: HttpRequest) -> HttpResponse:
    """Add a row."""
    viewer = viewer_in(request)
    form = DutyForm(request.POST or None, viewer=viewer)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            actions.add_duty(
                class_code=data["class_code"],
                name=data["name"] or class_name(data["class_code"]),
                area_id=int(data["area"]),
                list_kind=data["list_kind"],
                lead_unit=units.get(viewer, int(data["lead_unit"])),
                assist_units=[units.get(viewer, int(unit)) for unit in data["assist_units"]],
                legal_basis=data["legal_basis"],
                valid_from=data["valid_from"],
                by=viewer,
            )
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, _("已加入权责清单。"))
            return HttpResponseRedirect(reverse("desk:setup:duties"), status=303)
    return render(request, "desk/setup/duty_new.html", {"form": form}, status=form.status)


@require_http_methods(["GET", "POST"])
@staff_only(Right.SET_UP)
def duty_end(request: HttpRequest, duty_id: int) -> HttpResponse:
    """End a row from today; asks first."""
    viewer = viewer_in(request)
    row = queries.get(viewer, duty_id)
    words = _("从今天起，%(class)s不再默认派给%(unit)s。已经派出的事不变。")
    question = Question(
        title=_("结束这条权责？"),
        text=words % {"class": row.name, "unit": row.lead_unit.name},
        deed=_("结束权责"),
        done=_("已结束。"),
        back_url=reverse("desk:setup:duties"),
    )
    return asked_first(request, question, lambda: actions.end_duty(duty=row, by=viewer))


def class_name(code: str) -> str:
    """What a class or family is called; its code where no pack names it."""
    row = term("matters", code)
    return row.label if row else code
