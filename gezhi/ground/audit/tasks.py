"""Timed tasks of the trail."""

from pathlib import Path

from django.conf import settings
from django_tasks import task

from gezhi.ground.audit import actions
from gezhi.kernel.viewer import Viewer


@task
def seal() -> int:
    """Seal the entries that are old enough; each minute."""
    return actions.seal_block()


@task
def anchor() -> str:
    """Write the day's anchor beside the data, to be printed or copied away; each night."""
    path = actions.write_anchor(anchors_folder(), by=Viewer.system("beat"))
    return path.name if path else ""


def anchors_folder() -> Path:
    """Where the anchors of this installation are written."""
    return Path(settings.GEZHI_HOME) / "anchors"
