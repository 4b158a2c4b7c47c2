"""What an operator names and reads of a copy or a restore: its folder, how far it has come."""

import sys
import time
from collections.abc import Callable
from pathlib import Path

from django.core.management.base import CommandError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

_PARTS = {
    "database": gettext_lazy("抄数据库"),
    "files": gettext_lazy("抄文件"),
    "reading back": gettext_lazy("读回来核对"),
    "checking": gettext_lazy("核对备份"),
    "verifying": gettext_lazy("核对留痕和每一件事的链"),
}


def named_folder(words: str) -> Path:
    """The folder an operator named; CommandError for an empty name, as a script writes it whose
    variable is empty: a path would take it for the folder one is in. Told without how the command
    is used, which `ArgumentTypeError` would print before it."""
    if not words.strip():
        raise CommandError(_("文件夹的名字是空的：脚本里的变量（如 $USB）写对了吗"))
    return Path(words)


class Progress:
    """Shows twice a second how far it has come, on a terminal; silent where nobody looks on."""

    def __init__(self, write: Callable[[str], object]) -> None:
        self._write = write
        self._shows = sys.stderr.isatty()
        self._shown_at = 0.0
        self._part = ""

    def __call__(self, part: str, done: int, whole: int) -> None:
        """Called by whoever works, often."""
        if not self._shows:
            return
        now = time.monotonic()
        if part == self._part and now - self._shown_at < 0.5:
            return
        self._part, self._shown_at = part, now
        share = f"{100 * done // whole:3d}%" if whole > 1 else ""
        self._write(f"\r\033[K{_PARTS.get(part, part)} {share}")

    def end(self) -> None:
        """Leave a clean line."""
        if self._shows:
            self._write("\r\033[K")
