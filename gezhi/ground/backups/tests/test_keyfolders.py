"""The keys on a medium of their own, never beside what they open."""

import shutil
from pathlib import Path

import pytest

from gezhi.ground.backups import keyfolders, media
from gezhi.ground.backups.keyfolders import KNOWINGLY
from gezhi.ground.backups.tests.homes import write
from gezhi.kernel import secrets
from gezhi.kernel.errors import Conflict, Invalid


@pytest.fixture
def keys(tmp_path):
    folder = tmp_path / "keys"
    secrets.create_keys(folder)
    write(folder / "django.key", b"sessions")
    write(folder / "tls/authority.key", b"certificates")
    return folder


def copied(keys, tmp_path, *, said=KNOWINGLY):
    return keyfolders.copy_apart(keys, tmp_path / "apart", beside=tmp_path / "stick", said=said)


def test_all_keys_go_with_the_certificates_closed_to_others_and_may_go_twice(keys, tmp_path):
    names = copied(keys, tmp_path)
    assert "tls/authority.key" in names and len(names) == len(secrets.PURPOSES) + 2
    assert copied(keys, tmp_path) == names
    for path in (tmp_path / "apart").rglob("*"):
        assert path.stat().st_mode & 0o077 == 0, path
    back = tmp_path / "back"
    keyfolders.put_back(tmp_path / "apart", back)
    keyfolders.put_back(tmp_path / "apart", back)
    for name in names:
        assert (back / name).read_bytes() == (keys / name).read_bytes()
    assert not (back / keyfolders.LIST).exists()


def test_the_same_disk_takes_a_sentence_that_knows_what_it_does(keys, tmp_path):
    for said in ("", "yes"):
        with pytest.raises(Invalid, match="同一个盘上"):
            copied(keys, tmp_path, said=said)
    assert not (tmp_path / "apart").exists()


def test_another_disk_takes_none(keys, tmp_path, monkeypatch):
    monkeypatch.setattr(media, "same_device", lambda one, other: False)
    assert copied(keys, tmp_path, said="")


@pytest.mark.parametrize("place", ["stick", "stick/keys", "."])
def test_the_folder_of_the_backup_takes_them_never(keys, tmp_path, place):
    with pytest.raises(Invalid, match="不能放进备份的文件夹"):
        keyfolders.copy_apart(keys, tmp_path / place, beside=tmp_path / "stick", said=KNOWINGLY)


def test_keys_of_another_installation_are_never_replaced(keys, tmp_path):
    write(tmp_path / "apart/django.key", b"of another")
    with pytest.raises(Conflict, match=r"django\.key.*别的密钥"):
        copied(keys, tmp_path)
    assert [path.name for path in (tmp_path / "apart").iterdir()] == ["django.key"]
    copied_to = tmp_path / "mine"
    keyfolders.copy_apart(keys, copied_to, beside=tmp_path / "stick", said=KNOWINGLY)
    with pytest.raises(Conflict, match="别的密钥"):
        keyfolders.put_back(copied_to, tmp_path / "apart")


def test_a_copy_that_lost_a_key_or_a_byte_is_told(keys, tmp_path):
    copied(keys, tmp_path)
    apart = tmp_path / "apart"
    (apart / "django.key").write_bytes(b"SESSIONS")
    with pytest.raises(Invalid, match=r"坏了：.*django\.key"):
        keyfolders.check_copy(apart)
    (apart / "django.key").unlink()
    with pytest.raises(Invalid, match=r"缺 .*django\.key"):
        keyfolders.check_copy(apart)
    (apart / keyfolders.LIST).write_text("{")
    with pytest.raises(Invalid, match="读不懂"):
        keyfolders.check_copy(apart)


def test_a_folder_without_whole_keys_is_not_copied(keys, tmp_path):
    empty = tmp_path / "empty"
    write(empty / "django.key", b"sessions")
    with pytest.raises(Invalid, match="没有完好的密钥"):
        keyfolders.copy_apart(empty, tmp_path / "apart", beside=tmp_path / "stick", said=KNOWINGLY)
    shutil.rmtree(keys)
    assert not Path(tmp_path / "apart" / "django.key").exists()
