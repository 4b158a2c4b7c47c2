"""掌上网格：一件事."""

from django.apps import AppConfig


class CasesConfig(AppConfig):
    name = "gezhi.faces.pocket.cases"
    label = "pocket_cases"
    verbose_name = "掌上网格：一件事"
