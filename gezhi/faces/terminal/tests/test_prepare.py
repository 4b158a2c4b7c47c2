"""gezhi prepare: safe to run again, and quick the second time."""

import errno
import sqlite3
from pathlib import Path
from unittest import mock

import pytest
from django.core.management import CommandError, call_command
from django.db import OperationalError

from gezhi.faces.terminal.management.commands import prepare
from gezhi.ground.audit import covering
from gezhi.ground.backups import restoring
from gezhi.kernel import secrets
from gezhi.kernel.secrets import session_key


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


def test_what_an_older_version_left_open_is_closed(settings, tmp_path: Path):
    settings.GEZHI_HOME = settings.GEZHI_KEYS = tmp_path
    left = tmp_path / "gezhi.sqlite3-wal"
    left.touch()
    left.chmod(0o644)
    tmp_path.chmod(0o755)
    prepare.Command()._close()
    assert (left.stat().st_mode & 0o777, tmp_path.stat().st_mode & 0o777) == (0o600, 0o700)


def test_a_folder_without_keys_gets_none_from_the_settings_alone(tmp_path: Path):
    folder = tmp_path / "keys"
    assert len(session_key.make_beside(folder)) >= 50
    assert not folder.exists()
    folder.mkdir()
    session_key.make_beside(folder)
    assert list(folder.iterdir()) == []
    secrets.create_keys(folder)
    made = session_key.make_beside(folder)
    assert session_key.read(folder) == made != ""


def test_a_restore_that_broke_off_comes_first(settings, tmp_path: Path):
    settings.GEZHI_HOME, settings.GEZHI_KEYS = tmp_path, tmp_path / "keys"
    mark = tmp_path / restoring.MARK
    mark.write_text("{}")
    with pytest.raises(CommandError, match="恢复还没有做完：再运行一次 gezhi restore"):
        call_command("prepare")
    assert list(tmp_path.iterdir()) == [mark]


def full_database() -> OperationalError:
    told = sqlite3.OperationalError("database or disk is full")
    told.sqlite_errorname = "SQLITE_FULL"
    error = OperationalError(str(told))
    error.__cause__ = told
    return error


@pytest.mark.parametrize(
    ("error", "sentence"),
    [
        (OSError(errno.ENOSPC, "No space left on device", "/srv/var/static"), "磁盘满了.*腾出地方"),
        (OSError(errno.EROFS, "Read-only file system", "/srv/var/static"), "磁盘是只读的"),
        (full_database(), "磁盘满了.*腾出地方"),
    ],
)
@pytest.mark.parametrize("step", ["_keys", "_database", "_static"])
def test_a_disk_without_room_is_told_in_a_sentence(settings, tmp_path, error, sentence, step):
    settings.GEZHI_HOME, settings.GEZHI_KEYS = tmp_path, tmp_path / "keys"
    quiet = dict.fromkeys(("_keys", "_database", "_packs", "_static", "_close"), mock.DEFAULT)
    with (
        mock.patch.multiple(prepare.Command, **quiet),
        mock.patch.object(covering, "cover_all"),
        mock.patch.object(prepare.Command, step, side_effect=error),
        pytest.raises(CommandError, match=sentence),
    ):
        call_command("prepare")
