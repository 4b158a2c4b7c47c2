"""What ruff or mypy is told to overlook is little, and says why."""

import re

from tests.habits.source import ROOT, files

MOST = 40
_TOLD = re.compile(r"#\s*(?:noqa|type: ignore)[^#\n]*(?:#[^#\n]*)*$", re.MULTILINE)
_BARE = re.compile(r"#\s*(?:noqa: [A-Z0-9, ]+|type: ignore\[[a-z, -]+\]|noqa|type: ignore)\s*")


def _overlooked() -> list[tuple[str, str]]:
    return [
        (path, found)
        for path in files()
        if path.endswith(".py") and not path.endswith("habits/test_ignores.py")
        for found in _TOLD.findall((ROOT / path).read_text(encoding="utf-8"))
    ]


def test_little_is_overlooked() -> None:
    assert len(_overlooked()) < MOST


def test_whatever_is_overlooked_says_why() -> None:
    unsaid = [
        (path, told)
        for path, told in _overlooked()
        if not _BARE.sub("", told, count=1).strip(" #-—")
    ]
    assert not unsaid
