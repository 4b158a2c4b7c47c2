"""掌上网格：上报和自行处置."""

from django.apps import AppConfig


class ReportConfig(AppConfig):
    name = "gezhi.faces.pocket.report"
    label = "pocket_report"
    verbose_name = "掌上网格：上报和自行处置"
