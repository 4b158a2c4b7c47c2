"""掌上网格：今日."""

from django.apps import AppConfig


class TodayConfig(AppConfig):
    name = "gezhi.faces.pocket.today"
    label = "pocket_today"
    verbose_name = "掌上网格：今日"
