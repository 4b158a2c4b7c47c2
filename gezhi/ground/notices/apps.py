"""通知."""

from django.apps import AppConfig


class NoticesConfig(AppConfig):
    name = "gezhi.ground.notices"
    label = "notices"
    verbose_name = "通知"
