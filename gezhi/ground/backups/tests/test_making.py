"""Making a backup: whole or not there, nothing copied twice, no key, no session, no secret."""

import os
import resource
from contextlib import contextmanager
from datetime import timedelta
from importlib.metadata import version
from unittest import mock

import pytest
from django.db import connection

from gezhi.ground.audit.models import Entry
from gezhi.ground.backups import actions, layout, making, manifest, media, queries
from gezhi.ground.backups.layout import BackupFolder
from gezhi.ground.backups.models import Backup, Outcome
from gezhi.ground.backups.tests.homes import OPERATOR, made, silent, write
from gezhi.ground.files.models import File
from gezhi.kernel import clock, secrets
from gezhi.kernel.errors import Conflict, Invalid, NotPermitted


def files_of(stick, name):
    return {line.path: line for line in manifest.lines(BackupFolder(stick).sets / name)}


def everything(stick):
    return [path for path in stick.rglob("*") if path.is_file()]


def test_a_set_holds_all_but_what_is_made_anew_or_must_not_leave(home, stick):
    done = made(stick)
    names = set(files_of(stick, done.name))
    assert names == {
        *(f"home/files/2026/11/23/{number}.jpg" for number in range(5)),
        "home/anchors/2026-11-22.txt",
        "packs/own/pack.toml",
    }
    told, _content = manifest.read(done.path)
    assert told.tables["accounts_user"] > 5
    assert told.heads["kinds"].keys() <= {"audit", "case"}
    assert told.program == version("gezhi")
    assert (done.rows, done.files, done.new_files) == (told.rows, 7, 7)


def test_no_key_no_session_and_no_secret_is_in_it(home, stick, monkeypatch, client_of, cast):
    client_of(cast.acceptor)
    keys = write(home / "keys/audit.0001.aaaaaaaa.key", b"KEY-CANARY").parent
    monkeypatch.setenv("GEZHI_SECRET_KEY", "SECRET-CANARY")
    monkeypatch.setenv("GEZHI_ROBOT", "https://robot/?token=TOKEN-CANARY")
    monkeypatch.setenv("GEZHI_DATABASE", "postgresql://gezhi:WORD-CANARY@host/gezhi")
    with mock.patch("gezhi.ground.backups.sources.settings.GEZHI_KEYS", keys):
        done = made(stick)
    for path in everything(stick):
        assert b"CANARY" not in path.read_bytes(), path
    assert manifest.read(done.path)[0].tables["django_session"] == 0
    told = (done.path / layout.SETTINGS).read_text()
    assert "GEZHI_ROBOT" in told and "GEZHI_SECRET_KEY" in told


def test_the_second_copies_only_what_is_new(home, stick):
    first = made(stick)
    before = {path: path.stat().st_mtime_ns for path in (stick / layout.OBJECTS).rglob("*")}
    write(home / "files/2026/11/24/9.jpg", b"new")
    second = made(stick)
    assert (first.new_files, second.new_files, second.files) == (7, 1, 8)
    for path, moment in before.items():
        assert path.is_dir() or path.stat().st_mtime_ns == moment
    assert set(BackupFolder(stick).names()) == {first.name, second.name}


def test_one_that_was_killed_half_way_leaves_no_set_and_the_next_goes_on(home, stick):
    def killed(what, done, _whole):
        if what == "files" and done:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        making.make(stick, progress=killed)
    assert BackupFolder(stick).names() == []
    # Killed without a word it leaves its folder, and a file of the right length full of zeros.
    (stick / layout.UNFINISHED).mkdir()
    write(stick / layout.UNFINISHED / layout.MANIFEST, b"{}")
    torn = next(path for path in (stick / layout.OBJECTS).rglob("*") if path.is_file())
    torn.write_bytes(bytes(torn.stat().st_size))
    done = made(stick)
    assert done.new_files == 7
    assert not (stick / layout.UNFINISHED).exists()
    assert {media.digest_of(path) for path in (stick / layout.OBJECTS).glob("??/*")} == {
        line.digest for line in files_of(stick, done.name).values()
    }


def test_two_at_once_are_one(home, stick):
    stick.mkdir()
    with media.locked(stick, ""), pytest.raises(Conflict, match="另一个备份正在写"):
        made(stick)


def test_it_is_not_made_inside_what_it_copies_nor_beside_keys(home, stick, settings):
    for inside in (home / "backup", settings.GEZHI_PACKS / "backup", settings.GEZHI_KEYS):
        with pytest.raises(Invalid, match="不能放在"):
            made(inside)
    write(stick / "audit.0001.aaaaaaaa.key", b"")
    with pytest.raises(Invalid, match="密钥不能放在一起"):
        made(stick)


@contextmanager
def no_file_longer_than(size):
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def test_a_disk_that_takes_no_more_is_told_and_the_last_set_stays_whole(home, stick):
    good = made(stick)
    write(home / "files/2026/11/24/9.jpg", bytes(200_000))
    with no_file_longer_than(60_000), pytest.raises(Exception, match=r"盘|没有做成") as refused:
        made(stick)
    assert refused.type.__module__.startswith("gezhi.")
    assert BackupFolder(stick).names() == [good.name]
    assert made(stick).new_files == 1


