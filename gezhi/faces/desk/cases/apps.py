"""工作台：事件."""

from django.apps import AppConfig


class CasesConfig(AppConfig):
    name = "gezhi.faces.desk.cases"
    label = "desk_cases"
    verbose_name = "工作台：事件"
