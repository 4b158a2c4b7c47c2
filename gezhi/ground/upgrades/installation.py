"""Where programs lie: every version in a folder of its own, one of them current.

PREFIX/versions/<version>/   a whole Python environment, marked `.complete` when it is
PREFIX/current               a link to the one in use
PREFIX/gezhi.env             the settings, read by PREFIX/bin/gezhi and by systemd
PREFIX/upgrade.json          how far an upgrade is (`state`)
HOME/upgrades/               copies of the database from before each upgrade
"""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from gezhi.ground.upgrades import installer


@dataclass(frozen=True, slots=True)
class Installation:
    """One place that programs are installed to."""

    prefix: Path

    @property
    def state_file(self) -> Path:
        return self.prefix / "upgrade.json"

    def version(self, name: str) -> Path:
        """The folder of a version, there or not."""
        return self.prefix / "versions" / name

    def current(self) -> str:
        """The version in use."""
        return (self.prefix / "current").resolve().name

    def is_whole(self, name: str) -> bool:
        """Whether a version is installed whole."""
        return bool(name) and (self.version(name) / installer.COMPLETE).exists()

    def switch(self, name: str) -> None:
        """Let this version be the one in use."""
        installer.switch(self.prefix, name)

    def remove(self, name: str) -> None:
        """Take a version away that is not in use."""
        if name and name != self.current():
            shutil.rmtree(self.version(name), ignore_errors=True)

    def run(self, version: str, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Run one command of a version, with the settings of this process; never raises for what
        the command answers."""
        command = [str(self.version(version) / "bin" / "gezhi"), *arguments]
        return subprocess.run(
            command,
            env=_environment(os.environ),
            capture_output=True,
            text=True,
            check=False,
        )


def found() -> Installation | None:
    """The installation this program runs from; None where it was not installed from a bundle."""
    folder = Path(sys.prefix)
    if folder.parent.name != "versions" or not (folder.parent.parent / "current").exists():
        return None
    return Installation(folder.parent.parent)


def own_version() -> str:
    """What the bundle this program came in calls itself; "" where it came in none."""
    told = Path(sys.prefix) / "share" / "gezhi" / installer.MANIFEST
    try:
        manifest: Mapping[str, Any] = json.loads(told.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return ""
    return str(manifest.get("version", ""))


def _environment(given: Mapping[str, str]) -> dict[str, str]:
    # What belongs to the interpreter that runs now would lead the other one astray.
    ours = ("PYTHON", "VIRTUAL_ENV")
    return {name: value for name, value in given.items() if not name.startswith(ours)}
