"""Every row of a form says itself what is missing or wrong with it."""

from collections.abc import Iterator

import pytest
from django import forms
from django.utils.translation import override

from gezhi.config import urls
from gezhi.faces.shell.forms import PlainForm
from gezhi.faces.shell.login import forms as login_forms

# They bring along every page and every form of every room.
LOADED = (urls, login_forms)


class Sample(PlainForm):
    name = forms.CharField(label="姓名", max_length=3)
    kind = forms.ChoiceField(label="是哪一种？", choices=[("a", "甲")])
    day = forms.DateField(label="从哪天起", required=False)
    paper = forms.FileField(label="表格")
    own = forms.CharField(label="工号", error_messages={"required": "工号在工作证上"})


def test_an_empty_row_names_itself_and_what_to_do():
    errors = Sample({}).errors
    assert errors["name"] == ["“姓名”还没填，请填上。"]
    assert errors["kind"] == ["“是哪一种”还没选，请选一项。"]
    assert errors["paper"] == ["“表格”还没选，请选一项。"]


def test_a_row_with_a_sentence_of_its_own_keeps_it():
    assert Sample({}).errors["own"] == ["工号在工作证上"]


def test_wrong_values_say_what_would_be_right():
    errors = Sample({"name": "欧阳小小明", "kind": "b", "day": "昨天"}).errors
    assert errors["name"] == ["“姓名”太长：最多 3 个字，现在 5 个。"]
    assert errors["kind"] == ["“是哪一种”里没有这一项了，请重新选。"]
    assert errors["day"] == ["“从哪天起”要写成日期，如 2026-11-23。"]


def test_the_sentences_follow_the_readers_language():
    with override("en"):
        assert "is empty" in Sample({}).errors["name"][0]


def _forms(under: type[forms.BaseForm] = forms.BaseForm) -> Iterator[type[forms.BaseForm]]:
    for form in under.__subclasses__():
        yield form
        yield from _forms(form)


# The gallery shows parts, and files nothing.
OURS = sorted(
    {
        form
        for form in _forms()
        if form.__module__.startswith("gezhi.faces.")
        and ".tests." not in form.__module__
        and not form.__module__.endswith(".gallery")
    },
    key=lambda form: f"{form.__module__}.{form.__name__}",
)


@pytest.mark.parametrize("form", OURS, ids=lambda form: form.__name__)
def test_no_form_of_ours_speaks_the_frameworks_generic_sentences(form):
    assert issubclass(form, PlainForm)
