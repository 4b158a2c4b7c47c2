"""What a finding is, and what several of them come to; pure, and readable before Django is there.

`gezhi doctor` tells of a machine whose settings cannot even be read by the same words, so nothing
here asks for settings, a database or a translation.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class Level(StrEnum):
    """好 · 注意 · 坏, each also told by a word: never by its color alone."""

    WELL = "well"
    WATCH = "watch"
    BAD = "bad"


WORDS = {Level.WELL: "好", Level.WATCH: "注意", Level.BAD: "坏"}
# The worst first, as whoever has to act reads them.
_RANK = {Level.BAD: 0, Level.WATCH: 1, Level.WELL: 2}
# What the command ends with: 0 only when all is well.
EXIT_CODES = {Level.WELL: 0, Level.WATCH: 1, Level.BAD: 2}


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at: what is so, why it matters, what to do.

    `code` is `check.what` and stays the same for programs. `command` is a line to type on the
    server, where there is one. What is well has neither a reason nor a remedy.
    """

    code: str
    level: Level
    what: str
    why: str = ""
    remedy: str = ""
    command: str = ""

    @property
    def check(self) -> str:
        """The check it comes from: the part of the code before the dot."""
        return self.code.partition(".")[0]

    @property
    def word(self) -> str:
        """The level as people say it."""
        return WORDS[self.level]


def well(code: str, what: str) -> Finding:
    """What is as it should be."""
    return Finding(code, Level.WELL, what)


def watch(code: str, what: str, why: str, remedy: str, command: str = "") -> Finding:
    """What works today and will not for long, or could not be looked at."""
    return Finding(code, Level.WATCH, what, why, remedy, command)


def bad(code: str, what: str, why: str, remedy: str, command: str = "") -> Finding:
    """What keeps people from working, or may lose what they wrote."""
    return Finding(code, Level.BAD, what, why, remedy, command)


def worst(findings: Iterable[Finding]) -> Level:
    """The worst level among them; well where there is none."""
    return min((one.level for one in findings), key=_RANK.__getitem__, default=Level.WELL)


def worst_first(findings: Iterable[Finding]) -> list[Finding]:
    """The same, bad ones first, else in the order they were found."""
    return sorted(findings, key=lambda one: _RANK[one.level])
