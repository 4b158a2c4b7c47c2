"""Another account on the same machine looks for files it can read."""

from collections.abc import Iterator
from pathlib import Path

from benchmarks.attack.stand import Finding, Stand

NAME = "modes"
DOES = "looks through the installation's folder for what others than its owner may open"
RIGHT = "home and keys are 0700; database, its companions, photos and keys are 0600"


def attack(stand: Stand) -> Iterator[Finding]:
    """After some traffic, so that everything that is made while serving is there."""
    stand.browser().report()
    stand.browser().log_in("1001")
    home = stand.installation.home
    for name, paths in {
        "home": [home],
        # The harness writes the log of the server it started; that is not the installation's.
        "what lies in it": [path for path in home.iterdir() if path.suffix != ".log"],
        "keys": list((home / "keys").rglob("*")),
        "photos": list((home / "files").rglob("*")),
    }.items():
        exposed = [path.name for path in paths if _is_open(path)]
        yield Finding(name, f"{len(paths)} looked at, open: {exposed[:5]}", not exposed)


def _is_open(path: Path) -> bool:
    return bool(path.stat().st_mode & 0o077)
