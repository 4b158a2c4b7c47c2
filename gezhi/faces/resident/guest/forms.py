"""What somebody outside types: the code, a question, what was done."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from gezhi.faces.shell.forms import KeyedForm, PhotosField, PlainForm

_MOST = 2000


class CodeForm(PlainForm):
    """The code of the other message; what was typed before it was asked for stays with it."""

    code = forms.CharField(
        label=_("6 位码"),
        max_length=20,
        widget=forms.TextInput(
            attrs={"inputmode": "numeric", "autocomplete": "one-time-code", "size": 8}
        ),
    )
    words = forms.CharField(required=False, strip=False, widget=forms.HiddenInput)
    deed = forms.CharField(required=False, widget=forms.HiddenInput)


class TakeForm(KeyedForm):
    """接单: nothing to say."""


class AskForm(KeyedForm):
    """提问."""

    title = _("问派单的人一句")
    send = _("发出去")

    words = forms.CharField(
        label=_("想问什么"),
        max_length=_MOST,
        strip=False,
        help_text=_("派单的人会看到。这件事不归您管，也在这里说一声。"),
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    photos = PhotosField()


class FinishForm(KeyedForm):
    """办完了: what was done, with a photo."""

    title = _("办完了")
    send = _("交上去")

    words = forms.CharField(
        label=_("做了什么"),
        max_length=_MOST,
        strip=False,
        help_text=_("反映的人会看到这几句，请不要写姓名和电话。"),
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    photos = PhotosField(label=_("办完后的照片"))

    def clean(self) -> dict[str, Any]:
        """A photo is what whoever checks goes by: nobody of the house was there."""
        cleaned = super().clean()
        if not self.pictures() and "photos" not in self.errors:
            self.add_error("photos", _("请拍一张办完后的照片；拍不了的，先回去问派单的人一句"))
        return cleaned
