"""gezhi prepare: safe to run again, and quick the second time."""

from pathlib import Path
from unittest import mock

import pytest

from gezhi.faces.terminal.management.commands import prepare


@pytest.fixture
def collected(settings, tmp_path: Path):
    """How often static files were collected, into a folder of the test's own."""
    settings.STATIC_ROOT = tmp_path
    with mock.patch.object(prepare, "call_command") as called:
        yield called


def test_static_files_are_collected_once_while_none_changes(collected):
    prepare.Command()._static()
    prepare.Command()._static()
    assert collected.call_count == 1


def test_a_changed_file_is_collected_again(collected, tmp_path: Path):
    prepare.Command()._static()
    (tmp_path / ".collected").write_text("the state of another day")
    prepare.Command()._static()
    assert collected.call_count == 2
