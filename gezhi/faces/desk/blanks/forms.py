"""Forms of blanks: a new set, a paper typed in, photos of papers."""

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from gezhi.faces.shell.forms import KeyedForm, PhotosField
from gezhi.kernel.ids import typed_id
from gezhi.kernel.viewer import Viewer
from gezhi.work.blanks import queries
from gezhi.work.blanks.rules import MOST
from gezhi.work.cases import actions

_PLAIN = {"autocomplete": "off"}


class SetForm(KeyedForm):
    """Where a set is for, and how many."""

    area = forms.ChoiceField(label=_("哪里用"))
    size = forms.IntegerField(
        label=_("印几张"),
        initial=20,
        min_value=1,
        max_value=MOST,
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
    )

    REFUSED_AS = {"area_id": "area"}

    def __init__(self, viewer: Viewer, data: Any = None) -> None:
        super().__init__(data, auto_id="set_%s")
        self.offer("area", [(str(pk), name) for pk, name in queries.areas_for(viewer)])

    @property
    def area_id(self) -> int:
        """The area that was chosen."""
        return typed_id(self.cleaned_data["area"]) or 0


class EntryForm(KeyedForm):
    """A paper, row by row as it is printed, so that the eye and the Tab key go the same way."""

    serial = forms.CharField(
        label=_("表号"),
        max_length=40,
        widget=forms.TextInput(attrs={**_PLAIN, "inputmode": "numeric"}),
    )
    name = forms.CharField(
        label=_("姓名"),
        required=False,
        max_length=40,
        widget=forms.TextInput(attrs={**_PLAIN, "data-no-draft": ""}),
    )
    phone = forms.CharField(
        label=_("电话"),
        required=False,
        max_length=40,
        widget=forms.TextInput(attrs={**_PLAIN, "inputmode": "tel", "data-no-draft": ""}),
    )
    place_words = forms.CharField(
        label=_("在哪儿"), required=False, max_length=200, widget=forms.TextInput(attrs=_PLAIN)
    )
    box = forms.CharField(
        label=_("勾的字母"),
        required=False,
        max_length=2,
        widget=forms.TextInput(attrs={**_PLAIN, "autocapitalize": "characters"}),
    )
    text = forms.CharField(
        label=_("什么事"),
        required=False,
        max_length=4000,
        help_text=_("纸上没写字，只勾了字母，这里可以空着。"),
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    confidential = forms.BooleanField(label=_("勾了“请替我保密”"), required=False)
    urgent = forms.BooleanField(label=_("勾了“有危险，很急”"), required=False)

    REFUSED_AS = {"place_id": "place_words", "class_code": "box"}

    def __init__(self, data: Any = None, *, initial: dict[str, Any] | None = None) -> None:
        super().__init__(data, initial=initial, auto_id="blank_%s")

    def clean(self) -> dict[str, Any]:
        """Something is said: in words, or by what is ticked."""
        cleaned = super().clean()
        if not cleaned.get("text") and not cleaned.get("box"):
            self.add_error("text", gettext("请照纸上写的打进来，一句话也可以"))
        return cleaned

    def intake(self) -> actions.Intake:
        """What stands on the paper; channel and class are the action's."""
        cleaned = self.cleaned_data
        return actions.Intake(
            text=cleaned["text"],
            channel="paper",
            where=actions.Where(words=cleaned["place_words"]),
            contact=actions.Contact(name=cleaned["name"], phone=cleaned["phone"]),
            urgency="urgent" if cleaned["urgent"] else "ordinary",
            confidential=cleaned["confidential"],
        )


class PhotosForm(KeyedForm):
    """Photos of filled papers, and the number of one whose code cannot be read."""

    photos = PhotosField(label=_("手填表的照片"))
    serial = forms.CharField(
        label=_("读不出二维码的那一张，表号是"),
        required=False,
        max_length=40,
        widget=forms.TextInput(attrs={**_PLAIN, "inputmode": "numeric"}),
    )

    def __init__(self, data: Any = None, files: Any = None) -> None:
        super().__init__(data, files, auto_id="paper_%s")
