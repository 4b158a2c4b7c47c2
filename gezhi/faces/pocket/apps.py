"""掌上网格."""

from django.apps import AppConfig


class PocketConfig(AppConfig):
    name = "gezhi.faces.pocket"
    label = "pocket"
    verbose_name = "掌上网格"
