"""工作台：导入表格."""

from django.apps import AppConfig


class SheetsConfig(AppConfig):
    name = "gezhi.faces.desk.sheets"
    label = "desk_sheets"
    verbose_name = "工作台：导入表格"
