"""Room to work in: Linux ends a program when memory is gone, and takes the largest."""

from collections.abc import Iterator
from pathlib import Path

from django.utils.translation import gettext as _

from gezhi.ground.doctor.rules import Finding, bad, watch, well

LEAST_MEGABYTES, FEW_MEGABYTES = 100, 300
_STATE = Path("/proc/meminfo")


def look() -> Iterator[Finding]:
    """What is available now; well where the system does not tell (no Linux)."""
    free = available_megabytes()
    if free is None:
        yield well("memory.unknown", _("这个系统不说还剩多少内存"))
        return
    words = _("还有 %(free)s MB 内存可用") % {"free": free}
    if free >= FEW_MEGABYTES:
        yield well("memory.room", words)
        return
    why = _("不够时系统会停掉占得多的程序，正在写的那一件要重来，页面也会很慢。")
    remedy = _("关掉这台机器上别的程序，或少开几个网页进程（每个约 150 MB），或加内存。")
    make = bad if free < LEAST_MEGABYTES else watch
    yield make("memory.low", words, why, remedy, "gezhi serve --workers 1")


def available_megabytes() -> int | None:
    """Megabytes that programs may still take; None where the system does not tell."""
    try:
        lines = _STATE.read_text(encoding="ascii").splitlines()
    except OSError:
        return None
    for line in lines:
        name, _colon, rest = line.partition(":")
        if name == "MemAvailable":
            return int(rest.split()[0]) // 1024
    return None
