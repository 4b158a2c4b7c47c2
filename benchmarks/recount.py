"""Counting what a crash run left behind, in the installation's own environment.

Waits until every task is done, at most 75 seconds after the last kill, then counts once: counting
takes a processor that the tasks want. Reads the acknowledged marks from a file, prints one JSON
line: after how many seconds what people wait for was done, and advice; lost, doubled,
without_step, without_task, broken_chains.
"""

import argparse
import json
import os
import re
import time
from collections import Counter
from pathlib import Path

import django

LONGEST = 75.0
MARK = re.compile(r"mark:([0-9a-f]{32})")


def main() -> None:
    """Print the recount of one installation."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("marks", type=Path)
    parser.add_argument("since", type=float, help="when the last kill was, seconds since 1970")
    parser.add_argument("--careless", action="store_true")
    options = parser.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gezhi.config.settings")
    django.setup()
    from gezhi.ground.jobs.models import Task
    from gezhi.work.cases.models import ReportWords, Step
    from gezhi.work.cases.verification import broken_rows

    acknowledged = dict(json.loads(options.marks.read_text()))
    careless = options.careless
    done = {advice: _done_after(options.since, advice=advice) for advice in (False, True)}
    marks: dict[str, list[str]] = {}
    reports = []
    # Only what this run sent: the street may have had reports before.
    words = ReportWords.objects.values_list("text", "report_id", "report__number")
    for text, report_id, number in words:
        found = MARK.search(text)
        if found:
            marks.setdefault(found.group(1), []).append(number)
            reports.append((report_id, number))
    lost = [mark for mark, number in acknowledged.items() if number not in marks.get(mark, [])]
    steps = dict(Step.objects.filter(deed="report").values_list("report_id", "id"))
    keys = set(Task.objects.values_list("key", flat=True))
    without_task = [
        number
        for report_id, number in reports
        if (f"plain:{number}" if careless else f"announce:{steps.get(report_id)}") not in keys
    ]
    print(
        json.dumps(
            {
                "stored": len(reports),
                "acknowledged": len(acknowledged),
                "lost": len(lost),
                "doubled": sum(len(numbers) - 1 for numbers in marks.values()),
                "without_step": 0
                if careless
                else sum(report_id not in steps for report_id, _ in reports),
                "without_task": len(without_task),
                "tasks done after s": done[False],
                "advice done after s": done[True],
                "tasks": _states(advice=False),
                "advice": _states(advice=True),
                "broken_chains": 0 if careless else len(list(broken_rows())),
            }
        )
    )


def _done_after(since: float, *, advice: bool) -> float:
    """Seconds until nothing of these waits or runs any more; over 75 where it still did then."""
    while True:
        waited = time.time() - since
        if waited > LONGEST or not _states(advice=advice).keys() & {"waiting", "running"}:
            return round(waited, 1)
        time.sleep(0.5)


def _states(*, advice: bool) -> dict[str, int]:
    """Due tasks by state; advice, of a lower priority, apart from what people wait for.

    Messages wait for the morning by design; what a deed needs is announced at once.
    """
    from gezhi.ground.jobs.models import Task
    from gezhi.kernel import clock

    due = Task.objects.filter(run_after__lte=clock.now())
    due = due.filter(priority__lt=0) if advice else due.filter(priority__gte=0)
    return dict(Counter(due.values_list("state", flat=True)))


if __name__ == "__main__":
    main()
