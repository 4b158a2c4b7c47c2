"""58,251 requests of Boston, the second half of 2011, through the open API, beside a recount.

    python -m benchmarks.requests_311                     # all of them, SQLite
    python -m benchmarks.requests_311 --most 5000         # so many, evenly spread
    python -m benchmarks.requests_311 --vendor postgresql --processes 2

Needs ../shared/data. An installation of its own, on a demo street without cases, with the city's
types and limits as its pack of matters.
"""

import argparse
import subprocess
import sys
import time
from datetime import timedelta
from pathlib import Path

from benchmarks import serving
from benchmarks.requests_311 import pack, reading

# The city's departments on the demo street, by the key of a unit there.
UNITS = {
    "PWDx": "sanitation", "ISD": "housing", "PARK": "greening", "BTDT": "police", "PROP": "law",
    "BWSC": "water", "DISB": "civil", "": "window",
}  # fmt: skip


def main() -> None:
    """Replay and count; the parts in processes of their own, in the installation's environment."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--vendor", choices=("sqlite", "postgresql"), default="sqlite")
    parser.add_argument("--most", type=int, default=0, help="so many requests; all by default")
    parser.add_argument("--processes", type=int, default=1, help="more than one on PostgreSQL only")
    parser.add_argument("--inside", default="", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if not reading.FILE.exists():
        print(f"skipped: {reading.FILE.name} is not here")
        return
    if options.inside:
        _inside(options)
        return
    with serving.installation(options.vendor, street=False) as made:
        made.environment["GEZHI_KNOWN_ADDRESSES"] = "10.0.0.0/8"
        made.environment["GEZHI_PROXIES"] = "0"
        made.environment["GEZHI_HOSTS"] = "testserver"
        _run(made, options, "street")
        began = time.monotonic()
        parts = [_start(made, options, f"replay:{part}") for part in range(options.processes)]
        failed = [process.returncode for process in parts if process.wait()]
        if failed:
            sys.exit(f"a part failed: {failed}")
        print(f"replayed in {time.monotonic() - began:.0f} s", flush=True)
        _run(made, options, "count")
        made.command("audit", "verify", quiet=False)


def _start(
    made: serving.Installation, options: argparse.Namespace, inside: str
) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [
            *(sys.executable, "-m", "benchmarks.requests_311", "--inside", inside),
            *("--most", str(options.most), "--processes", str(options.processes)),
        ],
        env=made.environment,
        cwd=serving.ROOT,
    )


def _run(made: serving.Installation, options: argparse.Namespace, inside: str) -> None:
    if _start(made, options, inside).wait():
        sys.exit(f"{inside} failed")


def _inside(options: argparse.Namespace) -> None:
    import django

    django.setup()
    requests = reading.requests_in(reading.FILE)
    if options.most:
        most = min(options.most, len(requests))
        requests = [requests[place * len(requests) // most] for place in range(most)]
    what, _colon, part = options.inside.partition(":")
    if what == "street":
        _build(requests)
    elif what == "replay":
        _replay(requests, int(part), options.processes)
    else:
        _count(requests)


def _build(requests: list[reading.Request]) -> None:
    from contextlib import nullcontext

    from django.conf import settings
    from django.db import transaction

    from gezhi.faces.terminal.demo.street import build_street
    from gezhi.ground.codes.actions import import_pack
    from gezhi.kernel import clock
    from gezhi.kernel.viewer import Viewer

    classes = pack.classes_of(requests)
    begin = requests[0].opened - timedelta(days=1)
    with clock.moved_to(begin), transaction.atomic():
        build_street(begin, lambda words: nullcontext())
        folder = pack.write_pack(Path(settings.GEZHI_HOME) / "packs", classes)
        import_pack(folder, by=Viewer.system("terminal"))
    types = len({name for name, _limit in classes})
    print(f"{types} types with {len(classes)} limits in a pack", flush=True)


def _replay(requests: list[reading.Request], part: int, of: int) -> None:
    from benchmarks.requests_311.replaying import Staff, replay
    from gezhi.faces.terminal.demo.street import standing_street
    from gezhi.kernel.viewer import Role

    street = standing_street()
    cast = street.cast
    handlers = {
        department: (cast.units[key].pk, cast.of_unit(cast.units[key].pk, [Role.HANDLER], 0))
        for department, key in UNITS.items()
    }
    staff = Staff(
        acceptor=cast.of_centre(Role.ACCEPTOR, 0),
        dispatcher=cast.of_centre(Role.DISPATCHER, 0),
        checker=cast.of_centre(Role.CHECKER, 0),
        closer=cast.of_centre(Role.SUPERVISOR, 0),
        handlers=handlers,
    )
    compounds = street.spots["compound"]
    west, east = min(s.longitude for s in compounds), max(s.longitude for s in compounds)
    south, north = min(s.latitude for s in compounds), max(s.latitude for s in compounds)

    def point(request: reading.Request) -> tuple[float, float]:
        """The city laid over the demo street, corner on corner."""
        return (
            round(west + (east - west) * (request.longitude + 71.181) / 0.1861, 7),
            round(south + (north - south) * (request.latitude - 42.2325) / 0.1618, 7),
        )

    began = time.monotonic()
    told = 0

    def tell(done: int, of_all: int) -> None:
        nonlocal told
        if 20 * done // of_all > told:
            told = 20 * done // of_all
            print(f"part {part}: {5 * told}%, {time.monotonic() - began:.0f} s", flush=True)

    classes = pack.classes_of(requests)
    done = replay(requests[part::of], classes, staff, point, tell, alone=of == 1)
    seconds, cpu = time.monotonic() - began, time.process_time()
    print(
        f"part {part}: {done:,} deeds in {seconds:.0f} s, {1000 * seconds / done:.1f} ms a deed,"
        f" {1000 * cpu / done:.1f} ms of processor",
        flush=True,
    )


def _count(requests: list[reading.Request]) -> None:
    from benchmarks.requests_311 import counting
    from gezhi.kernel import clock
    from gezhi.kernel.viewer import Viewer

    end = reading.end_of(requests)
    began = time.monotonic()
    with clock.moved_to(end):
        figures = counting.ours(Viewer.system("bench"), pack.classes_of(requests))
    seconds = time.monotonic() - began
    straight = reading.recount(requests, end)
    different = counting.differences(figures, straight)
    print(f"our figures ({seconds:.1f} s) beside the recount: {len(different)} differences")
    print("\n".join(different[:20]))
    on_time = sum(judged.on_time for judged in figures.values())
    late = sum(judged.late for judged in figures.values())
    print(f"on time {on_time:,}, late {late:,}; the city's own words: {reading.verdicts(requests)}")


if __name__ == "__main__":
    main()
