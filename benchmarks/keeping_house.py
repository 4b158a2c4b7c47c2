"""How long a backup, the next one and a restore take: ten thousand cases with photos, both databases.

    python -m benchmarks.keeping_house --vendor sqlite --cases 10000

For each database an installation of its own: a small demo, then so many reports by the action every
resident's goes through, each with a photo of its own (a real picture, made different by its
comment). Then: a backup, the next one, a restore into an empty home (and an empty database), all by
the commands an operator types. Beside them the floor: the same bytes by `cp -r`, and the database by
its own means alone (`sqlite3` backup; `pg_dump`, `pg_restore`). On a busy machine the processor
time says more than the clock.
"""

import argparse
import io
import json
import os
import random
import resource
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from benchmarks import serving

DEMO_CASES = 60
PHOTO_SIZE = (1600, 1200)
THUMBNAIL_BYTES = 12_000
GOAL_SECONDS = 300


def main() -> None:
    """Build, measure and print what was asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--vendor", choices=("sqlite", "postgresql", "both"), default="both")
    parser.add_argument("--cases", type=int, default=10_000)
    parser.add_argument("--folder", type=Path, default=Path(tempfile.gettempdir()) / "gezhi-house")
    parser.add_argument("--keep", action="store_true", help="leave homes and databases standing")
    parser.add_argument("--inside", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.inside:
        _fill(options.cases)
        return
    for vendor in ("sqlite", "postgresql") if options.vendor == "both" else (options.vendor,):
        house = House(vendor, options.folder / vendor)
        try:
            house.build(options.cases)
            house.measure()
        finally:
            if not options.keep:
                house.remove()


class House:
    """One installation on one database, its backups and what is restored from them."""

    def __init__(self, vendor: str, folder: Path) -> None:
        self.vendor, self.folder = vendor, folder
        self.home, self.stick, self.new = folder / "home", folder / "stick", folder / "new"

    def environment(self, home: Path, database: str) -> dict[str, str]:
        """As an operator would set it for a home."""
        address = f"{serving.SERVER}/{database}" if self.vendor == "postgresql" else ""
        return os.environ | {
            "GEZHI_HOME": str(home),
            "GEZHI_KEYS": str(self.folder / "keys"),
            "GEZHI_MODE": "demo",
            "GEZHI_DATABASE": address,
            "DJANGO_SETTINGS_MODULE": "gezhi.config.settings",
        }

    @property
    def old(self) -> dict[str, str]:
        return self.environment(self.home, "gezhi_house")

    def build(self, cases: int) -> None:
        """Prepare it and report the cases, where an earlier run has not."""
        ready = self.folder / "stands"
        if ready.is_file():
            return
        self.remove()
        self.home.mkdir(parents=True)
        if self.vendor == "postgresql":
            serving.make_database("gezhi_house")
        for command in (["prepare"], ["demo", "--fresh", "--cases", str(DEMO_CASES)]):
            _gezhi(command, self.old)
        inside = [sys.executable, "-m", "benchmarks.keeping_house", "--inside"]
        subprocess.run([*inside, "--cases", str(cases)], env=self.old, cwd=serving.ROOT, check=True)
        ready.touch()

    def measure(self) -> None:
        """Backup, the next one, a restore, and the floor of each; printed."""
        shutil.rmtree(self.stick, ignore_errors=True)
        first = _gezhi(["backup", str(self.stick), "--json"], self.old)
        second = _gezhi(["backup", str(self.stick), "--json"], self.old)
        self._clear_new()
        new = self.environment(self.new, "gezhi_house_new")
        done = _gezhi(["restore", str(self.stick), "--json"], new)
        whole = self.folder / "copy"
        floor = _timed(lambda: shutil.copytree(self.home, whole))
        shutil.rmtree(whole)
        out, back = self._database_alone()
        print(f"{self.vendor}: {first['rows']:,} rows, {first['files']:,} files, "
              f"{first['bytes'] / 1e9:.2f} GB")  # fmt: skip
        for name, seconds, size, cpu in (
            ("backup", first["seconds"], first["new_bytes"], first["cpu"]),
            ("the next one", second["seconds"], second["new_bytes"], second["cpu"]),
            (f"restore (goal {GOAL_SECONDS})", done["seconds"], done["bytes"], done["cpu"]),
            ("floor: cp -r of the home", floor, first["bytes"], 0),
            ("floor: database out", out, 0, 0),
            ("floor: database back", back, 0, 0),
        ):
            written = f"  {size / 1e6:,.0f} MB" if size else ""
            used = f"  {cpu:.1f} s CPU with starting the program" if cpu else ""
            print(f"  {name:28} {seconds:7.1f} s{written}{used}", flush=True)
        assert done["rows"] == second["rows"] and done["files"] == second["files"]

    def _clear_new(self) -> None:
        shutil.rmtree(self.new, ignore_errors=True)
        if self.vendor == "postgresql":
            serving.drop_database("gezhi_house_new")
            serving.make_database("gezhi_house_new")

    def _database_alone(self) -> tuple[float, float]:
        """Seconds to copy the database out and back by its own means, nothing compared."""
        out = self.folder / "database"
        out.unlink(missing_ok=True)
        if self.vendor == "sqlite":
            return _timed(lambda: _copied(self.home / "gezhi.sqlite3", out)), _timed(
                lambda: _copied(out, self.folder / "again")
            )
        self._clear_new()
        dump = ["pg_dump", "-Fc", "-Z1", "-f", str(out), f"{serving.SERVER}/gezhi_house"]
        load = ["pg_restore", "-1", "-O", "-x", "-d", f"{serving.SERVER}/gezhi_house_new", str(out)]
        return _timed(lambda: subprocess.run(dump, check=True)), _timed(
            lambda: subprocess.run(load, check=True)
        )

    def remove(self) -> None:
        """Let go of homes and databases."""
        shutil.rmtree(self.folder, ignore_errors=True)
        if self.vendor == "postgresql":
            for name in ("gezhi_house", "gezhi_house_new"):
                serving.drop_database(name)


def _gezhi(arguments: list[str], environment: dict[str, str]) -> dict[str, float]:
    before = _cpu()
    done = subprocess.run(
        [str(serving.GEZHI), *arguments],
        env=environment,
        cwd=serving.ROOT,
        check=True,
        text=True,
        stdout=subprocess.PIPE,
    )
    told: dict[str, float] = json.loads(done.stdout) if "--json" in arguments else {}
    return {**told, "cpu": _cpu() - before}


def _cpu() -> float:
    """Processor seconds of all programs that were waited for so far."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _timed(deed: Callable[[], object]) -> float:
    began = time.monotonic()
    deed()
    os.sync()
    return time.monotonic() - began


