"""计数."""

from django.apps import AppConfig


class CountersConfig(AppConfig):
    name = "gezhi.ground.counters"
    label = "counters"
    verbose_name = "计数"
