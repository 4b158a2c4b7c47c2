"""A constant part of a page is drawn once a language and once for each of its values."""

from unittest import mock

import pytest
from django.template import Context, Template
from django.utils import translation

from gezhi.faces.shell.templatetags import constant

PART = "{% load constant i18n %}{% constant size %}{% translate '登录' %} {{ size }} {{ other }}{% endconstant %}"


def test_it_is_drawn_once_for_the_same_values() -> None:
    part = Template(PART)
    with mock.patch.object(constant, "CHECKED", False):
        first = part.render(Context({"size": "large", "other": "a"}))
        again = part.render(Context({"size": "large", "other": "b"}))
        small = part.render(Context({"size": "small", "other": "b"}))

    assert (first, again, small) == ("登录 large a", "登录 large a", "登录 small b")


def test_each_language_has_its_own() -> None:
    part = Template(PART)
    with translation.override("en"):
        english = part.render(Context({"size": "large"}))

    assert english != part.render(Context({"size": "large"}))


def test_the_tests_see_a_part_that_is_not_constant() -> None:
    part = Template(PART)
    part.render(Context({"size": "large", "other": "a"}))

    with pytest.raises(AssertionError):
        part.render(Context({"size": "large", "other": "b"}))
