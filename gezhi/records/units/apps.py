"""单位."""

from django.apps import AppConfig


class UnitsConfig(AppConfig):
    name = "gezhi.records.units"
    label = "units"
    verbose_name = "单位"