def test_a_disk_without_room_is_refused_before_it_is_filled(home, stick):
    with (
        mock.patch.object(media, "free_bytes", return_value=1 << 20),
        pytest.raises(media.DiskFault, match="放不下：还有 1 MB"),
    ):
        made(stick)
    assert not any((stick / layout.OBJECTS).rglob("*"))


@pytest.mark.parametrize(
    ("number", "words"),
    [(28, "盘满了"), (30, "只读"), (13, "权限"), (27, "FAT32"), (2, "还插着吗"), (5, "可能坏了")],
)
def test_faults_of_a_disk_are_told_with_what_to_do(home, stick, number, words):
    with (
        mock.patch(
            "gezhi.ground.backups.media.shutil.copyfileobj", side_effect=OSError(number, "")
        ),
        pytest.raises(media.DiskFault, match=words),
    ):
        made(stick)
    assert BackupFolder(stick).names() == []


def test_a_registered_photo_that_is_not_there_is_told(home, stick):
    """Asked of what the copy holds: what the cast registered before, none; so one is put in."""
    photo = {
        "2026/11/23/0.jpg": secrets.digest(bytes([1]) * 3000).hex(),
        "2026/11/23/7.jpg": "00" * 32,
    }
    with mock.patch("gezhi.ground.backups.contents.photos", return_value=photo.items()):
        done = made(stick)
    assert done.lacking == ("2026/11/23/7.jpg",)
    assert manifest.read(done.path)[0].lacking == ["2026/11/23/7.jpg"]


def test_where_a_photo_lies_is_read_from_its_row(home, cast):
    from gezhi.ground.backups import contents

    stored = File.objects.create(
        stored_at=clock.now(), media_type="image/jpeg", width=1, height=1, size=1, digest="ab"
    )

    def ask(statement):
        with connection.cursor() as cursor:
            cursor.execute(statement)
            return cursor.fetchall()

    assert dict(contents.photos(ask))[f"2026/11/23/{stored.pk}.jpg"] == "ab"


def test_a_bad_spot_of_the_medium_is_found_and_written_anew(home, stick):
    made(stick)
    bad = next((stick / layout.OBJECTS).glob("??/*"))
    bad.write_bytes(bytes(bad.stat().st_size))
    done = made(stick, check_all=True)
    assert (done.mended, done.new_files) == (1, 1)
    assert media.digest_of(bad) == bad.name


def test_within_a_week_every_old_file_is_read_again(home, stick):
    made(stick)
    for path in (stick / layout.OBJECTS).glob("??/*"):
        path.write_bytes(bytes(path.stat().st_size))
    mended = 0
    for _day in range(7):
        clock.advance(timedelta(days=1))
        mended += made(stick).mended
    assert mended == 7


def test_a_clock_that_is_set_back_makes_no_old_set_the_newest(home, stick):
    made(stick)
    clock.advance(-timedelta(hours=1))
    second = made(stick)
    told, _content = manifest.read(second.path)
    assert making.newest_of(BackupFolder(stick)) == (2, second.name)
    assert told.ended_at >= told.begun_at


def test_what_is_written_is_closed_to_others(home, stick):
    before = os.umask(0o022)
    try:
        made(stick)
    finally:
        os.umask(before)
    open_ones = [path for path in [stick, *stick.rglob("*")] if path.stat().st_mode & 0o077]
    assert open_ones == []


def test_the_row_says_good_and_the_trail_says_who(home, stick):
    done = actions.make(folder=stick, by=OPERATOR)
    row = Backup.objects.get()
    assert (row.outcome, row.digest, row.counts["rows"]) == (Outcome.GOOD, done.digest, done.rows)
    assert Entry.objects.filter(verb="backups.make", subject_digest=done.digest).count() == 1
    assert queries.last_good() == row and queries.worry() is None


def test_one_that_went_wrong_says_why_and_is_not_the_last_good(home, stick):
    actions.make(folder=stick, by=OPERATOR)
    good = queries.last_good()
    clock.advance(timedelta(hours=1))
    with (
        mock.patch("gezhi.ground.backups.media.shutil.copyfileobj", side_effect=OSError(28, "")),
        pytest.raises(media.DiskFault),
    ):
        write(home / "files/2026/11/24/9.jpg", b"new")
        actions.make(folder=stick, by=OPERATOR)
    assert Backup.objects.latest("begun_at").fault.startswith("盘满了")
    assert queries.last_good() == good


def test_a_database_that_cannot_be_written_does_not_keep_it(home, stick):
    """A disk that has become read-only is the moment when a backup is wanted."""
    from django.db import OperationalError

    with mock.patch.object(Backup, "save", side_effect=OperationalError("readonly")):
        done = actions.make(folder=stick, by=OPERATOR)
    assert BackupFolder(stick).names() == [done.name]


def test_only_the_system_administrator_asks_for_one(cast, stick):
    with pytest.raises(NotPermitted):
        actions.make(folder=stick, by=cast.supervisor.viewer, progress=silent)
