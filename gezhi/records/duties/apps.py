"""权责清单."""

from django.apps import AppConfig


class DutiesConfig(AppConfig):
    name = "gezhi.records.duties"
    label = "duties"
    verbose_name = "权责清单"
