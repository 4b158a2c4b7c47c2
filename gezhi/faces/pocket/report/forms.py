"""The two forms of what a worker meets: a photo, a class, a place; the system knows the rest."""

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gezhi.faces.pocket.report.choices import (
    all_classes,
    found_by_words,
    frequent_classes,
    own_grid,
    places_of,
)
from gezhi.faces.shell.forms import KeyedForm, PhotosField
from gezhi.ground.codes import queries as codes
from gezhi.kernel.viewer import Viewer
from gezhi.work.cases import actions as cases

CHANNEL = "grid_worker"


class ReportForm(KeyedForm):
    """上报: a tapped class, or one sentence, is enough."""

    REFUSED_AS = KeyedForm.REFUSED_AS | {"place_id": "place"}
    # Whether the worker put it right there and then.
    is_settled: ClassVar[bool] = False

    photos = PhotosField(label=gettext_lazy("照片"))
    class_code = forms.ChoiceField(
        label=gettext_lazy("哪一类"), required=False, widget=forms.RadioSelect
    )
    other_class = forms.ChoiceField(
        label=gettext_lazy("别的类别"), required=False, widget=found_by_words()
    )
    place = forms.ChoiceField(
        label=gettext_lazy("小区、楼栋"), required=False, widget=found_by_words()
    )
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
        widget=forms.Textarea(
            attrs={"rows": 2, "placeholder": gettext_lazy("不写也行，有照片和类别就够")}
        ),
    )

    def __init__(self, viewer: Viewer, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self.viewer = viewer
        self._own_grid = own_grid(viewer)
        places, first = places_of(viewer)
        self.offer("class_code", frequent_classes(viewer))
        self.offer("other_class", all_classes())
        self.offer("place", places)
        self.fields["place"].initial = first
        if len(places) == 1:
            # A grid nobody has entered places of: words and the own position remain.
            del self.fields["place"]

    def clean(self) -> dict[str, Any]:
        """Says at the taps what is missing when nothing was said at all."""
        data = super().clean() or {}
        named = data.get("class_code") or data.get("other_class")
        if "text" in self.fields and not (named or data.get("text") or self.errors):
            self.add_error("class_code", _("点一个类别，或者写一句话"))
        return data

    @property
    def chosen_class(self) -> str:
        """The class of the long list where one was looked for, else the tapped one."""
        return str(self.cleaned_data.get("other_class") or self.cleaned_data.get("class_code", ""))

    def do(self, photos: list[int]) -> cases.Receipt:
        """Report it, with these photos that are stored already; raises what the action raises."""
        return cases.report(intake=self.intake(photos), by=self.viewer, key=self.key)

    def intake(self, photos: list[int]) -> cases.Intake:
        """What is reported; without a sentence the name of the class is one.

        A chosen place says more than a point that a phone took behind walls; words that name no
        place ("2 单元门口") are of the worker's own grid.
        """
        data = self.cleaned_data
        class_term = codes.term("matters", self.chosen_class) if self.chosen_class else None
        place_id = int(data["place"]) if data.get("place") else None
        return cases.Intake(
            text=data.get("text") or (class_term.name if class_term else ""),
            channel=CHANNEL,
            class_code=self.chosen_class,
            where=cases.Where(
                longitude=None if place_id else data["longitude"],
                latitude=None if place_id else data["latitude"],
                place_id=place_id,
                words=data["place_words"],
                area_id=self._own_grid,
            ),
            photos=photos,
        )


class SpotForm(ReportForm):
    """自行处置: what was done, with a photo of the result."""

    is_settled = True

    words = forms.CharField(
        label=gettext_lazy("怎么处置的"),
        required=False,
        widget=forms.Textarea(
            attrs={"rows": 2, "placeholder": gettext_lazy("如：已劝导清走，楼道通畅")}
        ),
    )

    def __init__(self, viewer: Viewer, *arguments: Any, **named: Any) -> None:
        super().__init__(viewer, *arguments, **named)
        # What was met says the class; what was done is asked below.
        del self.fields["text"]
        self.fields["photos"].label = _("处置后的照片")
        self.fields["photos"].required = True

    def clean(self) -> dict[str, Any]:
        """Everything missing is said at once, not one row after the other."""
        data = super().clean() or {}
        if not self.pictures():
            self.add_error("photos", _("拍一张处置后的照片，社区凭它审核"))
        if not (data.get("class_code") or data.get("other_class")):
            self.add_error("class_code", _("请点一个类别"))
        if not data.get("words"):
            self.add_error("words", _("请写一句怎么处置的"))
        return data

    def do(self, photos: list[int]) -> cases.Receipt:
        """Report and settle it: the photos show the result."""
        return cases.report_on_the_spot(
            intake=self.intake([]),
            words=self.cleaned_data["words"],
            photos=photos,
            by=self.viewer,
            key=self.key,
        )
