"""事."""

from django.apps import AppConfig


class CasesConfig(AppConfig):
    name = "gezhi.work.cases"
    label = "cases"
    verbose_name = "事"
