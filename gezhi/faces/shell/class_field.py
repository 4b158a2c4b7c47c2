"""A class out of more than a hundred: typed, with those that fit offered by the browser itself, so
that it needs no script; what was typed is one class by its name, its code, or a part of a name."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django import forms
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gezhi.faces.shell.markup import drawn, joined

# Groups of classes as the choices of a form have them: a heading, then code and name.
Groups = Callable[[], Sequence[tuple[str, Sequence[tuple[str, str]]]]]
# So many of those that fit are named where several do.
_NAMED = 5


class ClassInput(forms.TextInput):
    """A plain input with a list of names the browser narrows while one types."""

    def __init__(self, groups: Groups) -> None:
        super().__init__({"autocomplete": "off"})
        self._groups = groups

    def render(
        self, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: Any = None
    ) -> SafeString:
        """The input, and what it offers."""
        listed = f"{(attrs or {}).get('id', name)}_offered"
        control = super().render(name, value, {**(attrs or {}), "list": listed}, renderer)
        options = [drawn('<option value="{}">', word) for word in _words(self._groups)]
        return joined(
            [control, drawn('<datalist id="{}">', listed), *options, drawn("</datalist>")]
        )


class ClassField(forms.CharField):
    """One class of these groups; its value is the code, "" for none where none is needed."""

    def __init__(self, *, groups: Groups, **options: Any) -> None:
        missing = gettext_lazy("“事项类别”还没选：写两三个字，从提示里选一个。")
        super().__init__(
            max_length=100,
            widget=ClassInput(groups),
            error_messages={"required": missing},
            **options,
        )
        self._groups = groups

    def clean(self, value: Any) -> str:
        """The code of what was typed; refuses what is no class and what may be several."""
        typed = super().clean(value)
        if not typed:
            return ""
        words = _words(self._groups)
        if typed in words.values():
            return str(typed)
        fitting = [typed] if typed in words else _fitting(typed, words)
        if len(fitting) == 1:
            return words[fitting[0]]
        if not fitting:
            raise forms.ValidationError(_("没有“%(typed)s”这个类别，换个词再找") % {"typed": typed})
        named = "、".join(fitting[:_NAMED]) + ("……" if len(fitting) > _NAMED else "")
        raise forms.ValidationError(_("有几个类别都像，请写其中一个：%(names)s") % {"names": named})

    def prepare_value(self, value: Any) -> Any:
        """The name of a code; what was typed stays as it was typed."""
        return next((word for word, code in _words(self._groups).items() if code == value), value)


def _words(groups: Groups) -> dict[str, str]:
    """The codes by the name each is offered under; of those that share one the group stands behind."""
    rows = [(label, code, group) for group, pairs in groups() for code, label in pairs]
    labels = [label for label, _code, _group in rows]
    return {
        label if labels.count(label) == 1 else f"{label}（{group}）": code
        for label, code, group in rows
    }


def _fitting(typed: str, words: Mapping[str, str]) -> list[str]:
    """The names that have every part of what was typed, a name that begins with it first."""
    parts = typed.split()
    found = [word for word in words if all(part in word for part in parts)]
    return sorted(found, key=lambda word: not word.startswith(typed))
