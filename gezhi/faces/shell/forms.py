"""What forms of several faces have in common: words for what is missing, photos, refusals by row."""

from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any
from uuid import uuid4

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.functional import Promise, lazy
from django.utils.translation import gettext_lazy as _

from gezhi.faces.shell.uploads import Prepared, prepare
from gezhi.ground.files.actions import PreparedPhoto
from gezhi.kernel.errors import Refusal
from gezhi.kernel.words import clean

# What may be wrong with one row, by the code Django gives it. The framework's own sentences name
# neither the row nor what to do; on a long form nobody knows which one is meant.
_EMPTY = _("“%(label)s”还没填，请填上。")
_UNCHOSEN = _("“%(label)s”还没选，请选一项。")
_WRONG: dict[str, Promise] = {
    "invalid_choice": _("“%(label)s”里没有这一项了，请重新选。"),
    "max_length": _("“%(label)s”太长：最多 %%(limit_value)d 个字，现在 %%(show_value)d 个。"),
    "min_value": _("“%(label)s”不能小于 %%(limit_value)s。"),
    "max_value": _("“%(label)s”不能大于 %%(limit_value)s。"),
    "invalid_list": _("“%(label)s”没有选对，请重新选。"),
    "empty": _("“%(label)s”是空文件，请换一个。"),
}
_INVALID: tuple[tuple[type[forms.Field], Promise], ...] = (
    (forms.DateField, _("“%(label)s”要写成日期，如 2026-11-23。")),
    (forms.IntegerField, _("“%(label)s”要填数字。")),
    (forms.FileField, _("“%(label)s”没有传上来，请再选一次。")),
)


def say_what_is_missing(form: forms.BaseForm) -> None:
    """Let every row of the form name itself and what to do, where it has no sentence of its own."""
    for field in form.fields.values():
        _name_itself(field)


def _name_itself(field: forms.Field) -> None:
    kind: Any = type(field)
    usual = _usual(kind)
    for code, sentence in _sentences(kind).items():
        # A sentence the form wrote for this row knows more than we do.
        if field.error_messages.get(code) is usual.get(code):
            field.error_messages[code] = _naming(sentence, field.label)


@cache
def _sentences(kind: type[Any]) -> Mapping[str, Promise]:
    """What may be wrong with a row of this class → our sentence, the label still open."""
    chosen = issubclass(kind, forms.ChoiceField | forms.FileField)
    sentences = _WRONG | {"required": _UNCHOSEN if chosen else _EMPTY}
    for typed, invalid in _INVALID:
        if issubclass(kind, typed):
            sentences["invalid"] = invalid
    return sentences


@cache
def _usual(kind: type[Any]) -> Mapping[str, Any]:
    """The sentences Django gives to fields of this class."""
    found: dict[str, Any] = {}
    for ancestor in reversed(kind.__mro__):
        found |= getattr(ancestor, "default_error_messages", {})
    return found


def _named(sentence: Promise, label: Any) -> str:
    return str(sentence) % {"label": _plain(label).replace("%", "%%")}


def _plain(label: Any) -> str:
    return str(label or "").rstrip("？?")


def named_in(label: Any, sentence: str) -> bool:
    """Whether a sentence says by itself which row it is about."""
    return f"“{_plain(label)}”" in sentence


# Nearly every form is right: a sentence is put together when it is read.
_naming = lazy(_named, str)


class PlainForm(forms.Form):
    """A form whose rows say in words which of them is missing or wrong, and what to do."""

    def full_clean(self) -> None:
        """As Django's, once labels and choices stand as the page shows them."""
        say_what_is_missing(self)
        super().full_clean()

    def offer(self, name: str, choices: Iterable[Any]) -> None:
        """Say what may be chosen in a row; TypeError where it is no choice."""
        field = self.fields[name]
        if not isinstance(field, forms.ChoiceField):
            raise TypeError(f"{name} is no choice")
        field.choices = list(choices)


