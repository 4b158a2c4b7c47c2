"""How long a list of cases takes to leave as a workbook, and what memory it costs.

    GEZHI_HOME=/tmp/copy-of-demo GEZHI_KEYS=/tmp/copy-of-demo/keys \\
        python -m benchmarks.exporting --rows 10000

Copies one open case of an installation that often inside one transaction, takes the leader's list of
all open cases along, and takes the copies back. Run it on a copy: the list is locked meanwhile.
"""

import argparse
import os
import resource
import time
from typing import Any

LEADER = "1005"


def main() -> None:
    """Measure and print one line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=10_000)
    asked = parser.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gezhi.config.settings")
    import django

    django.setup()
    from django.db import transaction

    with transaction.atomic():
        _copy_cases(asked.rows)
        print(_measured())
        transaction.set_rollback(True)


def _copy_cases(number: int) -> None:
    from gezhi.kernel.ids import new_id
    from gezhi.work.cases.models import Case, CaseWords

    first = Case.objects.filter(ended_at=None).select_related("words").order_by("id").first()
    if first is None:
        raise SystemExit("这个安装里没有在办的事")
    cases, words = [], []
    for place in range(number):
        case_id = new_id()
        cases.append(_copy(first, pk=case_id, number=f"99{place:019d}"))
        words.append(_copy(first.words, pk=new_id(), case_id=case_id))
    Case.objects.bulk_create(cases, batch_size=500)
    CaseWords.objects.bulk_create(words, batch_size=500)


def _copy(row: Any, **changed: Any) -> Any:
    values = {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields}
    values[row._meta.pk.attname] = changed.pop("pk")
    return type(row)(**{**values, **changed})


def _measured() -> str:
    from gezhi.faces.desk.queues.columns import COLUMNS, cells, of_sheet
    from gezhi.ground.accounts.models import User
    from gezhi.ground.codes.queries import steady
    from gezhi.ground.sheets.marks import mark_for
    from gezhi.ground.sheets.writing import workbook
    from gezhi.records.posts.queries import viewer_of
    from gezhi.work.cases import queries

    viewer = viewer_of(User.objects.get(staff_number=LEADER))
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    began, spent = time.monotonic(), time.process_time()
    columns = tuple(COLUMNS.values())
    rows = (cells(row, columns) for row in queries.every(viewer, "open"))
    with (
        steady(),
        workbook("在办", of_sheet(columns), rows, mark=mark_for(viewer, "测量")) as held,
    ):
        size = held.seek(0, 2)
    grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
    count = queries.counts(viewer)["open"]
    return (
        f"{count} 行：处理器 {time.process_time() - spent:.1f} 秒，"
        f"{time.monotonic() - began:.1f} 秒，{size / 1024:.0f} KB，内存峰值多 {grown / 1024:.0f} MB"
    )


if __name__ == "__main__":
    main()
