"""A small home with photos, and backups of it."""

from pathlib import Path

from gezhi.ground.backups import making
from gezhi.ground.backups.making import Made
from gezhi.kernel.viewer import Viewer

OPERATOR = Viewer.system("terminal")


def silent(_what: str, _done: int, _whole: int) -> None:
    """Nobody looks on."""


def furnish(home: Path, settings) -> Path:
    """Photos, an anchor, and what must not leave; the settings point there."""
    settings.GEZHI_HOME = home
    settings.MEDIA_ROOT = home / "files"
    settings.GEZHI_PACKS = home.parent / "packs"
    write(settings.GEZHI_PACKS / "own" / "pack.toml", b'name = "own"\n')
    for number in range(5):
        write(home / f"files/2026/11/23/{number}.jpg", bytes([number + 1]) * 3000)
    write(home / "anchors/2026-11-22.txt", b"anchor\n")
    write(home / "static/app.css", b"made anew")
    write(home / "exports/1.xlsx", b"a list of people")
    write(home / "files/2026/11/23/.6.jpg.part", b"half")
    return home


def write(path: Path, content: bytes) -> Path:
    """A file with the folders above it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    return path


def made(folder: Path, **how) -> Made:
    """One more set in the folder."""
    return making.make(folder, progress=silent, **how)
