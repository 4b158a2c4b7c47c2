"""What a form's row must know of its widget: how it is built, and what a browser empties."""

from collections.abc import Iterable

from django import forms
from django.forms.boundfield import BoundField


def sort_of(widget: forms.Widget) -> str:
    """How a row must be built round this widget: single, choices, file or plain."""
    if isinstance(widget, forms.CheckboxInput):
        return "single"
    if isinstance(widget, (forms.RadioSelect, forms.CheckboxSelectMultiple)):
        return "choices"
    if isinstance(widget, forms.FileInput):
        return "file"
    return "plain"


def empties(fields: Iterable[BoundField], kind: str) -> bool:
    """Whether one of the fields of this kind (password, file) must be filled in again."""
    return any(is_emptied(field, kind) for field in fields)


def is_emptied(field: BoundField, *kinds: str) -> bool:
    """Whether what was put in is gone; photos that arrived are kept by their row."""
    widget = field.field.widget
    kind = getattr(widget, "input_type", "")
    if getattr(widget, "allow_multiple_selected", False):
        return False
    return kind in (kinds or ("password", "file")) and not getattr(widget, "render_value", False)