def _copied(source: Path, target: Path) -> None:
    target.unlink(missing_ok=True)
    with closing(sqlite3.connect(source)) as one, closing(sqlite3.connect(target)) as other:
        one.backup(other)


def _fill(count: int) -> None:
    """Inside the installation: so many reports, each with a photo."""
    import django

    django.setup()
    from gezhi.ground.files import actions as files
    from gezhi.ground.files import disk
    from gezhi.ground.files.actions import PreparedPhoto
    from gezhi.kernel import clock, secrets
    from gezhi.kernel.ids import new_id
    from gezhi.kernel.viewer import Viewer
    from gezhi.records.places import queries as places
    from gezhi.work.cases import actions
    from gezhi.work.cases.models import Case

    by = Viewer.anonymous(places.default_district().pk)
    spots = list(Case.objects.exclude(longitude=None).order_by("pk")[:200])
    picture = _picture()
    began = time.monotonic()
    for number in range(count):
        photo, small = _own(picture, number), _own(picture[:THUMBNAIL_BYTES], number)
        file_id, moment = new_id(), clock.now()
        path = disk.path_of(file_id, moment, "photo")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(photo)
        disk.path_of(file_id, moment, "thumbnail").write_bytes(small)
        prepared = PreparedPhoto(
            file_id, moment, *PHOTO_SIZE, len(photo), secrets.digest(photo).hex()
        )
        file = files.store_photo(prepared, by=by)
        spot = spots[number % len(spots)]
        intake = actions.Intake(
            text=f"第 {number} 件：路边有一堆垃圾，请来看看",
            channel="web",
            where=actions.Where(spot.longitude, spot.latitude, words="门口"),
            contact=actions.Contact(name="王", phone=f"138{number:08d}"),
            photos=[file.pk],
        )
        actions.report(intake=intake, by=by, key=f"house-{number}")
        if number % 1000 == 999:
            print(f"  {number + 1:,} cases, {time.monotonic() - began:.0f} s", file=sys.stderr)


def _picture() -> bytes:
    """A JPEG as large as a phone's photo of a street is after it was stored: about 280 KB."""
    from PIL import Image

    noise = random.Random(12).randbytes(PHOTO_SIZE[0] * PHOTO_SIZE[1] * 3 // 64)
    small = Image.frombytes("RGB", (PHOTO_SIZE[0] // 8, PHOTO_SIZE[1] // 8), noise)
    out = io.BytesIO()
    small.resize(PHOTO_SIZE, Image.Resampling.BICUBIC).save(out, "JPEG", quality=85)
    return out.getvalue()


def _own(picture: bytes, number: int) -> bytes:
    """The picture with a comment of its own after its first marker."""
    return picture[:2] + b"\xff\xfe\x00\x0a" + f"{number:08d}".encode() + picture[2:]


if __name__ == "__main__":
    main()
