"""gezhi backup and gezhi restore: what an operator types, and reads."""

import json
from pathlib import Path
from unittest import mock

import pytest
from django.core.management import CommandError, call_command

from gezhi.faces.terminal.serving import readiness
from gezhi.ground.backups import media, restoring
from gezhi.ground.backups.keyfolders import KNOWINGLY
from gezhi.ground.backups.models import Backup
from gezhi.ground.backups.tests import homes


@pytest.fixture
def home(tmp_path, settings, cast):
    """A furnished home; nothing is waited for."""
    with mock.patch.object(media, "flush"), mock.patch("gezhi.ground.backups.media.os.fsync"):
        yield homes.furnish(tmp_path / "home", settings)


@pytest.fixture
def stick(tmp_path):
    return tmp_path / "stick"


def test_it_says_what_was_copied_and_that_the_keys_are_elsewhere(home, stick, capsys):
    call_command("backup", str(stick))
    shown = capsys.readouterr().out
    assert "备份好了" in shown and "7 个文件" in shown and "读回来核对过" in shown
    assert "密钥不在里面" in shown
    call_command("backup", str(stick))
    assert "这次新抄 0 个文件" in capsys.readouterr().out


def test_keys_go_to_another_folder_and_are_refused_before_minutes_of_copying(
    home, stick, tmp_path, capsys
):
    keys = str(tmp_path / "other")
    with pytest.raises(CommandError, match="同一个盘上"):
        call_command("backup", str(stick), keys=Path(keys))
    assert not stick.exists()
    call_command("backup", str(stick), keys=Path(keys), same_disk=KNOWINGLY)
    assert "密钥抄好了" in capsys.readouterr().out
    assert list(Path(keys).glob("*.key"))


def test_for_a_program_the_last_line_is_json(home, stick, capsys):
    call_command("backup", str(stick), json=True, prune=True)
    told = json.loads(capsys.readouterr().out)
    assert told["files"] == 7 and told["gone"] == []


def test_what_was_lost_and_what_went_bad_is_told(home, stick, capsys):
    call_command("backup", str(stick))
    bad = next((stick / "objects").glob("??/*"))
    bad.write_bytes(bytes(bad.stat().st_size))
    lost = {"2026/11/23/7.jpg": "00" * 32}
    with mock.patch("gezhi.ground.backups.contents.photos", return_value=lost.items()):
        call_command("backup", str(stick), check_all=True)
    shown = capsys.readouterr().out
    assert "1 个旧文件坏了" in shown and "换一个" in shown
    assert "1 张照片登记着" in shown and "2026/11/23/7.jpg" in shown


def test_a_fault_is_one_sentence(home, stick):
    with (
        mock.patch("gezhi.ground.backups.media.shutil.copyfileobj", side_effect=OSError(28, "")),
        pytest.raises(CommandError, match="盘满了"),
    ):
        call_command("backup", str(stick))


def test_stopping_it_by_hand_says_how_to_go_on(home, stick):
    with (
        mock.patch("gezhi.ground.backups.making.make", side_effect=KeyboardInterrupt),
        pytest.raises(CommandError, match="接着做"),
    ):
        call_command("backup", str(stick))
    assert Backup.objects.get().outcome == "stopped"


def test_a_restore_says_which_folder_is_missing(home, stick, settings):
    settings.GEZHI_BACKUP = None
    with pytest.raises(CommandError, match="写放备份的文件夹"):
        call_command("restore")
    with pytest.raises(CommandError, match="U 盘插上了吗"):
        call_command("restore", str(stick))
    with pytest.raises(CommandError, match="写放备份的文件夹"):
        call_command("restore", drill=True)


def test_a_restore_into_what_is_in_use_is_refused(home, stick):
    call_command("backup", str(stick))
    with pytest.raises(CommandError, match="不会盖掉它"):
        call_command("restore", str(stick))


def test_a_restore_that_broke_off_is_not_served(home):
    homes.write(home / ".restoring", b"{}")
    assert "再运行一次 gezhi restore" in readiness.faults()[0]


def test_a_drill_says_how_long_it_would_take(home, stick, settings, capsys):
    settings.GEZHI_BACKUP = stick
    call_command("backup", str(stick))
    told = {
        "name": "2026-11-23_100000_0001", "rows": 9, "files": 7, "bytes": 5 << 20, "entries": 4,
        "chains": 2, "seconds": 200.0,
    }  # fmt: skip
    with mock.patch("gezhi.ground.backups.drilling.drilled", return_value=told) as asked:
        call_command("restore", drill=True)
    assert asked.call_args.args == (stick, None)
    shown = capsys.readouterr().out
    assert "3 分 20 秒" in shown and "9 行" in shown and "已经拆掉" in shown


def test_an_empty_name_is_no_folder(home, tmp_path, monkeypatch):
    """A script whose variable is empty; a path would take it for the folder one is in."""
    here = tmp_path / "here"
    here.mkdir()
    monkeypatch.chdir(here)
    for words in (["backup", ""], ["backup", " "], ["backup", "stick", "--keys", ""],
                  ["restore", ""], ["restore", "--drill", ""], ["restore", ".", "--keys", ""]):  # fmt: skip
        with pytest.raises(CommandError, match="文件夹的名字是空的"):
            call_command(*words)
    assert list(here.iterdir()) == [] and not Backup.objects.exists()


def test_a_home_that_is_half_restored_is_not_copied(home, stick):
    (Path(home) / restoring.MARK).write_text("{}")
    with pytest.raises(CommandError, match="恢复还没有做完：再运行一次 gezhi restore"):
        call_command("backup", str(stick))
    assert not stick.exists()
