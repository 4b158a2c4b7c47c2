"""How the embedded database is opened."""

import sqlite3
from pathlib import Path

from gezhi.config.database import from_address


def test_what_was_acknowledged_is_on_the_disk_when_the_power_fails(tmp_path: Path) -> None:
    settings = from_address("", tmp_path)
    connection = sqlite3.connect(settings["NAME"])
    connection.executescript(settings["OPTIONS"]["init_command"])
    assert connection.execute("PRAGMA synchronous").fetchone() == (2,)
    assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    connection.close()
