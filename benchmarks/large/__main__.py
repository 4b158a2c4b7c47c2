"""`make bench-large`: every page and search of every role at 100,000 and at 1,000,000 ended cases.

    python -m benchmarks.large --vendor sqlite --sizes 100000 1000000

For each database and size an installation of its own under `--folder`: `gezhi prepare`, `gezhi demo`,
then the fill. A run that was stopped goes on where it was; `--keep` leaves the databases for the next
run, which only measures. `--orders` measures the orders and filters of lists (`orders`) alone. One process asks, by Django's test client; milliseconds, p50 / p95.
"""

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from benchmarks import serving
from benchmarks.large import measuring, picture

DEMO_CASES = 300


def main() -> None:
    """Fill and measure what was asked for; each size in a process of its own."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--vendor", choices=("sqlite", "postgresql", "both"), default="both")
    parser.add_argument("--sizes", type=int, nargs="+", default=[100_000, 1_000_000])
    parser.add_argument("--folder", type=Path, default=Path(tempfile.gettempdir()) / "gezhi-large")
    parser.add_argument("--keep", action="store_true", help="leave the databases standing")
    parser.add_argument("--only", default="", help="measure only visits with this in their name")
    parser.add_argument("--fill", action="store_true", help="fill and do not measure")
    parser.add_argument("--tries", type=int, default=measuring.TRIES)
    parser.add_argument("--cpu", action="store_true", help="processor time, on a busy machine")
    parser.add_argument("--orders", action="store_true", help="orders and filters of lists alone")
    parser.add_argument("--plans", action="store_true", help="write the plans of all statements")
    parser.add_argument("--picture", action="store_true", help="draw size against time into docs")
    parser.add_argument("--inside", type=int, default=0, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.inside:
        _inside(options)
        return
    vendors = ("sqlite", "postgresql") if options.vendor == "both" else (options.vendor,)
    for vendor in vendors:
        for size in options.sizes:
            _one(vendor, size, options)
        if not (options.fill or options.plans):
            _print(vendor, options)
        if not options.keep:
            for size in options.sizes:
                _drop(vendor, size, options.folder)


def _home(vendor: str, size: int, folder: Path) -> Path:
    return folder / f"{vendor}-{size}"


def _environment(vendor: str, size: int, folder: Path) -> dict[str, str]:
    home = _home(vendor, size, folder)
    address = f"{serving.SERVER}/gezhi_large_{size}" if vendor == "postgresql" else ""
    return os.environ | {
        "GEZHI_HOME": str(home),
        "GEZHI_KEYS": str(home / "keys"),
        "GEZHI_MODE": "demo",
        "GEZHI_DATABASE": address,
        "GEZHI_HOSTS": "testserver,127.0.0.1",
        "DJANGO_SETTINGS_MODULE": "gezhi.config.settings",
    }


def _one(vendor: str, size: int, options: argparse.Namespace) -> None:
    """Prepare the installation where there is none, then fill and measure it in a child."""
    home = _home(vendor, size, options.folder)
    environment = _environment(vendor, size, options.folder)
    ready = home / "demo-stands"
    if not ready.is_file():
        home.mkdir(parents=True, exist_ok=True)
        if vendor == "postgresql":
            serving.make_database(f"gezhi_large_{size}")
        for command in (["prepare"], ["demo", "--fresh", "--cases", str(DEMO_CASES)]):
            subprocess.run(
                [str(serving.GEZHI), *command],
                env=environment, cwd=serving.ROOT, check=True, stdout=subprocess.DEVNULL,
            )  # fmt: skip
        ready.touch()
    arguments = [
        *(sys.executable, "-m", "benchmarks.large", "--inside", str(size)),
        *("--vendor", vendor, "--folder", str(options.folder), "--only", options.only),
        *("--tries", str(options.tries)),
        *(["--fill"] if options.fill else []),
        *(["--cpu"] if options.cpu else []),
        *(["--orders"] if options.orders else []),
        *(["--plans"] if options.plans else []),
    ]
    subprocess.run(arguments, env=environment, cwd=serving.ROOT, check=True)


def _inside(options: argparse.Namespace) -> None:
    """In the installation's environment: fill, then measure."""
    import django

    django.setup()
    from benchmarks.large import filling, orders, plans, visits

    began = time.monotonic()

    def say(words: str) -> None:
        print(f"{options.vendor} {options.inside:,}: {words}", file=sys.stderr, flush=True)

    filling.fill(options.inside, say)
    if options.fill:
        return
    known = visits.to_be_found()

    def lists_and_pages(person: visits.Person) -> list[visits.Visit]:
        if options.orders:
            return list(orders.visits(person))
        return [*visits.pages(person), *visits.searches(person, known)]

    if options.plans:
        everybody = [(person, lists_and_pages(person)) for person in visits.people()]
        plans.written(plans.FOLDER / f"{options.vendor}.txt", plans.collected(everybody))
        return
    found: list[measuring.Timed] = []
    for person in visits.people():
        every = lists_and_pages(person)
        asked = [one for one in every if options.only in f"{visits.PEOPLE[one.who]} {one.name}"]
        found += [measuring.timed(person, visit, options.tries, cpu=options.cpu) for visit in asked]
        say(f"{visits.PEOPLE[person.number]} done, {time.monotonic() - began:.0f} s")
    measuring.kept(_found(options.vendor, options.inside, options), found)


def _print(vendor: str, options: argparse.Namespace) -> None:
    sizes = {size: measuring.read(_found(vendor, size, options)) for size in options.sizes}
    print(f"\n{vendor}, milliseconds, p50 / p95\n{measuring.table(sizes)}")
    if options.picture and not options.orders:
        what = "处理器" if options.cpu else "墙上"
        title = f"{vendor}：每页 p95（{what}时间），红线是目标 100 毫秒"
        picture.write(serving.ROOT / f"docs/developer/pages-by-size-{vendor}.svg", title, sizes)


def _found(vendor: str, size: int, options: argparse.Namespace) -> Path:
    name = "found-orders.json" if options.orders else "found.json"
    return _home(vendor, size, options.folder) / name


def _drop(vendor: str, size: int, folder: Path) -> None:
    if vendor == "postgresql":
        serving.drop_database(f"gezhi_large_{size}")
    shutil.rmtree(_home(vendor, size, folder), ignore_errors=True)


if __name__ == "__main__":
    main()
