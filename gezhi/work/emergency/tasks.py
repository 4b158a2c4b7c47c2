"""What an emergency does by itself: each minute, and when one of its cases ends."""

from django_tasks import task

from gezhi.work.emergency import watching


@task
def note_end(*, step_id: int) -> bool:
    """Write the end of a case into the log of its emergency; whether a line was written."""
    return watching.note_end(step_id)


@task
def watch() -> int:
    """Each minute: cases of the plan's classes, crew that did not answer. How many cases came in."""
    return watching.watch()
