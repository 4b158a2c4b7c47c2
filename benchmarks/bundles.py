"""Bundles to try upgrades with: the real one, and next versions made of it that do this or that."""

import json
import os
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Mapping
from pathlib import Path

from gezhi.ground.upgrades import installer

ROOT = Path(__file__).resolve().parent.parent
MIGRATION = "gezhi/ground/lists/migrations/9999_of_the_next_version.py"
_HEAD = """
import time
from django.db import migrations

class Migration(migrations.Migration):
    atomic = False
    dependencies = [("lists", "{last}")]
    operations = [{operations}]
"""
GROWS = 'migrations.RunSQL("CREATE TABLE of_the_next_version (id integer)")'
SLOW = "migrations.RunPython(lambda apps, editor: time.sleep({seconds}))"
DESTROYS = "migrations.RunSQL(\"UPDATE accounts_user SET name = 'gone'\")"
FAILS = "migrations.RunPython(lambda apps, editor: 1 / 0)"


def first(folder: Path) -> Path:
    """The bundle of the source as git has it, unpacked; answers its folder."""
    subprocess.run(
        [sys.executable, "tools/bundle.py", "--version", "0.1.0-first", "--to", str(folder)],
        check=True,
        cwd=ROOT,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    (archive,) = folder.glob("gezhi-0.1.0-first-*.tar.gz")
    subprocess.run(["tar", "xf", str(archive), "-C", str(folder)], check=True)
    return folder / "gezhi-0.1.0-first"


def following(bundle: Path, version: str, *operations: str, **files: str) -> Path:
    """The next version of a bundle, with one more migration that does these operations."""
    folder = bundle.with_name(f"gezhi-{version}")
    if folder.exists():
        return folder
    shutil.copytree(bundle, folder, copy_function=os.link)
    (wheel,) = (folder / "own").glob("*.whl")
    last = max(
        Path(name).stem
        for name in zipfile.ZipFile(wheel).namelist()
        if name.startswith("gezhi/ground/lists/migrations/0")
    )
    text = _HEAD.format(last=last, operations=", ".join(operations))
    _change(wheel, {MIGRATION: text} | files)
    _renew_manifest(folder, version)
    return folder


def _change(wheel: Path, files: Mapping[str, str]) -> None:
    part = wheel.with_suffix(".part")
    with zipfile.ZipFile(wheel) as old, zipfile.ZipFile(part, "w", zipfile.ZIP_DEFLATED) as new:
        for item in old.infolist():
            if item.filename not in files:
                new.writestr(item, old.read(item.filename))
        for name, text in files.items():
            new.writestr(name, text)
    # A new file, so that the bundle it was linked from keeps its own.
    part.replace(wheel)


def _renew_manifest(folder: Path, version: str) -> None:
    file = folder / installer.MANIFEST
    told = json.loads(file.read_text(encoding="utf-8"))
    files = {name: installer.digest_of(folder / name) for name in told["files"]}
    file.unlink()
    file.write_text(json.dumps(told | {"version": version, "files": files}), encoding="utf-8")
