"""Controls and pieces drawn without a template are what Django draws, letter for letter."""

from typing import Any

import pytest
from django import forms
from django.forms.renderers import DjangoTemplates
from django.utils.html import format_html
from django.utils.safestring import mark_safe
from django.utils.translation import gettext_lazy
from hypothesis import given
from hypothesis import strategies as some

from gezhi.faces.shell.controls import Controls
from gezhi.faces.shell.markup import drawn

OURS, DJANGOS = Controls(), DjangoTemplates()
_texts = some.text(some.sampled_from("街道 <>&\"'a{}%\u200b"), max_size=8)
_values = some.none() | _texts | some.integers() | some.booleans()
_attributes = some.dictionaries(
    some.sampled_from(["class", "required", "data-draft", "maxlength", "title"]),
    some.booleans() | _texts | some.integers(),
)


@given(value=_values, attributes=_attributes)
@pytest.mark.parametrize(
    "widget",
    [
        forms.TextInput(),
        forms.NumberInput(),
        forms.EmailInput(),
        forms.PasswordInput(render_value=True),
        forms.HiddenInput(),
        forms.DateInput(),
        forms.TimeInput(),
    ],
    ids=lambda widget: type(widget).__name__,
)
def test_an_input_is_the_same(widget: forms.Widget, value: Any, attributes: dict[str, Any]) -> None:
    ours = widget.render("名称", value, attributes, renderer=OURS)

    assert ours == widget.render("名称", value, attributes, renderer=DJANGOS)


@given(
    choices=some.lists(some.tuples(_texts, _texts), max_size=4),
    group=some.lists(some.tuples(_texts, _texts), max_size=3),
    value=_values,
    attributes=_attributes,
)
def test_a_choice_is_the_same_with_groups_and_without(
    choices: list[tuple[str, str]],
    group: list[tuple[str, str]],
    value: Any,
    attributes: dict[str, Any],
) -> None:
    for held in (choices, [*choices, ("一组", group)]):
        widget = forms.Select(choices=held)
        ours = widget.render("类别", value, attributes, renderer=OURS)

        assert ours == widget.render("类别", value, attributes, renderer=DJANGOS)


@given(values=some.lists(_values, min_size=2, max_size=2))
def test_a_piece_is_what_format_html_makes_of_it(values: list[Any]) -> None:
    pattern = '<b title="{}">{}</b>'

    assert drawn(pattern, *values) == format_html(pattern, *values)


def test_markup_stays_markup_and_lazy_words_are_said() -> None:
    pieces = (mark_safe("<i></i>"), gettext_lazy("按时"))

    assert drawn("{}{}", *pieces) == format_html("{}{}", *pieces)
