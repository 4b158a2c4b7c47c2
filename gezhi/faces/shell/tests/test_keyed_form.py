"""The key of a deed and its photos, in the forms of every face."""

from pathlib import Path

import pytest
from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict
from pytest_django import Settings

from gezhi.faces.shell.forms import KeyedForm, PhotosField
from gezhi.ground.files.tests.pictures import picture
from gezhi.kernel.errors import Invalid

KEY = "one-press-two-sends"


@pytest.fixture(autouse=True)
def photos_apart(settings: Settings, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = str(tmp_path)


class ALook(KeyedForm):
    """Photos and a word that is asked for."""

    photos = PhotosField()
    words = forms.CharField()


def _sent(query: str, *photos: SimpleUploadedFile) -> ALook:
    form = ALook(QueryDict(query), MultiValueDict({"photos": list(photos)}))
    form.is_valid()
    return form


def _a_photo() -> SimpleUploadedFile:
    return SimpleUploadedFile("a.jpg", picture(), content_type="image/jpeg")


def test_every_page_brings_a_key_of_its_own() -> None:
    first, second = str(ALook()["deed_key"]), str(ALook()["deed_key"])
    assert 'name="deed_key"' in first and first != second


def test_a_form_shown_again_keeps_its_key_so_that_a_late_answer_counts() -> None:
    assert f'value="{KEY}"' in str(_sent(f"deed_key={KEY}")["deed_key"])


def test_a_form_that_came_without_a_key_gets_one_when_shown_again() -> None:
    form = _sent("deed_key=&words=a")
    assert form.key == ""
    assert 'value=""' not in str(form["deed_key"])


def test_a_form_that_may_be_sent_as_another_deed_gets_another_key() -> None:
    form = _sent(f"deed_key={KEY}&words=a")
    form.take_new_key()
    assert KEY not in str(form["deed_key"])
    assert form["words"].value() == "a"


def test_a_page_from_before_an_upgrade_says_key() -> None:
    assert _sent(f"key={KEY}").key == KEY
    assert _sent(f"key=old&deed_key={KEY}").key == KEY


def test_a_key_has_no_signs_that_no_row_can_hold() -> None:
    assert _sent("words=a&deed_key=a%00b").key == "ab"


def test_photos_are_kept_over_an_error_in_another_row_or_dropped() -> None:
    token = _sent("words=", _a_photo()).held["photos"].token
    assert token
    for kept in ("kept_photos", "kept"):
        query = QueryDict(mutable=True)
        query.update({kept: token, "words": "a"})
        assert len(_sent(query.urlencode(), _a_photo()).pictures()) == 2
    for dropped in ("drop_photos", "drop_kept"):
        query[dropped] = "yes"
        assert _sent(query.urlencode()).pictures() == ()
        del query[dropped]


def test_a_photo_that_is_none_is_told_at_its_row_and_the_others_stay() -> None:
    form = _sent("words=a", _a_photo(), SimpleUploadedFile("b.jpg", b"no picture"))
    assert "第 2 张" in str(form.errors["photos"])
    assert len(form.pictures()) == 1


def test_a_refusal_stands_at_its_row_or_above_the_form() -> None:
    form = _sent("words=a")
    for field, row in (("photo", "photos"), ("words", "words"), ("key", "__all__")):
        form.refuse(Invalid("不行", field=field))
        assert "不行" in str(form.errors[row])
