"""表格."""

from django.apps import AppConfig


class SheetsConfig(AppConfig):
    name = "gezhi.ground.sheets"
    label = "sheets"
    verbose_name = "表格"
