"""What happens to blanks by itself: the photo goes with its reporter."""

from django_tasks import task

from gezhi.kernel.viewer import Viewer
from gezhi.work.blanks import actions


@task
def drop_original(*, report_id: int) -> bool:
    """Let the photo of a paper go whose reporter was erased; whether there was one."""
    return actions.drop_original(report_id=report_id, by=Viewer.system("blanks"))
