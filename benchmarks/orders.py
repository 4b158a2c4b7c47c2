"""2,000 orders of 12345 by one sheet: brought in, sent again, sent again with changes, said back.

Runs `gezhi orders import` as an office does, on a fresh installation. The words are real ones of a
hotline where `--data` (or ../shared/data/hotline from the project's root) has them, else made up;
nothing of them is kept. Before the replies leave, an acceptor accepts every case (not counted), so that
there is one for each. Two floors stand beside it: the same 2,000 reports taken in by `cases.report`
alone, without a sheet, an order or a preview; and the sheet read and its rows put into one table by one
statement, which is neither a case nor sealed. Wall seconds and, as the machine may be busy, processor
seconds; `start` is a command of the program that does nothing, and in each figure.
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

import django
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
    parser.add_argument("--inside", choices=list(_INSIDE), help=argparse.SUPPRESS)
    parser.add_argument("--sheet", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.inside:
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gezhi.config.settings")
        django.setup()
        _INSIDE[options.inside](options.sheet, options.rows)
        return
    vendors = ["sqlite", "postgresql"] if options.vendor == "both" else [options.vendor]
    for vendor in vendors:
        with installation(vendor) as made:
            _measure(made, list(words_of(options.data, options.rows)))


def _measure(made: Installation, words: list[tuple[str, str]]) -> None:
    first, later = made.home / "first.xlsx", made.home / "later.xlsx"
    write(first, words, changed=False)
    write(later, words, changed=True)
    print(f"{made.vendor}: {len(words)} rows, {first.stat().st_size / 1000:.0f} KB", flush=True)
    inside = ["-m", "benchmarks.orders", "--rows", str(len(words)), "--sheet", str(first)]
    runs = (
        ("first start", "orders", "--help"),
        ("start", "orders", "--help"),
        ("import", "orders", "import", str(first), "--json"),
        ("again", "orders", "import", str(first), "--json"),
        ("changed", "orders", "import", str(later), "--json"),
    )
    for name, *command in runs:
        _timed(made, name, [str(GEZHI), *command])
    _timed(made, "accept", [sys.executable, *inside, "--inside", "accept"])
    _timed(made, "export", [str(GEZHI), "orders", "export", str(made.home / "out.xlsx")])
    for floor in ("report", "bulk"):
        _timed(made, f"floor: {floor}", [sys.executable, *inside, "--inside", floor])


def _timed(made: Installation, name: str, command: list[str]) -> None:
    began = time.perf_counter()
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    # As installed, compiled once: else each command compiles the whole program anew.
    environment = {k: v for k, v in made.environment.items() if k != "PYTHONDONTWRITEBYTECODE"}
    done = subprocess.run(
        command, env=environment, cwd=ROOT, check=True, capture_output=True, text=True
    )
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    busy = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    last = done.stdout.strip().splitlines()[-1:] or [""]
    wall = time.perf_counter() - began
    print(f"  {name}: {wall:.1f} s, processor {busy:.1f} s: {last[0]}", flush=True)


def words_of(data: Path, number: int) -> Iterator[tuple[str, str]]:
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


def write(path: Path, words: list[tuple[str, str]], *, changed: bool) -> None:
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


def _accept(_path: Path, rows: int) -> None:
    """Every case of an order accepted by the acceptor of its street centre."""
    from gezhi.ground.accounts.models import User
    from gezhi.kernel.errors import Refusal
    from gezhi.records.posts.queries import viewer_of
    from gezhi.work.cases import actions as cases
    from gezhi.work.cases.models import Case

    by, done = viewer_of(User.objects.get(staff_number="1001")), 0
    found = Case.objects.filter(reports__order__isnull=False, state="reported").order_by("id")
    for number in list(found.values_list("number", flat=True)[:rows]):
        try:
            cases.accept(
                number=number, class_code="event-0102", kind="complaint", by=by, key=f"a-{number}"
            )
            done += 1
        except Refusal:
            # Kept confidential: hers are others.
            continue
    print(json.dumps({"accepted": done}))


def _bulk(path: Path, rows: int) -> None:
    """The sheet read and its rows put into a table as they are."""
    from django.db import connection, transaction

    from gezhi.ground.sheets import reading

    said = reading.read(path.read_bytes(), most_rows=rows + 2).rows[2:]
    columns = ", ".join(f"c{at} text" for at in range(len(HEADINGS)))
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"CREATE TABLE bench_rows ({columns})")
        places = ", ".join(["%s"] * len(HEADINGS))
        cursor.executemany(f"INSERT INTO bench_rows VALUES ({places})", said)
    print(json.dumps({"rows": len(said)}))


def _report(path: Path, rows: int) -> None:
    """The same reports without sheet and order."""
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


_INSIDE = {"accept": _accept, "bulk": _bulk, "report": _report}

if __name__ == "__main__":
    main()
