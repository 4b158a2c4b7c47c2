"""One walk for all tests of the permission table."""

import logging
import os
from collections.abc import Callable
from pathlib import Path

import pytest
from pytest_django import Settings

from gezhi.ground.files import actions as files
from gezhi.ground.files.tests.pictures import picture, upload
from gezhi.kernel import clock
from gezhi.kernel.certificates import Office
from gezhi.kernel.viewer import Viewer
from tests.access.scenes import Stage
from tests.access.walk import Walk, walk
from tests.cast import Cast

_walked: list[Walk] = []


@pytest.fixture(autouse=True)
def photos_apart(settings: Settings, tmp_path: Path) -> None:
    """Photos of these tests lie in a folder of their own."""
    settings.MEDIA_ROOT = str(tmp_path)


@pytest.fixture(autouse=True)
def authority(settings: Settings) -> None:
    """This installation serves TLS by itself, so that the page of its certificate is there."""
    settings.GEZHI_TLS = "own"
    keys: Path = settings.GEZHI_KEYS
    Office(keys).keep("test", ["localhost"], now=clock.now())


@pytest.fixture
def photo(cast: Cast) -> Callable[[], int]:
    """A stored photo that can be fetched."""
    by = Viewer.system("test", cast.street.district.pk)

    def stored() -> int:
        return files.store_photo(files.prepare_photo(upload(picture())), by=by).pk

    return stored


@pytest.fixture
def stage(cast: Cast, photo: Callable[[], int]) -> Stage:
    """The cases of the scenes."""
    return Stage(cast, photo)


@pytest.fixture
def found(request: pytest.FixtureRequest, cast: Cast) -> Walk:
    """What everybody was answered everywhere; walked once a process, so that all tests that ask for
    it belong into one file and one part of the suite (hence `cast`)."""
    if not _walked:
        # Thousands of refusals are what is walked for; each would be a warning of Django's.
        refusals = logging.getLogger("django.request")
        level = refusals.level
        refusals.setLevel(logging.ERROR)
        try:
            _walked.append(walk(cast, request.getfixturevalue("stage")))
        finally:
            refusals.setLevel(level)
    return _walked[0]


@pytest.fixture
def recording() -> bool:
    """Whether committed measurements are to be rewritten; never by a machine that builds."""
    return os.environ.get("GEZHI_RECORD") == "yes" and not os.environ.get("CI")
