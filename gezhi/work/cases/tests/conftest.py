"""Fixtures of the case tests."""

import pytest

from gezhi.work.cases.tests.playing import Play
from tests.cast import Cast


@pytest.fixture
def play(cast: Cast) -> Play:
    """A case to be played with the cast."""
    return Play(cast)
