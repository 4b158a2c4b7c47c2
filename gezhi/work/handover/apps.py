"""交接."""

from django.apps import AppConfig


class HandoverConfig(AppConfig):
    name = "gezhi.work.handover"
    label = "handover"
    verbose_name = "交接"
