"""工作台：没做成的任务."""

from django.apps import AppConfig


class JobsConfig(AppConfig):
    name = "gezhi.faces.desk.jobs"
    label = "desk_jobs"
    verbose_name = "工作台：没做成的任务"

    def ready(self) -> None:
        """Add this room to the desk."""
        from gezhi.faces.desk import registry
        from gezhi.faces.desk.jobs.room import ROOM

        registry.register(ROOM)
