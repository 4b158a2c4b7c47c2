"""工作台：没做成的任务."""

from django.apps import AppConfig


class JobsConfig(AppConfig):
    name = "gezhi.faces.desk.jobs"
    label = "desk_jobs"
    verbose_name = "工作台：没做成的任务"