class ManyFiles(forms.FileInput):
    """A file input that takes several."""

    allow_multiple_selected = True


class PhotosField(forms.FileField):
    """Several files; empty ones are left to whoever reads the picture, which says so in words."""

    # Not every desk computer knows that HEIC is a picture, and would hide such files.
    widget = ManyFiles(attrs={"multiple": True, "accept": "image/*,.heic,.heif"})

    def __init__(self, **options: Any) -> None:
        usual: dict[str, Any] = {"required": False, "allow_empty_file": True, "label": _("照片")}
        super().__init__(**(usual | options))

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile[Any]]:
        """The files in the order chosen."""
        files = data if isinstance(data, list | tuple) else [data] if data else []
        return [super(PhotosField, self).clean(file, initial) for file in files]


# What a page called a row before; one left open over an upgrade still sends it by that name.
_CALLED_BEFORE = {"deed_key": "key", "kept_photos": "kept", "drop_photos": "drop_kept"}


def sent(data: Mapping[str, Any], name: str) -> Any:
    """What a form sent under this name, or under the one its page had for it before."""
    return data.get(name, data.get(_CALLED_BEFORE.get(name, name)))


def key_in(data: Mapping[str, Any]) -> str:
    """The key a form came with, without signs that no row can hold; "" for none."""
    return clean(str(sent(data, "deed_key") or ""))


class KeyInput(forms.HiddenInput):
    """The key of a deed: a page that has none brings a new one."""

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> Any:
        """The key the page came with."""
        return key_in(data)

    def format_value(self, value: Any) -> str:
        """The old key where a form is shown again, so that a late answer still counts."""
        return str(value or uuid4())


class KeyField(forms.CharField):
    """The hidden key of one deed; whether it can be one, its action says."""

    def __init__(self) -> None:
        super().__init__(required=False, widget=KeyInput)


class KeyedForm(PlainForm):
    """A form that does one deed: its hidden key makes sending it twice one deed.

    Photos are made ready as the form is read, and kept over an error in another row.
    """

    deed_key = KeyField()

    # Names a refusal uses → fields of the form, where they differ.
    REFUSED_AS = {"photo": "photos", "latitude": "longitude"}

    def __init__(self, *arguments: Any, **named: Any) -> None:
        self.held: dict[str, Prepared] = {}
        super().__init__(*arguments, **named)

    @property
    def key(self) -> str:
        """The key as it was sent; "" for none, which the action refuses."""
        return str(self.cleaned_data.get("deed_key") or "")

    def take_new_key(self) -> None:
        """Let the form be sent again as another deed."""
        typed: Any = self.data
        self.data = typed = typed.copy()
        typed["deed_key"] = ""

    def take_photos(self, files: Any, data: Mapping[str, Any]) -> None:
        """Make ready what was sent now, and find again what was kept over the last error."""
        for name, field in self.fields.items():
            if isinstance(field, PhotosField):
                kept = "" if sent(data, f"drop_{name}") else sent(data, f"kept_{name}")
                self.held[name] = prepare(files.getlist(name), kept or "")

    def clean(self) -> dict[str, Any]:
        """Says at its row which photo could not be read, or that there are too many."""
        cleaned = super().clean() or self.cleaned_data
        self.take_photos(self.files, self.data)
        for name, prepared in self.held.items():
            for fault in prepared.faults:
                self.add_error(name, fault)
        return cleaned

    def pictures(self, name: str = "photos") -> tuple[PreparedPhoto, ...]:
        """The photos of a row, ready for the deed to store."""
        return self.held.get(name, Prepared()).photos

    def refuse(self, refusal: Refusal) -> None:
        """Show a refusal at its field, or above the form when the form has no such field."""
        name = self.REFUSED_AS.get(refusal.field, refusal.field)
        known = name in self.fields and not self.fields[name].widget.is_hidden
        self.add_error(name if known else None, str(refusal.message))
