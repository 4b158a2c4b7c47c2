"""What `gezhi help` shows."""

import errno
import re
import sys
from unittest import mock

import pytest

from gezhi.config import entry
from gezhi.config.commands import Commands
from gezhi.kernel import ownership


def test_ours_come_first_each_with_what_it_does_in_chinese():
    lines = [line for line in Commands(["gezhi", "help"]).main_help_text().splitlines() if line]
    named = [line.split() for line in lines if line.startswith("  ")]
    assert [words[0] for words in named][:4] == ["prepare", "setup", "demo", "serve"]
    assert {"audit", "beat", "check", "divide", "pack", "replay", "triage", "worker"} <= {
        words[0] for words in named
    }
    assert all(re.search("[\u4e00-\u9fff]", " ".join(words[1:])) for words in named)
    assert "migrate" not in {words[0] for words in named}


def test_a_program_gets_all_names():
    names = Commands(["gezhi", "help"]).main_help_text(commands_only=True).splitlines()
    assert "serve" in names and "migrate" in names


@pytest.mark.parametrize(
    "typed", [["backup", ""], ["restore", ".", "--keys", ""], ["audit", "verify", "--from", "昨天"]]
)
def test_what_is_refused_of_an_option_is_told_without_how_the_command_is_used(
    typed, monkeypatch, capsys
):
    monkeypatch.setattr(sys, "argv", ["gezhi", *typed])
    monkeypatch.setattr(ownership, "begin_alone", lambda: None)
    with pytest.raises(SystemExit) as ended:
        entry.main()
    assert re.search("[\u4e00-\u9fff]", str(ended.value))
    assert capsys.readouterr().err == ""


def test_a_disk_without_room_is_told_in_a_sentence_whatever_was_asked(monkeypatch):
    monkeypatch.setattr(sys, "argv", ["gezhi", "pack", "list"])
    monkeypatch.setattr(ownership, "begin_alone", lambda: None)
    full = OSError(errno.ENOSPC, "No space left on device", "/srv/var/packs")
    with (
        mock.patch.object(Commands, "execute", side_effect=full),
        pytest.raises(SystemExit, match="磁盘满了，写不进去（/srv/var/packs）：腾出地方"),
    ):
        entry.main()
