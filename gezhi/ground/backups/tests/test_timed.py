"""The daily backup: begun once when its hour has come, in a program of its own."""

from datetime import timedelta
from pathlib import Path
from unittest import mock

import pytest

from gezhi.ground.audit.models import Entry
from gezhi.ground.backups import actions, media, queries, tasks
from gezhi.ground.backups.layout import BackupFolder
from gezhi.ground.backups.models import Backup, Outcome
from gezhi.ground.backups.tests.homes import OPERATOR
from gezhi.ground.jobs.models import Task
from gezhi.kernel import clock
from gezhi.kernel.errors import Conflict, Invalid, NotPermitted

FOLDER = Path("/media/usb/gezhi")


@pytest.fixture
def started(settings):
    """The command lines of what was started."""
    settings.GEZHI_BACKUP = FOLDER
    with mock.patch("gezhi.ground.backups.tasks.subprocess.Popen") as opened:
        yield opened


def row(**values):
    fields = {"begun_at": clock.now(), "folder": str(FOLDER), "timed": True}
    if values.get("outcome") == "good":
        fields |= {"ended_at": clock.now(), "digest": "ab" * 32}
    return Backup.objects.create(**fields | values)


def test_it_is_begun_once_a_day_as_the_command_an_operator_would_type(cast, started):
    assert tasks.watch.func() is True
    assert started.call_args.args[0][-3:] == ["backup", str(FOLDER), "--timed"]
    row(outcome="good")
    assert tasks.watch.func() is False
    clock.advance(timedelta(days=1))
    assert tasks.watch.func() is True


def test_none_is_begun_while_one_is_made_nor_where_no_folder_is_set(cast, started, settings):
    row()
    assert tasks.watch.func() is False
    Backup.objects.all().delete()
    settings.GEZHI_BACKUP = None
    assert tasks.watch.func() is False
    assert not started.called


def test_one_that_a_restart_broke_off_is_made_again(cast, started):
    row(outcome="stopped")
    assert tasks.watch.func() is False
    clock.advance(timedelta(hours=1, minutes=1))
    assert tasks.watch.func() is True


def test_it_makes_no_folder_where_the_stick_is_not_plugged_in(home, stick):
    with pytest.raises(media.DiskFault, match="还插着吗"):
        actions.make(folder=stick, by=OPERATOR, timed=True)
    assert not stick.exists()
    assert "还插着吗" in Backup.objects.get().fault


def test_a_row_that_was_never_ended_is_told_when_the_next_begins(home, stick):
    left = row(folder=str(stick.resolve()), timed=False)
    stick.mkdir()
    actions.make(folder=stick, by=OPERATOR, timed=True)
    left.refresh_from_db()
    assert left.outcome == Outcome.STOPPED
    assert len(BackupFolder(stick).names()) == 1


def test_somebody_asks_for_one_now(cast, started):
    actions.ask(by=cast.system_administrator.viewer)
    task = Task.objects.get(path="gezhi.ground.backups.tasks.make")
    assert Entry.objects.get(verb="backups.ask").user_id == cast.system_administrator.user_id
    tasks.make.func()
    assert started.call_count == 1 and task.arguments == {}
    row()
    with pytest.raises(Conflict):
        actions.ask(by=cast.system_administrator.viewer)
    with pytest.raises(NotPermitted):
        actions.ask(by=cast.supervisor.viewer)


def test_without_a_folder_it_says_what_is_missing(cast, settings):
    settings.GEZHI_BACKUP = None
    with pytest.raises(Invalid, match="GEZHI_BACKUP"):
        actions.ask(by=cast.system_administrator.viewer)


def test_one_of_the_future_keeps_none_from_being_made_and_is_not_made_up_for_twice(cast, started):
    """The clock ran a day ahead when it was made, and was put right."""
    ahead = clock.now() + timedelta(days=1)
    row(outcome="good", begun_at=ahead, ended_at=ahead)
    assert tasks.watch.func() is True
    row(outcome="good")
    assert tasks.watch.func() is False
    assert queries.worry() is None
