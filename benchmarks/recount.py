"""Counting what a crash run left behind, in the installation's own environment.

Reads the acknowledged marks from a file, prints one JSON line: lost, doubled, without_step,
without_task, tasks_waiting, faults.
"""

import json
import os
import re
import sys
from collections import Counter
from pathlib import Path

import django

MARK = re.compile(r"mark:([0-9a-f]{32})")


def main() -> None:
    """Print the recount of one installation."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gezhi.config.settings")
    django.setup()
    from gezhi.ground.jobs.models import Task
    from gezhi.work.cases.models import ReportWords, Step
    from gezhi.work.cases.verification import broken_steps

    acknowledged = dict(json.loads(Path(sys.argv[1]).read_text()))
    careless = len(sys.argv) > 2
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
                # Messages wait for the morning by design; what a deed needs is announced at once.
                # Advice (a lower priority) is counted apart: it comes after what people must hear.
                "tasks": _states(advice=False),
                "advice": _states(advice=True),
                "broken_chains": 0 if careless else len(list(broken_steps())),
            }
        )
    )


def _states(*, advice: bool) -> dict[str, int]:
    from gezhi.ground.jobs.models import Task
    from gezhi.kernel import clock

    due = Task.objects.filter(run_after__lte=clock.now())
    due = due.filter(priority__lt=0) if advice else due.filter(priority__gte=0)
    return dict(Counter(due.values_list("state", flat=True)))


if __name__ == "__main__":
    main()
