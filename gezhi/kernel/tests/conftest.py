"""Keys folders for tests: a fresh one, or one shared by a property test."""

import pytest

from gezhi.kernel import secrets


@pytest.fixture
def keys(tmp_path):
    """A keys folder of this test alone, in use while it runs."""
    folder = tmp_path / "keys"
    secrets.create_keys(folder)
    secrets.configure(secrets.FileProvider(folder))
    yield folder
    secrets.configure(None)


@pytest.fixture(scope="module")
def shared_keys(tmp_path_factory):
    """A keys folder for the examples of a property test."""
    folder = tmp_path_factory.mktemp("shared") / "keys"
    secrets.create_keys(folder)
    secrets.configure(secrets.FileProvider(folder))
    yield folder
    secrets.configure(None)
