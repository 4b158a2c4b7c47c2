"""Whatever a stranger may read has its English, and the English says the same things."""

import polib
import pytest
from django.utils import translation
from django.utils.translation import gettext

from tools import messages


def test_every_marked_string_of_the_sources_has_its_english():
    """Put it right with `python tools/messages.py extract`, then write what is missing."""
    assert messages.faults(messages.marked(), messages.catalog()) == []


def test_strings_are_found_in_code_and_templates_of_every_source():
    places = {place for one in messages.marked().values() for place in one.places}
    for source in messages.SOURCES:
        assert any(place.startswith(f"gezhi/{source}") for place in places), source


def test_only_chinese_is_marked():
    """The source language is Chinese: an English source would never be shown in Chinese."""
    found = [
        text
        for text in messages.marked()
        if not any("\u3000" <= sign <= "\u9fff" or sign in "，。：；（）" for sign in text)
    ]
    assert found == []


@pytest.fixture
def one():
    return {
        "灯": messages.Marked("灯", "", ["a.py"]),
        "%(n)s 盏": messages.Marked("%(n)s 盏", "%(n)s 盏", ["a.py"]),
    }


def entry(text, english="", plural=()):
    if plural:
        return polib.POEntry(msgid=text, msgid_plural=text, msgstr_plural=dict(enumerate(plural)))
    return polib.POEntry(msgid=text, msgstr=english)


def test_the_check_sees_what_is_missing(one):
    whole = [entry("灯", "lamp"), entry("%(n)s 盏", plural=("%(n)s lamp", "%(n)s lamps"))]
    assert messages.faults(one, whole) == []
    assert messages.faults(one, whole[1:]) == ["no entry: '灯' (a.py)"]
    assert messages.faults(one, [entry("灯"), whole[1]]) == ["no English: '灯' (a.py)"]
    half = entry("%(n)s 盏", plural=("%(n)s lamp", ""))
    assert messages.faults(one, [whole[0], half]) == ["no English: '%(n)s 盏' (a.py)"]
    other = entry("%(n)s 盏", plural=("%(m)s lamp", "%(n)s lamps"))
    assert messages.faults(one, [whole[0], other]) == ["other holes in the English of '%(n)s 盏'"]
    assert messages.faults(one, [*whole, entry("月", "moon")]) == ["nobody says '月'"]


def test_the_compiled_catalog_is_spoken(settings, tmp_path):
    messages.compile_to(tmp_path)
    settings.LOCALE_PATHS = [tmp_path]
    with translation.override("en"):
        assert gettext("我要反映") == "Report something"
    with translation.override("zh-hans"):
        assert gettext("我要反映") == "我要反映"
