"""任务."""

from django.apps import AppConfig


class JobsConfig(AppConfig):
    name = "gezhi.ground.jobs"
    label = "jobs"
    verbose_name = "任务"

    def ready(self) -> None:
        """Say in words what the trail holds of this module."""
        from gezhi.ground.audit import wording
        from gezhi.ground.jobs.trail_words import WORDING

        wording.register("jobs", WORDING)
