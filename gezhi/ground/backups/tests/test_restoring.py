"""A set put back: everything compared, nothing touched before, gone on with where it broke off."""

import json
import os
import shutil
import subprocess
import sys
from unittest import mock

import pytest
from django.conf import settings as own
from django.db import connection

from gezhi.ground.audit.models import Entry
from gezhi.ground.backups import actions, drilling, engines, manifest, media, restoring
from gezhi.ground.backups.engines.sqlite import Sqlite
from gezhi.ground.backups.keyfolders import KNOWINGLY
from gezhi.ground.backups.making import held_by
from gezhi.ground.backups.models import Backup, RestoreDrill
from gezhi.ground.backups.tests.homes import OPERATOR, made, silent, write
from gezhi.ground.backups.tests.test_checking import flip
from gezhi.ground.jobs import at_work
from gezhi.kernel import clock
from gezhi.kernel.errors import Conflict, Invalid, Refusal

sqlite_only = pytest.mark.skipif(
    "postgresql" in own.DATABASES["default"]["ENGINE"], reason="the drill restores there"
)


@pytest.fixture
def done(home, stick):
    return made(stick)


@pytest.fixture
def other(done, stick):
    return made(stick)


@pytest.fixture
def empty(tmp_path, settings):
    """An empty home, where no database is yet; the tables of the tests stand for what is verified."""
    settings.GEZHI_HOME = tmp_path / "new"
    engine = Sqlite.__new__(Sqlite)
    engine.file = settings.GEZHI_HOME / "gezhi.sqlite3"
    with (
        mock.patch.object(engines, "in_use", return_value=engine),
        # That of the tests stays open.
        mock.patch("gezhi.ground.backups.engines.sqlite.connection"),
    ):
        yield settings.GEZHI_HOME


def restored(folder):
    return restoring.restore(folder, keys=None, by=OPERATOR, progress=silent)


_UNHURRIED = (sys.executable, "-m", "gezhi.ground.backups.tests.unhurried", "restore")


def test_a_drill_restores_in_earnest_reports_and_leaves_nothing(home, stick, monkeypatch):
    """By the very command; on PostgreSQL into a database of its own."""
    monkeypatch.setattr(drilling, "_COMMAND", _UNHURRIED)
    actions.make(folder=stick, by=OPERATOR)
    running = Backup.objects.create(begun_at=clock.now(), folder="/elsewhere")
    told = actions.drill(folder=stick, by=OPERATOR)
    row = RestoreDrill.objects.get()
    assert (row.outcome, row.name) == ("good", told["name"])
    assert row.seconds and row.counts["files"] == told["files"] == 7
    assert told["entries"] > 0
    assert Entry.objects.filter(verb="backups.drill").count() == 1
    assert not any((home / "drill").glob("home*"))
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT COUNT(*) FROM pg_database WHERE datname LIKE '%\\_drill'")
            assert cursor.fetchone()[0] == 0
    running.refresh_from_db()
    assert running.outcome == "running"


def test_a_drill_of_a_broken_set_says_what_is_wrong_in_its_row(home, stick, done):
    said = subprocess.CompletedProcess([], 1, "", "CommandError: database.dump 和清单对不上\n")
    with (
        mock.patch("gezhi.ground.backups.drilling.subprocess.run", return_value=said),
        pytest.raises(Refusal, match=r"^database\.dump 和清单对不上"),
    ):
        actions.drill(folder=stick, by=OPERATOR)
    row = RestoreDrill.objects.get()
    assert row.outcome == "failed" and "对不上" in row.fault
    assert not any((home / "drill").glob("home*"))


@sqlite_only
def test_every_file_comes_back_as_it_was(done, stick, home, empty):
    told = restored(stick)
    assert (told.rows, told.files) == (done.rows, done.files)
    for path in (home / "files").rglob("*.jpg"):
        back = empty / path.relative_to(home)
        assert back.read_bytes() == path.read_bytes()
        assert back.stat().st_mtime_ns == path.stat().st_mtime_ns
        assert back.stat().st_mode & 0o077 == 0
    assert not (empty / "static").exists() and not (empty / "exports").exists()
    assert not restoring.is_unfinished() and told.packs == ""


@sqlite_only
def test_packs_that_this_program_lacks_are_put_into_the_home(
    done, stick, empty, settings, tmp_path
):
    settings.GEZHI_PACKS = tmp_path / "of the program"
    told = restored(stick)
    assert told.packs == str(empty / "packs")
    assert (empty / "packs/own/pack.toml").read_text() == 'name = "own"\n'


@sqlite_only
@pytest.mark.parametrize("name", ["gezhi.sqlite3", "files/1.jpg"])
def test_a_home_that_is_not_empty_is_left_as_it_is(done, stick, empty, name):
    write(empty / name, b"own")
    with pytest.raises(Invalid, match="不会盖掉它"):
        restored(stick)
    assert [path.name for path in empty.rglob("*") if path.is_file()] == [name.split("/")[-1]]


@sqlite_only
def test_a_broken_set_touches_nothing(done, stick, empty):
    flip(next((stick / "objects").glob("??/*")))
    with pytest.raises(Invalid, match="对不上"):
        restored(stick)
    assert not empty.exists()


@sqlite_only
def test_a_broken_set_leaves_the_keys_that_lie_in_the_home(done, stick, empty, settings):
    keys = shutil.copytree(settings.GEZHI_KEYS, empty / "keys")
    settings.GEZHI_KEYS = keys
    flip(next((stick / "objects").glob("??/*")))
    with pytest.raises(Invalid, match="对不上"):
        restored(stick)
    assert keys.is_dir() and restoring._left(empty) == []
    assert not restoring.is_unfinished()


