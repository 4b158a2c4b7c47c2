"""The controls of forms that every page has, drawn without a template each.

Django draws an option of a choice by two templates, and a list of thirty options by sixty; that
was as much as all statements of a page. What is drawn here is what its templates draw, letter for
letter; every other control is drawn by them.
"""

from collections.abc import Callable, Mapping
from typing import Any

from django.forms.renderers import DjangoTemplates
from django.http import HttpRequest
from django.utils.safestring import SafeString

from gezhi.faces.shell.markup import drawn, joined


class Controls(DjangoTemplates):
    """The renderer of all our forms (`FORM_RENDERER`)."""

    def render(
        self, template_name: str, context: Mapping[str, Any], request: HttpRequest | None = None
    ) -> str:
        """The control of this template; the plain ones drawn here."""
        draw = _DRAWN.get(template_name)
        if draw is None:
            return super().render(template_name, dict(context), request)
        return draw(context["widget"])


def _attributes(widget: Mapping[str, Any]) -> SafeString:
    pieces = []
    for name, value in widget["attrs"].items():
        if value is True:
            pieces.append(drawn(" {}", name))
        elif value is not False:
            pieces.append(drawn(' {}="{}"', name, value))
    return joined(pieces)


def _input(widget: Mapping[str, Any]) -> SafeString:
    value = widget["value"]
    held = drawn(' value="{}"', value) if value is not None else ""
    return drawn(
        '<input type="{}" name="{}"{}{}>', widget["type"], widget["name"], held, _attributes(widget)
    )


def _select(widget: Mapping[str, Any]) -> SafeString:
    pieces = []
    for group, options, _place in widget["optgroups"]:
        if group:
            pieces.append(drawn('\n  <optgroup label="{}">', group))
        for one in options:
            pattern = '\n  <option value="{}"{}>{}</option>\n'
            pieces.append(drawn(pattern, one["value"], _attributes(one), one["label"]))
        if group:
            pieces.append(drawn("\n  </optgroup>"))
    inside = joined(pieces)
    return drawn('<select name="{}"{}>{}\n</select>', widget["name"], _attributes(widget), inside)


_DRAWN: Mapping[str, Callable[[Mapping[str, Any]], SafeString]] = {
    f"django/forms/widgets/{name}.html": draw
    for draw, names in {
        _input: ("input", "text", "number", "email", "password", "hidden", "date", "time"),
        _select: ("select",),
    }.items()
    for name in names
}
