"""任务."""

from django.apps import AppConfig


class JobsConfig(AppConfig):
    name = "gezhi.ground.jobs"
    label = "jobs"
    verbose_name = "任务"