@sqlite_only
def test_a_file_of_the_set_is_read_once(done, stick, home, empty):
    with (
        mock.patch.object(media, "copy_reading", wraps=media.copy_reading) as copied,
        mock.patch.object(media, "digest_of", wraps=media.digest_of) as digested,
    ):
        restored(stick)
    read = [one.args[0].name for one in (*copied.mock_calls, *digested.mock_calls)]
    objects = [path.name for path in (stick / "objects").glob("??/*")]
    assert {read.count(name) for name in objects} == {1}


@sqlite_only
@pytest.mark.parametrize("begun", [True, False], ids=["after a restore broke off", "a home in use"])
def test_nothing_is_restored_while_something_is_at_work_there(done, empty, begun):
    """Each of two that go on would write over what the other has just put there."""

    def killed(what, _done, _whole):
        if what == "database":
            raise KeyboardInterrupt

    if begun:
        with pytest.raises(KeyboardInterrupt):
            restoring.restore(done.path, keys=None, by=OPERATOR, progress=killed)
    for hold in (at_work.together, at_work.alone):
        with hold(empty), pytest.raises(Conflict, match="先停下"):
            restored(done.path)
    assert not (empty / "gezhi.sqlite3").exists()
    restored(done.path)
    assert not restoring.is_unfinished()


@sqlite_only
def test_whoever_begins_while_a_set_is_looked_at_is_not_written_over(done, empty):
    def meanwhile(what, _done, _whole):
        if what == "checking" and not empty.exists():
            write(empty / restoring.MARK, b"{}")

    with pytest.raises(Conflict, match="先停下"):
        restoring.restore(done.path, keys=None, by=OPERATOR, progress=meanwhile)
    assert restoring._left(empty) == [empty / restoring.MARK]


@sqlite_only
def test_nobody_serves_while_it_is_restored(done, empty):
    refused: list[object] = []

    def serve(what, _done, _whole):
        if what == "database" and not refused:
            with pytest.raises(at_work.Busy) as busy, at_work.together(empty):
                pass
            refused.append(busy)

    restoring.restore(done.path, keys=None, by=OPERATOR, progress=serve)
    assert refused and not at_work.is_busy(empty)


@sqlite_only
def test_one_that_broke_off_is_known_and_goes_on_with_the_same_set_alone(done, other, empty):
    def killed(what, _done, _whole):
        if what == "database":
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        restoring.restore(done.path, keys=None, by=OPERATOR, progress=killed)
    assert restoring.is_unfinished()
    first = next((empty / "files").rglob("*.jpg"))
    written = first.stat().st_ctime_ns
    (empty / "gezhi.sqlite3").write_bytes(b"half")
    with pytest.raises(Invalid, match="恢复到一半"):
        restored(other.path)
    restored(done.path)
    assert not restoring.is_unfinished()
    assert first.stat().st_ctime_ns == written
    with pytest.raises(Invalid, match="不会盖掉它"):
        restored(done.path)


@sqlite_only
def test_a_set_that_came_back_otherwise_is_not_used(done, stick, empty):
    with (
        mock.patch.object(
            Sqlite, "contents", return_value=held_by(manifest.read(done.path)[0])
        ) as held,
        pytest.raises(Refusal, match=r"accounts_user \d+ → 0"),
    ):
        held.return_value.tables["accounts_user"] = 0
        restored(stick)
    assert restoring.is_unfinished()


@sqlite_only
def test_a_disk_without_room_is_refused_before_it_is_filled(done, stick, empty):
    with (
        mock.patch("gezhi.ground.backups.media.free_bytes", return_value=1 << 20),
        pytest.raises(media.DiskFault, match="放不下"),
    ):
        restored(stick)
    assert not empty.exists()


def test_a_name_that_leads_out_of_the_home_is_not_followed(tmp_path):
    with pytest.raises(Invalid, match="外面去"):
        restoring._place(tmp_path / "home", None, "home/../../etc/passwd")
    assert restoring._place(tmp_path / "home", None, "packs/a/pack.toml") is None


@sqlite_only
def test_an_upgrade_that_went_wrong_is_put_back_to_before_it(done, stick, empty):
    restored(stick)
    (empty / "gezhi.sqlite3").write_bytes(b"half migrated")
    told = actions.roll_back(folder=done.path, by=OPERATOR)
    assert told.rows == done.rows
    assert engines.in_use().contents().tables["accounts_user"] > 5


@sqlite_only
def test_the_command_itself_takes_the_keys_from_their_own_medium(done, stick, tmp_path):
    """A bare machine: no home, no keys but those of the other stick."""
    keys = tmp_path / "other stick"
    actions.copy_keys(folder=keys, beside=stick, said=KNOWINGLY, by=OPERATOR)
    environment = {
        **{name: value for name, value in os.environ.items() if not name.startswith("GEZHI_")},
        "GEZHI_HOME": str(tmp_path / "bare"),
        "GEZHI_DATABASE": f"sqlite:///{tmp_path}/bare/gezhi.sqlite3",
        "GEZHI_KEYS": str(tmp_path / "bare/keys"),
    }
    command = [*_UNHURRIED, str(stick), "--json", "--keys", str(keys)]
    told = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
    assert json.loads(told.stdout)["rows"] == done.rows
    assert (tmp_path / "bare/keys").stat().st_mode & 0o077 == 0
