"""2,000 orders of 12345 by one sheet: brought in, sent again, sent again with changes, said back.

Runs `gezhi orders import` as an office does, on a fresh installation. The words are real ones of a
hotline where `--data` (or ../shared/data/hotline from the project's root) has them, else made up;
nothing of them is kept. The floor is the same 2,000 reports taken in by `cases.report` alone, without a
sheet, an order or a preview. Wall seconds and, as the machine may be busy, processor seconds.
"""

import argparse
import csv
import gzip
import json
import os
import resource
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import xlsxwriter

from benchmarks.serving import GEZHI, ROOT, Installation, installation

DATA = Path(__file__).resolve().parents[2] / "shared" / "data" / "hotline"
HEADINGS = ("工单编号", "版本", "诉求类型", "分类", "标题", "诉求内容", "诉求人", "联系电话", "是否保密",
            "事发地址", "派发时间", "办结时限", "状态")  # fmt: skip
KINDS = ("咨询", "求助", "投诉", "举报", "建议")
CHANGED_IN = 10


def main() -> None:
    """Print a line for each run."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=2000)
    parser.add_argument("--vendor", choices=["sqlite", "postgresql", "both"], default="sqlite")
    parser.add_argument("--data", type=Path, default=DATA)
    parser.add_argument("--floor", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.floor:
        _floor(options.floor, options.rows)
        return
    vendors = ["sqlite", "postgresql"] if options.vendor == "both" else [options.vendor]
    for vendor in vendors:
        with installation(vendor) as made:
            _measure(made, list(_words(options.data, options.rows)))


def _measure(made: Installation, words: list[tuple[str, str]]) -> None:
    first, later = made.home / "first.xlsx", made.home / "later.xlsx"
    _write(first, words, changed=False)
    _write(later, words, changed=True)
    print(f"{made.vendor}: {len(words)} rows, {first.stat().st_size / 1000:.0f} KB", flush=True)
    runs = (
        ("import", "orders", "import", str(first), "--json"),
        ("again", "orders", "import", str(first), "--json"),
        ("changed", "orders", "import", str(later), "--json"),
        ("export", "orders", "export", str(made.home / "out.xlsx")),
    )
    for name, *command in runs:
        _timed(made, name, [str(GEZHI), *command])
    floor = ["-m", "benchmarks.orders", "--rows", str(len(words)), "--floor", str(first)]
    _timed(made, "floor", [sys.executable, *floor])


def _timed(made: Installation, name: str, command: list[str]) -> None:
    began = time.perf_counter()
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    done = subprocess.run(
        command, env=made.environment, cwd=ROOT, check=True, capture_output=True, text=True
    )
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    busy = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    last = done.stdout.strip().splitlines()[-1:] or [""]
    wall = time.perf_counter() - began
    print(f"  {name}: {wall:.1f} s, processor {busy:.1f} s: {last[0]}", flush=True)


def _words(data: Path, number: int) -> Iterator[tuple[str, str]]:
    """Titles and texts, over again where there are fewer."""
    found = []
    for path in sorted(data.glob("*.csv.gz")) if data.is_dir() else ():
        with gzip.open(path, "rt", encoding="utf-8-sig", newline="") as stream:
            found += [(row["标题"], row["投诉件内容"]) for row in csv.DictReader(stream)]
    if not found:
        print("made-up words: ../shared/data/hotline is not here", flush=True)
        found = [
            (f"第 {n} 类反映", "楼下垃圾没人清，已经三天，请派人来看。" * 6) for n in range(97)
        ]
    for place in range(number):
        title, text = found[place % len(found)]
        yield title[:200], (text or title)[:4000]


def _write(path: Path, words: list[tuple[str, str]], *, changed: bool) -> None:
    with xlsxwriter.Workbook(
        path, {"strings_to_formulas": False, "strings_to_urls": False}
    ) as book:
        sheet = book.add_worksheet()
        sheet.merge_range(0, 0, 0, len(HEADINGS) - 1, "热线派单表")
        sheet.write_row(1, 0, HEADINGS)
        for at, (title, text) in enumerate(words):
            moved = changed and at % CHANGED_IN == 0
            row = (
                f"RX{20261123000000 + at}", 2 if moved else 1, KINDS[at % len(KINDS)],
                f"第 {at % 40} 类", title, text, f"市民{at}", f"138{at:08d}",
                "是" if at % 50 == 0 else "否", "", 46349.5, 46359.5 + moved, "待签收",
            )  # fmt: skip
            sheet.write_row(at + 2, 0, row)


def _floor(path: Path, rows: int) -> None:
    """The same reports without sheet and order."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gezhi.config.settings")
    import django

    django.setup()
    from gezhi.ground.sheets import reading
    from gezhi.kernel.viewer import Viewer
    from gezhi.records.places import queries as places
    from gezhi.work.cases import actions as cases

    by = Viewer.system("bench", places.default_district().pk)
    said = reading.read(path.read_bytes(), most_rows=rows + 2).rows[2:]
    began = time.perf_counter()
    for row in said:
        intake = cases.Intake(
            text=f"{row[4]}\n{row[5]}",
            channel="hotline",
            contact=cases.Contact(row[6], row[7]),
            confidential=row[8] == "是",
            origin=cases.Origin("bench", row[0]),
        )
        cases.report(intake=intake, by=by, key=f"floor-{row[0]}", district_id=by.district_id)
    print(json.dumps({"reports": len(said), "seconds": round(time.perf_counter() - began, 1)}))


if __name__ == "__main__":
    main()
