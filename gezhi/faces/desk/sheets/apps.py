"""工作台：导入表格."""

from django.apps import AppConfig


class SheetsConfig(AppConfig):
    name = "gezhi.faces.desk.sheets"
    label = "desk_sheets"
    verbose_name = "工作台：导入表格"

    def ready(self) -> None:
        """Add this room to the desk."""
        from gezhi.faces.desk import registry
        from gezhi.faces.desk.sheets.room import ROOM

        registry.register(ROOM)
