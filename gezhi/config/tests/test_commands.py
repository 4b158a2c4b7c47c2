"""What `gezhi help` shows."""

import re

from gezhi.config.commands import Commands


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
