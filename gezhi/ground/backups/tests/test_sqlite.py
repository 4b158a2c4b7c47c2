"""The copy of a SQLite database is of one moment, however much is written meanwhile."""

import sqlite3
import threading
from unittest import mock

import pytest

from gezhi.ground.backups import contents, media
from gezhi.ground.backups.contents import Contents
from gezhi.ground.backups.engines import sqlite
from gezhi.kernel.errors import Refusal

NOTHING = Contents({}, {}, [], [])


@pytest.fixture
def engine(tmp_path, monkeypatch):
    """An engine over a database of its own: every transaction writes a pair of rows."""
    one = sqlite.Sqlite.__new__(sqlite.Sqlite)
    one.file = tmp_path / "own.sqlite3"
    with sqlite3.connect(one.file) as own:
        own.execute("PRAGMA journal_mode = WAL")
        for table in ("left_hand", "right_hand", "django_session"):
            own.execute(f"CREATE TABLE {table} (id INTEGER PRIMARY KEY, filler TEXT)")
        filler = [("x" * 900,)] * 4000
        own.executemany("INSERT INTO left_hand (filler) VALUES (?)", filler)
        own.executemany("INSERT INTO right_hand (filler) VALUES (?)", filler)
        own.execute("INSERT INTO django_session (filler) VALUES ('SESSION-CANARY')")
    own.close()
    monkeypatch.setattr(sqlite, "_contents", lambda there: NOTHING)
    monkeypatch.setattr(contents, "photos", lambda ask: iter(()))
    monkeypatch.setattr(sqlite, "_PAGES", 20)
    return one


def test_no_pair_is_torn_while_another_writes(engine, tmp_path):
    written, stop = [], threading.Event()

    def write():
        own = sqlite3.connect(engine.file, timeout=30)
        while not stop.is_set():
            with own:
                own.execute("INSERT INTO left_hand (filler) VALUES ('new')")
                own.execute("INSERT INTO right_hand (filler) VALUES ('new')")
            written.append(1)
        own.close()

    seen = []

    def progress(_what, _done, _whole):
        seen.append(len(written))

    writer = threading.Thread(target=write)
    writer.start()
    try:
        while not written:
            stop.wait(0.001)
        engine.copy(tmp_path / "copy", progress)
    finally:
        stop.set()
        writer.join()
    assert seen[-1] > seen[0], "nothing was written meanwhile"
    copy = sqlite3.connect(tmp_path / "copy")
    counts = [
        copy.execute(f"SELECT COUNT(*) FROM {t}").fetchone()[0] for t in ("left_hand", "right_hand")
    ]
    copy.close()
    assert counts[0] == counts[1] < 4000 + len(written)


def test_sessions_are_overwritten_and_the_copy_is_one_file(engine, tmp_path):
    engine.copy(tmp_path / "copy", lambda *_told: None)
    assert b"SESSION-CANARY" not in (tmp_path / "copy").read_bytes()
    assert sorted(path.name for path in tmp_path.glob("copy*")) == ["copy"]


def test_a_source_that_is_torn_is_no_good_backup(engine, tmp_path):
    content = bytearray(engine.file.read_bytes())
    content[4096 * 300 : 4096 * 301] = bytes(4096)
    engine.file.write_bytes(bytes(content))
    with pytest.raises(Refusal, match="数据库文件坏了"):
        engine.copy(tmp_path / "copy", lambda *_told: None)


def test_one_that_is_not_there_is_told(engine, tmp_path):
    engine.file = tmp_path / "nowhere.sqlite3"
    with pytest.raises(Refusal, match="数据库抄不下来"):
        engine.copy(tmp_path / "copy", lambda *_told: None)


def test_a_medium_that_is_read_only_is_told(engine, tmp_path):
    error = sqlite3.OperationalError("attempt to write a readonly database")
    error.sqlite_errorcode = sqlite3.SQLITE_READONLY
    with (
        mock.patch.object(sqlite, "_tidy", side_effect=error),
        pytest.raises(media.DiskFault, match="只读"),
    ):
        engine.copy(tmp_path / "copy", lambda *_told: None)


def test_replacing_lets_go_of_the_log_of_the_old_one(engine, tmp_path):
    """Played on the new database it would tear it."""
    engine.copy(tmp_path / "copy", lambda *_told: None)
    log = engine.file.with_name(engine.file.name + "-wal")
    log.write_bytes(b"old")
    engine.replace(tmp_path / "copy")
    assert not log.exists()
    assert engine.file.read_bytes() == (tmp_path / "copy").read_bytes()
