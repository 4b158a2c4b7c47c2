"""What the tests of the phone share: a worker's browser, a picture, a case in any state."""

from collections.abc import Callable
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pytest_django import Settings

from gezhi.ground.files.tests.pictures import picture
from gezhi.work.cases.tests.playing import Play
from tests.cast import Cast, Person


@pytest.fixture(autouse=True)
def photos_apart(settings: Settings, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = str(tmp_path)


@pytest.fixture
def phone(cast: Cast, client_of: Callable[[Person], Client]) -> Client:
    """The phone of 小张, who looks after grid one."""
    return client_of(cast.zhang)


@pytest.fixture
def next_phone(cast: Cast, client_of: Callable[[Person], Client]) -> Client:
    """The phone of 老赵, who looks after the grid beside."""
    return client_of(cast.zhao)


@pytest.fixture
def play(cast: Cast) -> Play:
    return Play(cast)


@pytest.fixture
def a_photo() -> Callable[[], SimpleUploadedFile]:
    return lambda: SimpleUploadedFile("a.jpg", picture(), content_type="image/jpeg")
