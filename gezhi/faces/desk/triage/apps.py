"""工作台：热点和建议."""

from django.apps import AppConfig


class TriageConfig(AppConfig):
    name = "gezhi.faces.desk.triage"
    label = "desk_triage"
    verbose_name = "工作台：热点和建议"
