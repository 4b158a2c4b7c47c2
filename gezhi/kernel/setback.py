"""The clock of a demo that replays real messages: set back to the day after the last of them.

`gezhi replay` writes how many days into GEZHI_HOME; every program of that demo reads it. Production
and tests have no such clock.
"""

from pathlib import Path
from typing import Final

_FILE: Final = "days-back.txt"
_MOST: Final = 36_525


def days_back(home: Path) -> int:
    """How many days the clock of this home is set back; 0 where nothing is replayed."""
    try:
        words = (home / _FILE).read_text(encoding="ascii").strip()
    except (OSError, UnicodeDecodeError):
        return 0
    return int(words) if words.isdecimal() and int(words) <= _MOST else 0


def is_replay(home: Path) -> bool:
    """Whether messages are replayed in this home."""
    return (home / _FILE).is_file()


def write_days_back(home: Path, days: int) -> None:
    """Set the clock of this home back from the next start of a program on."""
    (home / _FILE).write_text(f"{days}\n", encoding="ascii")


def remove(home: Path) -> None:
    """Let the clock of this home be the world's again."""
    (home / _FILE).unlink(missing_ok=True)
