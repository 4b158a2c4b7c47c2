"""上报 and 自行处置: a photo, a class, a place; everything else the system knows."""

from django import forms
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gezhi.faces.pocket.bar import frame, grid_seat, workers_only
from gezhi.faces.shell.forms import KeyedForm, PhotosField
from gezhi.faces.shell.middleware import viewer_in
from gezhi.faces.shell.uploads import Prepared, prepare, stored_with
from gezhi.ground.codes import queries as codes
from gezhi.kernel.errors import Refusal
from gezhi.kernel.viewer import Viewer
from gezhi.records.places import queries as places
from gezhi.work.cases import actions as cases

# What a worker meets every day stands first; the rest is one tap further.
FREQUENT = 8


def class_choices() -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    """Frequent classes and all of them, from the pack in force."""
    rows = codes.terms("matters")
    parents = {row.parent_code for row in rows}
    leaves = [row for row in rows if row.code not in parents and row.data.get("public") == "yes"]
    frequent = sorted(leaves, key=lambda row: row.data.get("intake") != "community")[:FREQUENT]
    return (
        [(row.code, row.label) for row in frequent],
        [(row.code, row.label) for row in leaves],
    )


class ReportForm(KeyedForm):
    """上报: one photo or one sentence is enough."""

    photos = PhotosField(label=gettext_lazy("照片"))
    kept = forms.CharField(required=False, widget=forms.HiddenInput)
    class_code = forms.ChoiceField(label=gettext_lazy("哪一类"), required=False)
    other_class = forms.ChoiceField(label=gettext_lazy("别的类别"), required=False)
    place = forms.ChoiceField(label=gettext_lazy("在哪儿"), required=False)
    place_words = forms.CharField(
        label=gettext_lazy("具体位置"),
        required=False,
        widget=forms.TextInput(attrs={"placeholder": gettext_lazy("如：2 单元门口")}),
    )
    longitude = forms.FloatField(required=False, widget=forms.HiddenInput)
    latitude = forms.FloatField(required=False, widget=forms.HiddenInput)
    text = forms.CharField(
        label=gettext_lazy("说一句"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, viewer: Viewer, *arguments: object, **named: object) -> None:
        super().__init__(*arguments, **named)
        frequent, every = class_choices()
        rows = places.choices_of_grid(grid_seat(viewer))
        self._choices("class_code", frequent)
        self._choices("other_class", [("", _("都不是，在这里找")), *every])
        self._choices(
            "place",
            [("", _("选小区或楼栋")), *((str(place_id), words) for place_id, words in rows)],
        )

    def _choices(self, name: str, choices: list[tuple[str, str]]) -> None:
        field = self.fields[name]
        if isinstance(field, forms.ChoiceField):
            field.choices = choices
            if name == "class_code":
                field.widget = forms.RadioSelect(choices=choices)

    @property
    def chosen_class(self) -> str:
        return str(self.cleaned_data["other_class"] or self.cleaned_data["class_code"])

    def intake(self, photos: list[int]) -> cases.Intake:
        """What is reported; without a sentence the name of the class is one."""
        data = self.cleaned_data
        matter = codes.term("matters", self.chosen_class) if self.chosen_class else None
        point = data["longitude"] is not None and data["latitude"] is not None
        return cases.Intake(
            text=data["text"] or (matter.name if matter else ""),
            channel="grid_worker",
            class_code=self.chosen_class,
            where=cases.Where(
                longitude=data["longitude"] if point else None,
                latitude=data["latitude"] if point else None,
                place_id=int(data["place"]) if data["place"] and not point else None,
                words=data["place_words"],
            ),
            photos=photos,
        )


class SpotForm(ReportForm):
    """自行处置: what was done, with a photo of the result."""

    words = forms.CharField(
        label=gettext_lazy("怎么处置的"),
        required=False,
        widget=forms.Textarea(
            attrs={"rows": 2, "placeholder": gettext_lazy("如：已劝导清走，楼道通畅")}
        ),
    )


@workers_only
def report(request: HttpRequest) -> HttpResponse:
    """上报: sent to the unit that takes it in."""
    viewer = viewer_in(request)
    if request.method != "POST":
        return _page(request, ReportForm(viewer), Prepared())
    form = ReportForm(viewer, request.POST, request.FILES)
    photos = _photos(form)
    if form.errors:
        return _page(request, form, photos, status=422)
    try:
        receipt = stored_with(
            photos,
            by=viewer,
            deed=lambda ids: cases.report(
                intake=form.intake(ids), by=viewer, key=form.cleaned_data["key"]
            ),
            repeated=lambda receipt: receipt.repeated,
        )
    except Refusal as refusal:
        form.refuse(refusal)
        return _page(request, form, photos, status=refusal.status)
    return _to_case(receipt)


@workers_only
def spot(request: HttpRequest) -> HttpResponse:
    """自行处置: reported and settled in one go, passed by the community later."""
    viewer = viewer_in(request)
    if request.method != "POST":
        return _page(request, SpotForm(viewer), Prepared(), spot=True)
    form = SpotForm(viewer, request.POST, request.FILES)
    photos = _photos(form)
    if not form.errors and not form.chosen_class:
        form.add_error("class_code", _("请点一个类别"))
    if form.errors:
        return _page(request, form, photos, spot=True, status=422)
    data = form.cleaned_data
    try:
        receipt = stored_with(
            photos,
            by=viewer,
            deed=lambda ids: cases.report_on_the_spot(
                intake=form.intake([]), words=data["words"], photos=ids, by=viewer, key=data["key"]
            ),
            repeated=lambda receipt: receipt.repeated,
        )
    except Refusal as refusal:
        form.refuse(refusal)
        return _page(request, form, photos, spot=True, status=refusal.status)
    return _to_case(receipt)


def _photos(form: ReportForm) -> Prepared:
    form.is_valid()
    photos = prepare(form.cleaned_data.get("photos") or [], form.cleaned_data.get("kept", ""))
    for fault in photos.faults:
        form.add_error("photos", fault)
    return photos


def _to_case(receipt: cases.Receipt) -> HttpResponse:
    response = HttpResponseRedirect(reverse("pocket:case", args=[receipt.case_number]) + "?sent=1")
    response.status_code = 303
    return response


def _page(
    request: HttpRequest,
    form: ReportForm,
    photos: Prepared,
    *,
    spot: bool = False,
    status: int = 200,
) -> HttpResponse:
    context = frame(request, form=form, photos=photos, spot=spot)
    return render(request, "pocket/report.html", context, status=status)
