"""What is found before a restore touches anything: the first thing wrong, by its name."""

import json
import shutil
import sqlite3
from unittest import mock

import pytest
from django.conf import settings as own
from django.db import connection

from gezhi.ground.backups import checking, layout, manifest
from gezhi.ground.backups.tests.homes import made, silent, write
from gezhi.kernel import secrets
from gezhi.kernel.errors import Invalid


def check(folder, keys=None, vendor=None):
    from pathlib import Path

    return checking.check(
        folder,
        keys=keys or Path(own.GEZHI_KEYS),
        vendor=vendor or connection.vendor,
        progress=silent,
    )


@pytest.fixture
def done(home, stick):
    return made(stick)


def rewritten(path, **changes):
    """The manifest with some values changed, and no new seal."""
    told = json.loads((path / layout.MANIFEST).read_bytes())
    (path / layout.MANIFEST).write_bytes(json.dumps(told | changes).encode())


def resealed(path, **changes):
    """As somebody with the keys would write it: other words, and a seal that fits them."""
    rewritten(path, **changes)
    (path / layout.SEAL).write_bytes(manifest.sealed((path / layout.MANIFEST).read_bytes()))


def database_of(path):
    return next(path.glob("database.*"))


def flip(path):
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(bytes(content))


def test_a_whole_set_is_taken_by_its_folder_or_by_itself_and_the_newest_is_meant(done, stick):
    second = made(stick)
    assert check(stick).path == second.path
    assert check(done.path).path == done.path
    assert check(stick).manifest.rows == second.rows
    assert not check(stick).is_older


def test_a_folder_without_backups_and_one_that_was_never_ended_are_told_apart(home, stick):
    stick.mkdir()
    with pytest.raises(Invalid, match="没有备份"):
        check(stick)
    (stick / layout.UNFINISHED).mkdir()
    with pytest.raises(Invalid, match="没有做完的备份"):
        check(stick)


@pytest.mark.parametrize("name", [layout.MANIFEST, layout.SEAL, layout.FILES, layout.SETTINGS])
def test_a_part_that_is_missing_is_named(done, stick, name):
    (done.path / name).unlink()
    with pytest.raises(Invalid, match=f"缺 .*{name}"):
        check(stick)


def test_a_database_or_a_photo_that_is_missing_is_named(done, stick):
    gone = next((stick / layout.OBJECTS).glob("??/*"))
    kept = gone.read_bytes()
    gone.unlink()
    with pytest.raises(Invalid, match=f"缺 .*{gone.name}"):
        check(stick)
    gone.write_bytes(kept)
    database_of(done.path).unlink()
    with pytest.raises(Invalid, match=r"缺 .*database\."):
        check(stick)


def test_one_byte_flipped_anywhere_is_found_and_named(done, stick):
    parts = [
        *(done.path / name for name in (layout.MANIFEST, layout.FILES, layout.SETTINGS)),
        database_of(done.path),
    ]
    for path in parts:
        flip(path)
        with pytest.raises(Invalid, match=path.name):
            check(stick)
        flip(path)
    check(stick)


def test_a_photo_that_was_cut_is_found_before_anything_is_copied(done, stick):
    photo = next((stick / layout.OBJECTS).glob("??/*"))
    photo.write_bytes(photo.read_bytes()[:-1])
    with pytest.raises(Invalid, match=f"{photo.name} 和清单对不上"):
        check(stick)


def test_one_row_deleted_is_found_even_where_the_manifest_was_written_to_fit(done, stick):
    """On PostgreSQL the dump is cut by a byte: nobody deletes a row in one by hand."""
    file = database_of(done.path)
    if connection.vendor == "sqlite":
        with sqlite3.connect(file) as copy:
            copy.execute("DELETE FROM accounts_user WHERE id = (SELECT MIN(id) FROM accounts_user)")
        copy.close()
    else:
        file.write_bytes(file.read_bytes()[:-1])
    with pytest.raises(Invalid, match=file.name):
        check(stick)
    from gezhi.ground.backups import media

    rewritten(done.path, database_digest=media.digest_of(file))
    with pytest.raises(Invalid, match="封签对不上"):
        check(stick)


def test_parts_of_two_sets_are_not_taken_for_one(done, stick, home):
    write(home / "files/2026/11/24/9.jpg", b"new")
    second = made(stick)
    for name in (layout.MANIFEST, layout.SEAL):
        shutil.copy(done.path / name, second.path / name)
    with pytest.raises(Invalid, match=done.name):
        check(second.path)
    shutil.copy(done.path / layout.FILES, done.path / "kept")
    shutil.copy(second.path / layout.FILES, done.path / layout.FILES)
    with pytest.raises(Invalid, match=layout.FILES):
        check(done.path)


def test_a_newest_set_that_cannot_be_read_is_told_not_passed_over(done, stick):
    second = made(stick)
    (second.path / layout.MANIFEST).write_bytes(b"{")
    with pytest.raises(Invalid, match="读不懂"):
        check(stick)
    check(done.path)


def test_missing_wrong_and_damaged_keys_are_told_apart(done, stick, tmp_path):
    with pytest.raises(Invalid, match="没有密钥"):
        check(stick, keys=tmp_path / "nowhere")
    secrets.create_keys(tmp_path / "other")
    with pytest.raises(Invalid, match="密钥不对"):
        check(stick, keys=tmp_path / "other")
    shutil.copytree(own.GEZHI_KEYS, tmp_path / "some")
    next((tmp_path / "some").glob("field.*.key")).unlink()
    resealed(done.path, keys=[f"field.{secrets.current_key('field')}"])
    with pytest.raises(Invalid, match=r"密钥不全.*field\."):
        check(stick, keys=tmp_path / "some")
    flip(next((tmp_path / "some").glob("index.*.key")))
    with pytest.raises(Invalid, match="密钥文件坏了"):
        check(stick, keys=tmp_path / "some")


def test_a_set_of_a_later_program_is_refused_and_of_an_earlier_one_taken(done, stick):
    told = manifest.read(done.path)[0].migrations
    resealed(done.path, migrations=[*told, "cases.9999_of_next_year"], program="9.9")
    with pytest.raises(Invalid, match=r"更新的程序做的（9\.9 版，这里不认识 cases\.9999"):
        check(stick)
    resealed(done.path, migrations=told[:-1])
    assert check(stick).is_older
    resealed(done.path, format=99)
    with pytest.raises(Invalid, match="更新的程序做的"):
        check(stick)


def test_a_set_of_the_other_database_is_refused_with_what_to_do(done, stick):
    other = "postgresql" if connection.vendor == "sqlite" else "sqlite"
    with pytest.raises(Invalid, match="不能互相恢复"):
        check(stick, vendor=other)


def test_a_set_that_was_given_another_name_is_not_taken(done, stick):
    done.path.rename(done.path.with_name("2026-12-01_000000_0009"))
    with pytest.raises(Invalid, match="改过名"):
        check(stick)


def test_what_is_no_longer_there_while_it_is_read_is_told(done, stick):
    with (
        mock.patch("gezhi.ground.backups.media.digest_of", side_effect=OSError(5, "")),
        pytest.raises(Exception, match="可能坏了"),
    ):
        check(stick)
