"""What forms of several faces have in common: photos, and a refusal bound to its row."""

from typing import Any
from uuid import uuid4

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from gezhi.kernel.errors import Refusal


class ManyFiles(forms.FileInput):
    """A file input that takes several."""

    allow_multiple_selected = True


class PhotosField(forms.FileField):
    """Several files; empty ones are left to whoever reads the picture, which says so in words."""

    widget = ManyFiles(attrs={"multiple": True, "accept": "image/*"})

    def __init__(self, **options: Any) -> None:
        usual: dict[str, Any] = {"required": False, "allow_empty_file": True, "label": _("照片")}
        super().__init__(**(usual | options))

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile[Any]]:
        """The files in the order chosen."""
        files = data if isinstance(data, list | tuple) else [data] if data else []
        return [super(PhotosField, self).clean(file, initial) for file in files]


class KeyedForm(forms.Form):
    """A form that does one deed: its hidden key makes sending it twice one deed."""

    key = forms.CharField(widget=forms.HiddenInput, required=False, max_length=80)

    # Names a refusal uses → fields of the form, where they differ.
    REFUSED_AS = {"photo": "photos", "latitude": "longitude"}

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self.fields["key"].initial = lambda: str(uuid4())

    def refuse(self, refusal: Refusal) -> None:
        """Show a refusal at its field, or above the form when the form has no such field."""
        name = self.REFUSED_AS.get(refusal.field, refusal.field)
        known = name in self.fields and not self.fields[name].widget.is_hidden
        self.add_error(name if known else None, str(refusal.message))
