"""What blanks hear of reports: one keyed task row and nothing else."""

from typing import Any

from gezhi.ground.jobs import actions as jobs
from gezhi.work.blanks import tasks
from gezhi.work.blanks.models import Blank
from gezhi.work.cases import signals
from gezhi.work.cases.models import Report


def connect() -> None:
    """Listen for reporters who were erased; called once by the app."""
    signals.erased.connect(on_erased, dispatch_uid="blanks.erased")


def on_erased(*, report: Report, **_: Any) -> None:
    """The photo of the paper holds name, phone and handwriting: it goes too."""
    if Blank.objects.filter(report_id=report.pk, original__isnull=False).exists():
        jobs.enqueue(tasks.drop_original, report_id=report.pk)
