"""A home to back up, and a folder to back it up to."""

from unittest import mock

import pytest

from gezhi.ground.backups import media
from gezhi.ground.backups.tests import homes


@pytest.fixture
def home(tmp_path, settings, cast):
    """A furnished home beside a database with the cast."""
    return homes.furnish(tmp_path / "home", settings)


@pytest.fixture
def stick(tmp_path):
    """Where the backups go."""
    return tmp_path / "stick"


@pytest.fixture(autouse=True)
def the_disk_is_not_waited_for():
    """Nothing of a test has to survive a crash of the machine, whose disk may be busy for minutes."""
    with mock.patch.object(media, "flush"), mock.patch("gezhi.ground.backups.media.os.fsync"):
        yield
