"""An installation made of small programs that write down what was asked of them."""

import json
import subprocess
import sysconfig
from dataclasses import dataclass
from pathlib import Path

from gezhi.ground.upgrades import installer
from gezhi.ground.upgrades.installation import Installation

OLD, NEW = "0.1.0-old", "0.2.0-new"
_PROGRAM = """#!/bin/sh
echo "{version} $*" >> "{log}"
if [ "$1" = doctor ]; then echo '{{"findings": {findings}}}'; fi
if [ -e "{folder}/fails-$1" ]; then echo "no $1" >&2; exit 1; fi
"""


@dataclass
class Place:
    """The installation, its data as one file, and where bundles are made."""

    folder: Path
    installation: Installation

    @property
    def data(self) -> Path:
        return self.folder / "data"

    @property
    def log(self) -> list[str]:
        file = self.folder / "log"
        return file.read_text().splitlines() if file.exists() else []

    def add(self, version: str, *bad: str) -> Path:
        """A whole version; `bad` are the codes its doctor finds."""
        folder = self.installation.version(version)
        (folder / "bin").mkdir(parents=True)
        program = folder / "bin" / "gezhi"
        findings = json.dumps([{"code": code, "level": "bad"} for code in bad])
        program.write_text(
            _PROGRAM.format(
                version=version, log=self.folder / "log", folder=folder, findings=findings
            )
        )
        program.chmod(0o755)
        (folder / installer.COMPLETE).touch()
        return folder

    def fails(self, version: str, command: str) -> None:
        """Let a command of this version fail from now on."""
        (self.installation.version(version) / f"fails-{command}").touch()


class DataEngine:
    """A database that is one file."""

    def __init__(self, data: Path) -> None:
        self.data = data

    def size(self) -> int:
        return 1

    def copy(self, target: Path, progress: object) -> None:
        target.write_bytes(self.data.read_bytes())

    def replace(self, source: Path) -> None:
        self.data.write_bytes(source.read_bytes())


def bundle(folder: Path, version: str) -> Path:
    """A bundle that is whole by its manifest; its packages are no packages."""
    made = folder / f"gezhi-{version}"
    (made / "packs").mkdir(parents=True, exist_ok=True)
    (made / "packs" / "one.csv").write_text("code\n")
    (made / "install.py").write_text("")
    renew(made, version)
    return made


def renew(made: Path, version: str, **changes: object) -> None:
    """Write the manifest of what lies there now."""
    files = {
        path.relative_to(made).as_posix(): installer.digest_of(path)
        for path in made.rglob("*")
        if path.is_file() and path.name != installer.MANIFEST
    }
    told = {"version": version, "platform": sysconfig.get_platform(), "files": files} | changes
    (made / installer.MANIFEST).write_text(json.dumps(told))


def packed(made: Path) -> Path:
    """The archive of a bundle."""
    archive = made.with_suffix(".tar.gz")
    subprocess.run(["tar", "czf", archive, "-C", made.parent, made.name], check=True)
    return archive
